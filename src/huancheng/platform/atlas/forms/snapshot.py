"""Loading a snapshot, and the number its maps are published under."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 2 * 1024**3


class LoadForm(forms.Form):
    """A zipped snapshot."""

    archive = forms.FileField(
        label=_("快照压缩包"),
        help_text=_("把 huancheng city build 生成的文件夹压缩成一个 zip。逐个文件按清单核对后才会保留。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_archive(self) -> object:
        """Refuse what is too large to be brought by a form; a larger one is loaded by command."""
        archive = self.cleaned_data["archive"]
        if archive.size > LARGEST:
            raise forms.ValidationError(_("文件超过 2 GB，请由管理员用 huancheng manage load_snapshot 载入"))
        return archive


class ApprovalForm(forms.Form):
    """The map-approval number."""

    number = forms.CharField(
        label=_("审图号"), max_length=60, required=False, help_text=_("公开使用的地图须先送审，例如 鲁S（2026）000号")
    )
