"""Forms about papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.papers import Description
from huancheng.platform.casework.models import Paper
from huancheng.platform.casework.queries.papers import Slot
from huancheng.platform.files.forms.taken_field import TakenField

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class _Telling(forms.Form):
    """Carries the version of the case the person saw, and tells faults of the domain at their fields."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def tell(self, fault: InputFault) -> None:
        """Put a fault of the domain to the field it is about."""
        words = f"{fault.message}。{fault.cure}" if fault.cure else fault.message
        self.add_error(fault.field if fault.field in self.fields else None, words)


class DescriptionForm(_Telling):
    """What a paper is."""

    title = forms.CharField(label=_("题名"), max_length=200)
    kind = forms.ChoiceField(label=_("种类"), choices=Paper.Kind.choices)
    slot = forms.ChoiceField(label=_("对应的必备材料"), required=False)
    number = forms.CharField(label=_("文号"), max_length=120, required=False)
    dated = forms.DateField(label=_("文件日期"), required=False, widget=_DAY)

    def __init__(self, *arguments: Any, slots: tuple[Slot, ...], **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen = [(slot.name, f"{slot.name}（{slot.origin}）") for slot in slots]
        self.fields["slot"].choices = [("", _("不对应")), *chosen]  # type: ignore[attr-defined]

    def description(self) -> Description:
        """Return what was filled in."""
        return Description(**{name: self.cleaned_data[name] for name in ("title", "kind", "slot", "number", "dated")})


class _Bringing(forms.Form):
    """A form with a file."""

    file = TakenField(label=_("文件"))

    def brought_by(self, acting: Acting) -> None:
        """Say who brings the file."""
        self.fields["file"].acting = acting  # type: ignore[attr-defined]


class PaperForm(DescriptionForm, _Bringing):
    """A new paper."""

    field_order = ("file", "title", "kind", "slot", "number", "dated")


class VersionForm(_Telling, _Bringing):
    """A new version of a paper."""


class PublicCopyForm(_Telling, _Bringing):
    """A copy for the public: a redacted file, or the word that nothing needs redacting."""

    field_order = ("unchanged", "file")
    unchanged = forms.BooleanField(label=_("原件不含不宜公开的内容，直接以原件作公开版"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].required = False
        self.fields["file"].label = _("涂黑后的文件")

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("file")) == data["unchanged"]:
            self.add_error("file", _("请上传涂黑后的文件，或声明原件可直接公开，二选一"))
        return data


class ReasonForm(_Telling):
    """Why a paper is taken back from the public."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SettlingForm(_Telling):
    """Whether a copy may be let out."""

    confirmed = forms.TypedChoiceField(
        label=_("复核结果"), choices=[("1", _("可以公开")), ("0", _("退回重做"))], coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it goes back."""
        data = super().clean() or self.cleaned_data
        if data.get("confirmed") is False and not data.get("words"):
            self.add_error("words", _("请写明哪里还须涂黑"))
        return data
