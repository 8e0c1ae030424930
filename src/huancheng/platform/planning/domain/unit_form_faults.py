"""Faults of the form of a unit plan as officers read them: the place, what is wrong, what to do."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.evidence import InputFault

NUMBER_ALONE = gettext_lazy("请只写数字，不带单位和百分号")
OF_THE_TEMPLATE = gettext_lazy("请用下载的工作簿填写，不要改动表名和表头")

WORDS: tuple[tuple[str, Any, Any], ...] = (
    (r"there is no sheet '(.+)'", gettext_lazy("缺少“%s”表"), OF_THE_TEMPLATE),
    (r"the column is missing", gettext_lazy("缺少这一栏"), OF_THE_TEMPLATE),
    (r"no such row '(.+)'", gettext_lazy("没有“%s”这一项"), gettext_lazy("请恢复“基本情况”表的第一列")),
    (r"the file (?:does not read|unpacks).*", gettext_lazy("工作簿打不开"), gettext_lazy("请在表格软件里另存为 xlsx")),
    (r"the cell is empty", gettext_lazy("没有填写"), gettext_lazy("请填写，或清空整行")),
    (r"'(.*)' is none of the choices", gettext_lazy("“%s”不在可选的词里"), gettext_lazy("请选用：%s")),
    (r"'(.*)' is not a number", gettext_lazy("“%s”不是数"), NUMBER_ALONE),
    (r"(.+) is out of range", gettext_lazy("%s 超出范围"), gettext_lazy("不能小于零，比例不能大于 100")),
    (r"(.+) is no whole number", gettext_lazy("%s 不是整数"), gettext_lazy("请写整数")),
    (r"(.+) stands twice.*", gettext_lazy("编号 %s 重复"), gettext_lazy("请给每行各自的编号")),
    (r"there is no project '(.+)'", gettext_lazy("更新项目表中没有 %s"), gettext_lazy("请用“更新项目”表中的编号")),
    (r"one of longitude and latitude is missing", gettext_lazy("经度和纬度只填了一个"),
     gettext_lazy("请都填，或都不填")),
    (r"the projects (.+) wait for each other", gettext_lazy("项目 %s 互为前置"), gettext_lazy("请改正前置项目")),
    (r"the layer of parcels has no '(.+?)'.*", gettext_lazy("地块图层里没有 %s"),
     gettext_lazy("请让工作簿的地块编号与图层一致，或重新上传图层")),
)  # fmt: skip
"""What the reader says (a pattern; its group is the word in question), in words, and the cure."""

MORE = re.compile(r" \(and (\d+) more faults?\)$")
CHOICES = "use one of "


def in_words(fault: InputFault, field: str = "") -> InputFault:
    """Return a fault of the form in plain words, its place first; one that nobody foresaw stays as it is.

    Parameters
    ----------
    fault
        As the reader raised it: the sheet stands behind `#` in its file.
    field
        Field of the page's form at which it is told.
    """
    more = MORE.search(fault.message)
    plain = MORE.sub("", fault.message)
    said, cure = plain, fault.cure
    for pattern, words, what in WORDS:
        found = re.fullmatch(pattern, plain)
        if found:
            said, cure = _filled(str(words), found[1] if found.groups() else ""), _filled(str(what), _choices(fault))
            break
    place = _place(fault)
    message = _("%(place)s：%(what)s") % {"place": place, "what": said} if place else said
    if more:
        message = _("%(first)s；另有 %(count)s 处") % {"first": message, "count": more[1]}
    return InputFault(message, file=fault.file, row=fault.row, field=field, cure=cure)


def _place(fault: InputFault) -> str:
    sheet = fault.file.partition("#")[2]
    if not sheet:
        return ""
    told = {"sheet": sheet, "row": fault.row, "column": fault.field}
    if not fault.row:
        return _("“%(sheet)s”表“%(column)s”") % told
    return _("“%(sheet)s”表第 %(row)s 行“%(column)s”") % told


def _choices(fault: InputFault) -> str:
    return fault.cure.removeprefix(CHOICES) if fault.cure.startswith(CHOICES) else ""


def _filled(words: str, word: str) -> str:
    return words % word if "%s" in words else words
