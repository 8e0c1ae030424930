"""How many of the features a figure is about could be judged, and whether that is enough to speak."""

from __future__ import annotations

from dataclasses import dataclass, replace

from huancheng.checkup.operators.parts import Combination, Measured
from huancheng.evidence import State


@dataclass(frozen=True, slots=True)
class Census:
    """Features looked at, and those of them of which too little is known.

    Parameters
    ----------
    unknown, total
        Numbers of features.
    word
        What they are called in Chinese.
    """

    unknown: int
    total: int
    word: str

    @property
    def known_share(self) -> float:
        """Share of the features that could be judged; 1 where there are none."""
        return 1.0 - self.unknown / self.total if self.total else 1.0

    @property
    def note(self) -> str:
        """What a reader must know of it, in Chinese; empty where all could be judged."""
        return f"{self.total}个{self.word}中有{self.unknown}个数据未知，未计入" if self.unknown else ""


def tell(measured: Measured, *censuses: Census) -> Measured:
    """Add to a figure's note how many features could not be judged, and keep the count."""
    notes = [measured.note, *(census.note for census in censuses)]
    unknown, total = (sum(getattr(census, name) for census in censuses) for name in ("unknown", "total"))
    share = 1.0 - unknown / total if total else 1.0
    return replace(measured, note="；".join(text for text in notes if text), known_share=share)


def speak_if_known(measured: Measured, minimum: float) -> Measured:
    """Return the figure, or missing where too little is known to speak.

    A share of which less than the minimum is known, and a zero found among so few, say nothing: unknown is not a pass.
    A count above zero stands as what has been found so far.

    Parameters
    ----------
    measured
        The figure.
    minimum
        Least share of the features that must be known (0 to 1).
    """
    if measured.state is not State.KNOWN or measured.known_share >= minimum:
        return measured
    if measured.combination is Combination.SUM and measured.parts.numerator.sum() > 0:
        return replace(measured, note=f"{measured.note}；已知不足{minimum:.0%}，为已查明数")
    return Measured.without(State.MISSING, f"{measured.note}；已知不足{minimum:.0%}，不作结论", measured.columns)
