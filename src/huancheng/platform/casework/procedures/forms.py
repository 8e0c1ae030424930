"""What the forms of all procedures share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import ActForm
from huancheng.platform.casework.rules import may
from huancheng.platform.files.domain.store import take_in
from huancheng.platform.files.models import StoredFile


def scan_field(label: Any = None) -> forms.FileField:
    """Return a field for the picture of a paper."""
    return forms.FileField(label=label or _("扫描件"), required=False)


def keep_scan(form: forms.Form, name: str = "scan") -> StoredFile | None:
    """Keep an uploaded file, and return it; None where none came."""
    file = form.cleaned_data.get(name)
    return take_in(file, file.name).stored if file else None


class ProcedureForm(ActForm):
    """A form on the page of a step; several stand on one page, and `do` says which was sent."""

    do: str = ""
    """Value that names the form."""
    title: Any = ""

    def __init__(self, standing: CaseStanding, acting: Acting, step: str, *arguments: Any, **options: Any) -> None:
        super().__init__(standing, acting, step, *arguments, auto_id=f"{self.do}-%s", **options)

    @classmethod
    def offered(cls, standing: CaseStanding, acting: Acting, step: str) -> bool:
        """Whether a person may send it now."""
        return may(acting, cls.act, standing, step)

    @property
    def has_files(self) -> bool:
        """Whether it takes files."""
        return self.is_multipart()
