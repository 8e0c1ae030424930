"""What an examination finds, and how it is carried out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

logger = logging.getLogger("huancheng.operations")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be.

    Parameters
    ----------
    check
        Name of the check that found it.
    text
        What is wrong.
    cure
        What to do.
    """

    check: str
    text: str
    cure: str

    def as_dict(self) -> dict[str, str]:
        """Return it for `--json`."""
        return {"check": self.check, "text": self.text, "cure": self.cure}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is examined.

    Parameters
    ----------
    name
        Its name, as `triggers`.
    title
        What it examines.
    examine
        Yields what is wrong, as text and cure.
    slow
        Whether it reads everything there is; left out of quick examinations.
    """

    name: str
    title: str | Promise
    examine: Callable[[], Iterable[tuple[str, str]]]
    slow: bool = False


def examine(checks: Iterable[Check], *, quick: bool = False) -> Iterator[tuple[Check, list[Finding]]]:
    """Carry out checks one by one; one that can't be carried out is a finding, and the next follows."""
    for check in checks:
        if quick and check.slow:
            continue
        try:
            yield check, [Finding(check.name, text, cure) for text, cure in check.examine()]
        except Exception as error:
            # Whatever is broken so badly that it can't be looked at must not hide the rest.
            logger.exception("the check %s failed", check.name)
            text = _("无法检查：%s") % type(error).__name__
            yield check, [Finding(check.name, text, _("先处理其他发现，再检查一次"))]
