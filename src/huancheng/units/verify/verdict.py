"""What a verification found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """Something in the folder that is not true, or does not fit the rest.

    Parameters
    ----------
    check
        What was checked: `files`, `hashes`, `assignment`, `ground`, `audit`, `objective`, `bound`, `counts`, `layers`,
        `reasons`.
    place
        File, and row or key.
    message
        What is wrong, with both figures.
    """

    check: str
    place: str
    message: str

    def __str__(self) -> str:
        """Render as `check, place: message`."""
        return f"{self.check}, {self.place}: {self.message}"


@dataclass(frozen=True)
class Breach:
    """A firm rule the plan breaks, found by the verifier's own count.

    Parameters
    ----------
    rule
        Id of the rule.
    unit
        Name of the unit; empty for rules about the whole plan.
    message
        What is wrong, with the figure.
    """

    rule: str
    unit: str
    message: str

    def __str__(self) -> str:
        """Render as `rule, unit: message`."""
        return f"{self.rule}{', ' if self.unit else ''}{self.unit}: {self.message}"


@dataclass(frozen=True)
class Verdict:
    """All that was found.

    Parameters
    ----------
    faults
        What is not true.
    breaches
        Firm rules the plan breaks; a certificate may tell of them truthfully.
    checked
        How many things each check looked at.
    """

    faults: tuple[Fault, ...]
    breaches: tuple[Breach, ...]
    checked: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing false was found and no firm rule is broken."""
        return not self.faults and not self.breaches

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict for `--json`."""
        return {
            "sound": self.sound, "faults": [asdict(item) for item in self.faults],
            "breaches": [asdict(item) for item in self.breaches], "checked": self.checked,
        }  # fmt: skip
