"""Sending a workbook for back-entry, and correcting a row of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.domain.back_entry_layout import MARK, Column
from huancheng.platform.casework.models import BackEntryRow
from huancheng.platform.casework.queries.back_entry import instruments_offered


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


def _field(column: Column) -> forms.Field:
    common: dict[str, Any] = {"label": column.title, "help_text": column.note, "required": False}
    if column.choices:
        return forms.ChoiceField(choices=[("", "—"), *((item, item) for item in column.choices)], **common)
    return forms.CharField(max_length=500, **common)
