"""What the forms of all procedures share."""

from __future__ import annotations

from typing import Any

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts.base import ActForm
from huancheng.platform.casework.rules import may


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
