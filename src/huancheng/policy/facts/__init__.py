"""Facts: what a rule may ask about a case, by official name, exactly."""

from huancheng.policy.facts.catalogue import NOT_APPLICABLE, FactCatalogue, Facts, FactValue, NotApplicable
from huancheng.policy.facts.exact import exact
from huancheng.policy.facts.model import Fact, FactKind, Ratio

__all__ = [
    "NOT_APPLICABLE",
    "Fact",
    "FactCatalogue",
    "FactKind",
    "FactValue",
    "Facts",
    "NotApplicable",
    "Ratio",
    "exact",
]
