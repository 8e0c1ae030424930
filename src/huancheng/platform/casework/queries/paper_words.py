"""What was done with papers, in words of the time line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huancheng.platform.casework.queries.log_words import Entry, Told, tells

CHANGES = {
    "added": gettext_noop("添加附件"),
    "replaced": gettext_noop("上传附件新版本"),
    "described": gettext_noop("修改附件著录"),
    "public_copy_offered": gettext_noop("提交公开版，待复核"),
    "public_copy_confirmed": gettext_noop("公开版复核通过"),
    "public_copy_refused": gettext_noop("公开版退回重做"),
    "published": gettext_noop("公开附件"),
    "unpublished": gettext_noop("撤回附件公开"),
}
"""What an entry `case.attach` says of a paper → its words."""
_TONES = {"public_copy_offered": "amber", "public_copy_refused": "red", "unpublished": "amber"}


@tells("case.attach")
def attached(entry: Entry) -> Told:
    """Return an entry about a paper in words: what was done, which paper, which version, which file."""
    change = entry.data["change"]
    notes = [_("第 %(position)d 件") % entry.data]
    if version := entry.data.get("version"):
        notes.append(_("第 %(version)d 版") % {"version": version})
    if sha256 := entry.data.get("sha256"):
        notes.append(f"SHA-256 {sha256[:12]}…")
    return Told(_(CHANGES[change]), _TONES.get(change, "teal"), ("，".join(notes),))
