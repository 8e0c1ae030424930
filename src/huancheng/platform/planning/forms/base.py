"""What the forms of plans share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.queries.said import said
from huancheng.platform.files.forms.taken_field import TakenField

T = TypeVar("T")


class PlanForm(forms.Form):
    """A form of somebody who acts; what the domain refuses is told at its field.

    Parameters
    ----------
    acting
        Who fills it in.
    """

    def __init__(self, acting: Acting, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.acting = acting
        for field in self.fields.values():
            if isinstance(field, TakenField):
                field.acting = acting

    def carry_out(self, act: Callable[[], T]) -> T | None:
        """Do what the form asks for; None where it was refused, with the reason at its field."""
        try:
            return act()
        except InputFault as fault:
            self.status = getattr(fault, "status", 422)
            self.add_error(fault.field if fault.field in self.fields else None, said(fault))
            return None

    status: int = 422
    """Status a refused form is answered with."""


def layer_field(label: Any, help_text: Any = "") -> TakenField:
    """Return a field for a layer of areas."""
    return TakenField(
        label=label,
        required=False,
        help_text=help_text or _("GeoPackage、shp（打成 zip）或 GeoJSON，只放一个范围面图层"),
    )
