"""The picture of a paper that a form brings: piece by piece, looked at by its content, as any other file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.files.domain.store import Taken
from huancheng.platform.files.forms.taken_field import TakenField
from huancheng.platform.files.models import StoredFile

NAME = "scan"
"""Name of the field in every form."""


def scan_field(label: Any = None) -> TakenField:
    """Return a field for the picture of a paper."""
    return TakenField(label=label or _("扫描件"), required=False)


def brought_by(form: forms.Form, acting: Acting) -> None:
    """Say who brings the picture, if the form asks for one."""
    field = form.fields.get(NAME)
    if isinstance(field, TakenField):
        field.acting = acting


def taken_scan(form: forms.Form) -> Taken | None:
    """Return the picture that was brought, with its name; None where none came."""
    taken: Taken | None = form.cleaned_data.get(NAME)
    return taken


def kept_scan(form: forms.Form) -> StoredFile | None:
    """Return the file of the picture; None where none came."""
    taken = taken_scan(form)
    return taken.stored if taken else None
