"""Forms of alternatives: have one drawn, bring one, edit one by hand."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.files.forms.taken_field import TakenField
from huancheng.platform.planning.domain.drawing import Wish
from huancheng.platform.planning.domain.unit_folders import LARGEST
from huancheng.platform.planning.forms.base import PlanForm


def profiles() -> list[tuple[str, str]]:
    """Return the rule profiles of the pack."""
    return [(profile.id, profile.title) for profile in current_book().unit_rules]


class DrawForm(PlanForm):
    """What the solver is asked for."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    profile = forms.ChoiceField(
        label=_("划定规则"), choices=profiles, help_text=_("数值均为默认，政策未作规定，可在规则包中修改")
    )
    seed = forms.IntegerField(
        label=_("随机种子"), min_value=0, max_value=10_000, initial=0, help_text=_("规则、数据和种子相同，结果相同")
    )

    def wish(self) -> Wish:
        """Return what was asked for."""
        data = self.cleaned_data
        return Wish(data["title"], data["profile"], data["seed"])


class BringForm(PlanForm):
    """Units an institute drew."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    drawing = TakenField(
        label=_("划定成果"), help_text=_("规划院的图层：GeoPackage、shp（打成 zip）或 DXF，只放一个图层")
    )
    profile = forms.ChoiceField(label=_("检验规则"), choices=profiles)
    keep = forms.BooleanField(
        label=_("按原图保留边界，不贴合街块"),
        required=False,
        help_text=_("保留时街块沿边界切开；不保留时单元贴合到街块"),
    )

    def options(self) -> dict[str, Any]:
        """Return what the import is told."""
        return {name: self.cleaned_data[name] for name in ("title", "profile", "keep")}


class TakeForm(PlanForm):
    """A result folder from the command line."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    archive = forms.FileField(
        label=_("成果压缩包"),
        help_text=_("把 huancheng units 生成的文件夹打成一个 zip；逐项按证书复核后才会保留"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_archive(self) -> object:
        """Refuse what is too large to be brought by a form."""
        archive = self.cleaned_data["archive"]
        if archive.size > LARGEST:
            raise forms.ValidationError(gettext("文件超过 1 GB，不是划定成果"))
        return archive


class EditForm(PlanForm):
    """One edit: what is done, with which blocks or units."""

    OPERATIONS = (
        ("move", _("移入单元")),
        ("draw", _("新划单元")),
        ("split", _("分出单元")),
        ("merge", _("合并单元")),
        ("split_by_line", _("以线分割")),
    )

    edition = forms.IntegerField(widget=forms.HiddenInput)
    op = forms.ChoiceField(choices=OPERATIONS)
    blocks = forms.CharField(required=False, max_length=200_000)
    to = forms.CharField(required=False, max_length=80)
    units = forms.CharField(required=False, max_length=4_000)
    line = forms.CharField(required=False, max_length=20_000)
    name = forms.CharField(required=False, max_length=80)

    def clean_blocks(self) -> list[str]:
        """Return the ids of blocks, told apart by spaces or commas."""
        return _words(self.cleaned_data["blocks"])

    def clean_units(self) -> list[str]:
        """Return the names of units, told apart by spaces or commas."""
        return _words(self.cleaned_data["units"])

    def clean_line(self) -> list[list[float]]:
        """Return the points of a line in longitude and latitude."""
        text = self.cleaned_data["line"]
        try:
            return [[float(x), float(y)] for x, y in json.loads(text)] if text else []
        except (ValueError, TypeError) as error:
            raise forms.ValidationError(gettext("分割线没有收全，请重画")) from error

    def clean(self) -> dict[str, Any]:
        """See that what the act needs is there."""
        data = super().clean() or {}
        op = data.get("op", "")
        if op in {"move", "draw", "split"} and not data.get("blocks"):
            self.add_error("blocks", gettext("请先选择街块：在地图上点选，或输入编号"))
        if op == "merge" and len(set(data.get("units") or [])) < 2:  # noqa: PLR2004 - one unit is not merged
            self.add_error("units", gettext("请至少选择两个单元"))
        if op == "split_by_line" and len(data.get("line") or []) < 2:  # noqa: PLR2004 - a line has two ends
            self.add_error("line", gettext("请在地图上画一条穿过单元的线"))
        return data

    def entry(self) -> dict[str, Any]:
        """Return the edit as the units room reads it; lines still in longitude and latitude."""
        data = self.cleaned_data
        match data["op"]:
            case "move":
                return {"op": "move", "blocks": data["blocks"], "to": data["to"]}
            case "draw":
                return {"op": "draw", "blocks": data["blocks"], "name": data["name"]}
            case "split":
                return {"op": "split", "unit": data["to"], "blocks": data["blocks"], "name": data["name"]}
            case "merge":
                return {"op": "merge", "units": data["units"]}
            case _:
                return {"op": "split_by_line", "unit": data["to"], "line": data["line"], "name": data["name"]}


class SaveForm(PlanForm):
    """A name for the edited alternative."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("方案名称"), max_length=120)


class EditionForm(PlanForm):
    """The edition a button was pressed on."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, acting: Acting, *arguments: Any) -> None:
        super().__init__(acting, *arguments)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in re.split(r"[\s,，、;；]+", text) if word))
