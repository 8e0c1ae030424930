"""Conditions on a layer's columns as data: what a pack writes to say which features count."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from huancheng.policy import PackModel

_TESTS = ("is_true", "one_of", "at_least", "above", "at_most", "below", "in_data_year", "before_data_year_by")


class Condition(PackModel):
    """One test of one column, or several joined by `all` or `any`.

    A missing column value is neither true nor false: joined conditions follow three-valued (Kleene) logic.

    Parameters
    ----------
    column
        Column of the layer.
    is_true
        The boolean column has this value.
    one_of
        The coded or text column has one of these values.
    at_least, above, at_most, below
        Bounds of a number, in the column's unit.
    in_data_year
        The year column equals the year the snapshot speaks of.
    before_data_year_by
        The year column lies at least so many years before the year the snapshot speaks of.
    all, any
        Conditions that must all hold, or of which one must hold.
    """

    column: str = ""
    is_true: bool | None = None
    one_of: tuple[str, ...] = ()
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None
    in_data_year: bool | None = None
    before_data_year_by: int | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        tests = [name for name in _TESTS if getattr(self, name) not in (None, ())]
        forms = bool(self.column) + bool(self.all) + bool(self.any)
        if forms != 1:
            message = "a condition names a column, or joins others by `all` or by `any`: exactly one of the three"
            raise ValueError(message)
        if bool(self.column) != bool(tests):
            message = f"a condition on a column needs a test, and only such a one: {', '.join(_TESTS)}"
            raise ValueError(message)
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns the condition reads, without repeats, in the order written."""
        if self.column:
            return (self.column,)
        return tuple(dict.fromkeys(name for part in (*self.all, *self.any) for name in part.columns))


class Selection(PackModel):
    """Features of one layer that a measure looks at.

    Parameters
    ----------
    layer
        Layer of the snapshot.
    among
        Which of its features; all where absent.
    """

    layer: str
    among: Condition | None = None


class Band(PackModel):
    """A reach that depends on the size of the facility.

    Parameters
    ----------
    at_least, below
        Size of the feature's ground in square metres.
    radius
        Reach in metres.
    """

    at_least: float = 0.0
    below: float | None = None
    radius: float = Field(gt=0)
