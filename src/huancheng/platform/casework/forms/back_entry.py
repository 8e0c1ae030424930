"""Sending a workbook for back-entry, and correcting a row of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.back_entry_layout import MARK, OPENED, Column, Part, columns_of
from huancheng.platform.casework.domain.back_entry_past import check_past
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import BackEntryRow
from huancheng.platform.casework.queries.back_entry import instruments_offered
from huancheng.platform.files.domain.store import Taken
from huancheng.platform.files.forms.taken_field import TakenField


class UploadForm(forms.Form):
    """The instrument and the workbook."""

    instrument = forms.ChoiceField(label=_("文种"), choices=instruments_offered)
    file = forms.FileField(
        label=_("工作簿"), help_text=_("用此文种的模板填写，xlsx 格式，最多 1000 行"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


class RowForm(forms.Form):
    """A row, one field for each column; what is wrong stands at its field."""

    def __init__(self, columns: tuple[Column, ...], row: BackEntryRow, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = row.values
        super().__init__(*args, **kwargs)
        for column in columns:
            if column.key != MARK:
                self.fields[column.key] = _field(column)

    def values(self) -> dict[str, str]:
        """Return the text by column, as it was written."""
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class OneCaseForm(forms.Form):
    """A single case with its past: the columns of the workbook, and a scan for each step."""

    def __init__(self, instrument: str, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument, self.acting = instrument, acting
        self.columns = [column for column in columns_of(current_book(), instrument) if column.key != MARK]
        for column in self.columns:
            self.fields[column.key] = _field(column)
        for slot, title in self.steps().items():
            scan = TakenField(label=_("%s文件扫描件") % title, required=False)
            scan.acting = acting
            self.fields[f"{slot}:scan"] = scan

    def steps(self) -> dict[str, str]:
        """Return the names of the steps by their place."""
        return {item.step: item.title.removesuffix("日期") for item in self.columns if item.part is Part.DAY}

    def subject(self) -> list[forms.BoundField]:
        """Return the fields that tell what the case is about, and what is known of it."""
        return [self[column.key] for column in self.columns if not column.step]

    def past(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the steps, each with its fields."""
        return [
            (title, [*(self[column.key] for column in self.columns if column.step == slot), self[f"{slot}:scan"]])
            for slot, title in self.steps().items()
        ]

    def clean(self) -> dict[str, Any]:
        """Check it as a row of a workbook is checked; each fault stands at its field."""
        data = super().clean() or self.cleaned_data
        for fault in check_past(self.instrument, self.values(), self.acting).faults:
            self.add_error(fault["column"] or None, f"{fault['message']}。{fault['cure']}")
        for slot in self.steps():
            if data.get(f"{slot}:scan") and not data.get(f"{slot}:day"):
                self.add_error(f"{slot}:scan", _("有扫描件的环节须填日期和文号"))
        return data

    def values(self) -> dict[str, str]:
        """Return the text by column, as a workbook has it."""
        said = {column.key: str(self.cleaned_data.get(column.key) or "").strip() for column in self.columns}
        return {key: text for key, text in said.items() if text}

    def scans(self) -> dict[str, Taken]:
        """Return the scans that were brought, by the place of their step."""
        return {slot: taken for slot in self.steps() if (taken := self.cleaned_data.get(f"{slot}:scan"))}


def _field(column: Column) -> forms.Field:
    common: dict[str, Any] = {"label": column.title, "help_text": column.note, "required": False}
    if column.choices:
        return forms.ChoiceField(choices=[("", "—"), *((item, item) for item in column.choices)], **common)
    if column.part is Part.DAY or column.key == OPENED:
        return forms.CharField(max_length=20, widget=forms.DateInput(attrs={"type": "date"}), **common)
    return forms.CharField(max_length=500, **common)
