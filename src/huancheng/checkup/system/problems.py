"""Which results are problems, what the problem is called, and what to do about it: all of it data."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Certainty
from huancheng.policy import Entry, PackModel

ActionType = Literal["限时解决", "尽力解决"]


class ProblemRule(Entry):
    """When a result is listed as a problem. The first rule of the book that applies decides.

    Parameters
    ----------
    indicators
        Indicators it is for; any where empty.
    levels
        Whether it is for indicators of the whole city or of levels below it.
    units
        Units it is for; any where empty.
    listed_when
        `grade`: the grade is one of `grades`; `above`: the amount is above `bound`; `short_of_target`: the amount
        misses its target, which is `bound` where the tables have none.
    grades, bound
        What `listed_when` speaks of.
    """

    indicators: tuple[str, ...] = ()
    levels: Literal["city", "below"]
    units: tuple[str, ...] = ()
    listed_when: Literal["grade", "above", "short_of_target"]
    grades: tuple[str, ...] = ()
    bound: float | None = None

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if (self.listed_when == "grade") != bool(self.grades) or (self.listed_when != "grade") != (
            self.bound is not None
        ):
            message = f"{self.id}: `grade` needs `grades`; `above` and `short_of_target` need `bound`"
            raise ValueError(message)
        return self

    def applies(self, indicator: str, level: str, unit: str) -> bool:
        """Whether the rule is for a result."""
        return (
            self.levels == level
            and (not self.indicators or indicator in self.indicators)
            and (not self.units or unit in self.units)
        )


class ProblemType(PackModel):
    """One way in which the problem shows on the ground."""

    name: str
    action_type: ActionType


class Remedy(Entry):
    """What is said of an indicator's problem and what is done about it.

    Parameters
    ----------
    indicator
        Indicator whose problem it is.
    problem
        The problem in the official wording.
    action
        Advice.
    action_type
        Whether it is to be solved by a deadline or as far as possible.
    types
        Ways in which it shows.
    """

    indicator: str
    problem: str
    action: str
    action_type: ActionType
    types: tuple[ProblemType, ...] = ()


class ProblemBook(PackModel):
    """The problem rules and remedies of one indicator system.

    Parameters
    ----------
    rules
        In the order in which they are tried.
    falling_rate_words
        Words in a name that tell that a rate should be low, for indicators the pack does not know.
    remedies
        By indicator.
    default_action
        Advice where there is no remedy.
    default_action_type
        Type of action where there is no remedy.
    default_certainty
        How the two defaults are known.
    """

    rules: tuple[ProblemRule, ...] = Field(min_length=1)
    falling_rate_words: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    default_action: str
    default_action_type: ActionType
    default_certainty: Certainty

    def remedy(self, indicator: str) -> Remedy | None:
        """Return an indicator's remedy."""
        return next((item for item in self.remedies if item.indicator == indicator), None)
