"""The numbers by which fragments of land are told, from the pack."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.evidence import Basis, Certainty, InputFault
from huancheng.policy.book import PolicyBook
from huancheng.policy.provisions import Parameter

MU = 2000.0 / 3.0
"""Square metres of a mu (亩)."""

_SCALES = {"亩": MU, "公顷": 10_000.0, "平方米": 1.0, "米": 1.0, "": 1.0}


@dataclass(frozen=True)
class RuleFigure:
    """One number of the rule and what it rests on.

    Parameters
    ----------
    id, title
        Of the pack's parameter.
    value
        In square metres, metres or as a share.
    said
        As the pack says it, with its unit.
    basis, certainty
        Whether it is the policy's word, a law or a default, and how it is known.
    """

    id: str
    title: str
    value: float
    said: str
    basis: Basis
    certainty: Certainty


@dataclass(frozen=True)
class FragmentRules:
    """The limits.

    Parameters
    ----------
    area
        A fragment has less than this many square metres.
    enclosed_share
        夹心地: at least this share of the border is the project's.
    corner_contact, corner_foreign
        边角地: at least the one share of the border is the project's, at most the other share is other parcels'.
    interlock
        插花地: at least this share of the ground inside the outline drawn around it is the project's.
    unbuildable_width
        A parcel into which no circle of this diameter in metres fits can't be built on alone.
    cumulative
        Fragments in one project come to at most this share of its area.
    """

    area: RuleFigure
    enclosed_share: RuleFigure
    corner_contact: RuleFigure
    corner_foreign: RuleFigure
    interlock: RuleFigure
    unbuildable_width: RuleFigure
    cumulative: RuleFigure

    def figures(self) -> tuple[RuleFigure, ...]:
        """Return all numbers in order."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__)


_NAMES = {
    "area": "fragment_area",
    "enclosed_share": "fragment_enclosed_share",
    "corner_contact": "fragment_corner_contact",
    "corner_foreign": "fragment_corner_foreign",
    "interlock": "fragment_interlock",
    "unbuildable_width": "unbuildable_width",
    "cumulative": "fragment_share",
}


def fragment_rules(book: PolicyBook) -> FragmentRules:
    """Read the limits from a pack.

    Raises
    ------
    InputFault
        If the pack lacks one, or gives it in a unit that is no area, length or share.
    """
    return FragmentRules(**{name: _figure(book, parameter) for name, parameter in _NAMES.items()})


def _figure(book: PolicyBook, name: str) -> RuleFigure:
    if name not in book.parameters:
        cure = f"add the parameter {name} to the pack's parameters.yaml"
        raise InputFault("the pack sets no such number", file=book.pack.id, field=name, cure=cure)
    parameter: Parameter = book.parameters[name]
    if isinstance(parameter.value, str) or parameter.unit not in _SCALES:
        cure = f"give a number in {'、'.join(unit for unit in _SCALES if unit)}"
        message = f"{parameter.value}{parameter.unit} can't be compared"
        raise InputFault(message, file=book.pack.id, field=name, cure=cure)
    value = float(parameter.value) * _SCALES[parameter.unit]
    said = f"{parameter.value}{parameter.unit}"
    return RuleFigure(name, parameter.title, value, said, parameter.basis, parameter.certainty)
