"""Profiles by which units are drawn: such as can't be completed, and firm rules that rest on less firm numbers."""

from __future__ import annotations

from huancheng.evidence import Basis
from huancheng.policy.book import PolicyBook
from huancheng.policy.check.findings import Finding, Findings
from huancheng.policy.pack import PackFault
from huancheng.policy.provisions.unit_rules import FromParameter


def check_unit_rules(book: PolicyBook) -> Findings:
    """Yield the findings of all profiles."""
    for entry in book.unit_rules:
        origin = book.unit_rules.origin(entry.id)
        try:
            book.unit_profile(entry.id)
        except PackFault as fault:
            yield Finding("unusable_profile", fault.message, origin, entry.id, fault.cure)
            continue
        for rule, key, amount in entry.amounts():
            if isinstance(amount, FromParameter) and rule.basis is not Basis.DEFAULT and not rule.certainty.needs_badge:
                parameter = book.parameters[amount.parameter]
                if parameter.basis is Basis.DEFAULT or parameter.certainty.needs_badge:
                    yield Finding(
                        "weaker_parameter",
                        f"the rule is firm and its {key} rests on {parameter.id}, which is not",
                        book.unit_rules.origin(f"{entry.id}/{rule.id}"),
                        f"{entry.id}/{rule.id}",
                        "give the rule basis: default, or the parameter its source",
                    )
