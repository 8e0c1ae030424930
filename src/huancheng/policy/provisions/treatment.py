"""Retain, renovate or demolish: scores for what the hard rules leave open, all of them our defaults."""

from __future__ import annotations

import math
from typing import Literal, Self

from pydantic import model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import PackModel


class Band(PackModel):
    """Scores from `low` (included) to `high` speak for one treatment."""

    treatment: str
    low: float
    high: float


class KindDefault(PackModel):
    """What a kind of project mostly does and earns, until the project itself says more.

    Parameters
    ----------
    treatment
        留, 改, 拆 or 混合; empty where the kind says nothing.
    revenue
        Income to be expected; empty where the kind says nothing.
    note
        What a reader must know.
    """

    treatment: Literal["留", "改", "拆", "混合", ""]
    revenue: Literal["低", "中", "高", ""]
    note: str = ""


class TreatmentScoring(PackModel):
    """All of `treatment.yaml`.

    Parameters
    ----------
    weights
        Weight of each criterion; they add up to one.
    scales
        Score of each value of a criterion that takes words, 0 to 100.
    curves
        Knots (value, score) of criteria that take numbers; straight in between.
    bands
        Which scores speak for which treatment; they follow on each other from 0 to 100.
    keep_margin
        Within so many points of a band's edge the gentler treatment is taken.
    demolition_needs
        What a decision to demolish must show.
    survey_records
        What the survey of owners' wishes must record of each household.
    responses_needed
        Share of households that must have answered the survey.
    agreement_needed
        Share of those asked that must agree before a project that retains or renovates is taken up.
    kind_defaults
        What each kind of project mostly does and earns.
    old_estate_lists
        What belongs to the basic, improving and upgrading class.
    old_estate_rule
        How far each class must be carried out.
    """

    basis: Basis
    certainty: Certainty
    weights: dict[str, float]
    scales: dict[str, dict[str, float]]
    curves: dict[str, tuple[tuple[float, float], ...]]
    bands: tuple[Band, ...]
    keep_margin: float
    demolition_needs: tuple[str, ...]
    survey_records: tuple[str, ...]
    responses_needed: float
    agreement_needed: float
    kind_defaults: dict[str, KindDefault]
    old_estate_lists: dict[str, tuple[str, ...]]
    old_estate_rule: str

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not math.isclose(sum(self.weights.values()), 1):
            raise ValueError(f"the weights add up to {sum(self.weights.values())}, not to 1")
        edges = [band.low for band in self.bands] + [self.bands[-1].high]
        if [band.high for band in self.bands[:-1]] != edges[1:-1] or (edges[0], edges[-1]) != (0, 100):
            raise ValueError("the bands do not follow on each other from 0 to 100")
        return self
