"""Why a file is not taken in, and what a reader of one that was should know."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault


class Reason(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NAME = "name"
    DISGUISED = "disguised"
    EXTENSION = "extension"
    FORMAT = "format"
    MISMATCH = "mismatch"
    BROKEN = "broken"
    MIXED = "mixed"
    TEST_VIRUS = "test_virus"
    VIRUS = "virus"
    SCANNER = "scanner"
    PROGRAM = "program"
    MARKUP = "markup"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    PATHS = "paths"
    NESTED = "nested"
    ENTITIES = "entities"
    TEMPLATE = "template"
    REMOTE_OBJECT = "remote_object"
    EXCHANGE = "exchange"
    PACKAGED = "packaged"
    SCRIPT = "script"
    LAUNCH = "launch"
    ENCLOSED = "enclosed"
    SENDS = "sends"
    PIXELS = "pixels"
    UNREADABLE_TEXT = "unreadable_text"
    ARCHIVE = "archive"
    ROWS = "rows"


WORDS: dict[Reason, tuple[Promise, Promise]] = {
    Reason.EMPTY: (_("文件是空的"), _("请确认文件已保存，再重新选择")),
    Reason.TOO_LARGE: (_("文件超过允许的大小"), _("请压缩图片或拆分后分别上传")),
    Reason.NAME: (_("文件名不能使用"), _("请改一个不含特殊字符、长度适当的文件名")),
    Reason.DISGUISED: (_("文件名里藏着另一个扩展名"), _("请改名，只保留真实的扩展名")),
    Reason.EXTENSION: (_("不收这种扩展名的文件"), _("请另存为 pdf、docx、xlsx、图片等允许的格式")),
    Reason.FORMAT: (_("认不出文件的格式，或不收这种格式"), _("请另存为 pdf、docx、xlsx、图片等允许的格式")),
    Reason.MISMATCH: (_("文件内容与扩展名不符"), _("请用原来的程序打开，按真实格式另存")),
    Reason.BROKEN: (_("文件已损坏或不完整"), _("请用原来的程序打开确认，再重新保存、上传")),
    Reason.MIXED: (_("一个文件里混有两种格式的内容"), _("请用原来的程序打开，重新另存")),
    Reason.TEST_VIRUS: (_("文件里有病毒测试串"), _("请先查杀病毒")),
    Reason.VIRUS: (_("查毒程序报告此文件有病毒"), _("请先查杀病毒，并告知系统管理员")),
    Reason.SCANNER: (_("查毒程序没有应答，暂不能收文件"), _("请稍后再试；仍不行请找系统管理员")),
    Reason.PROGRAM: (_("文件里有可执行程序"), _("请去掉程序后再上传")),
    Reason.MARKUP: (_("不收网页、脚本和 SVG 图形"), _("请另存为 pdf 或图片")),
    Reason.MACROS: (_("文件里有宏"), _("请另存为不含宏的 docx、xlsx 或 pptx")),
    Reason.ENCRYPTED: (_("文件已加密，无法检查，他人也打不开"), _("请去掉密码后再上传")),
    Reason.BOMB: (_("压缩文件展开后过大、过多"), _("请拆分或去掉无关内容")),
    Reason.PATHS: (_("压缩文件里有越出目录或重复的路径"), _("请重新打包，只放文件本身")),
    Reason.NESTED: (_("压缩文件里还有压缩文件"), _("请展开后分别上传")),
    Reason.ENTITIES: (_("文件里有不允许的 XML 声明"), _("请用原来的程序打开，重新另存")),
    Reason.TEMPLATE: (_("文件引用了外部模板"), _("请在“开发工具—文档模板”中去掉链接，再另存")),
    Reason.REMOTE_OBJECT: (_("文件引用了外部对象或外部文件"), _("请断开链接、把内容粘贴为静态文字或图片，再另存")),
    Reason.EXCHANGE: (_("文件里有动态数据交换（DDE）"), _("请删除这些域或公式，再另存")),
    Reason.PACKAGED: (_("文件里嵌有其他程序的文件包"), _("请取出嵌入的文件，单独上传")),
    Reason.SCRIPT: (_("PDF 里有脚本或动态表单"), _("请“打印为 PDF”后再上传")),
    Reason.LAUNCH: (_("PDF 里有启动程序的动作"), _("请“打印为 PDF”后再上传")),
    Reason.ENCLOSED: (_("PDF 里嵌有其他文件或多媒体"), _("请取出嵌入的文件，单独上传；或“打印为 PDF”")),
    Reason.SENDS: (_("PDF 里有向外发送或读取数据的动作"), _("请“打印为 PDF”后再上传")),
    Reason.PIXELS: (_("图片的像素过大"), _("请缩小图片后再上传")),
    Reason.UNREADABLE_TEXT: (_("文本里有乱码或控制字符"), _("请以 UTF-8 或 GB18030 编码另存")),
    Reason.ARCHIVE: (_("压缩包只收 shp 图层"), _("请把 shp、shx、dbf、prj 同名文件放在一个 zip 里；其他文件分别上传")),
    Reason.ROWS: (_("表格的行、列或字数超过允许的数量"), _("请拆分成几个文件，或删去空白的行列")),
}
"""What a person is told: what is wrong, and what to do."""


class Refused(InputFault):
    """A file is not taken in.

    Parameters
    ----------
    reason
        Which of the named reasons.
    detail
        What exactly, as a limit or the name of a part; never the person's own words.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        message, cure = WORDS[reason]
        super().__init__(f"{message}（{detail}）" if detail else str(message), field="file", cure=str(cure))
        self.reason = reason


class Flag(StrEnum):
    """What a reader of a file should know."""

    RESTRICTED = "restricted"
    OBJECTS = "objects"
    LINKED = "linked"
    FORMULAS = "formulas"
    OPAQUE = "opaque"


FLAG_WORDS: dict[Flag, Promise] = {
    Flag.RESTRICTED: _("文件限制打印或修改"),
    Flag.OBJECTS: _("文件里嵌有对象，打开时请勿运行"),
    Flag.LINKED: _("文件里有指向外部的链接"),
    Flag.FORMULAS: _("表格里有公式样的文字，打开时请勿更新链接"),
    Flag.OPAQUE: _("此格式无法逐项检查，请用专用程序打开"),
}
