"""Provisions other rooms read from packs: parameters, finance defaults, supervision, treatments, standards."""

from huancheng.policy.provisions.parameters import FinanceDefault, Parameter
from huancheng.policy.provisions.standards import FacilityStandard
from huancheng.policy.provisions.supervision import Supervision
from huancheng.policy.provisions.treatment import TreatmentScoring

__all__ = ["FacilityStandard", "FinanceDefault", "Parameter", "Supervision", "TreatmentScoring"]
