"""Whether a result is listed as a problem, and why: one decision for runs and for tables a city brings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from huancheng.checkup.system.problems import ProblemBook, ProblemRule


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of one result.

    Parameters
    ----------
    indicator
        Id; empty for an indicator the pack does not know.
    name
        Name as printed.
    level
        Whether it speaks of the whole city or of a level below.
    amount
        The figure; None where it is not known.
    unit
        Unit.
    grade
        Grade; empty where there is none.
    target
        Target's floor or point that a rate must reach; None where there is none.
    """

    indicator: str
    name: str
    level: Literal["city", "below"]
    amount: float | None
    unit: str
    grade: str
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a result is listed.

    Parameters
    ----------
    listed
        Whether it is a problem.
    reason
        Why, in Chinese.
    rule
        Rule that decided; empty where none applies.
    certainty
        How the rule is known.
    decided
        False where something needed was not known: not listed, but no pass either.
    """

    listed: bool
    reason: str
    rule: str
    certainty: str
    decided: bool = True


def shown(amount: float) -> str:
    """Return an amount as printed: thousands separated, at most two decimals, four where it is below one."""
    decimals = 2 if abs(amount) >= 1 else 4
    text = f"{amount:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decide(result: Result, book: ProblemBook) -> Decision:
    """Decide by the first rule of the book that applies to a result.

    A rate below the city level that was graded all the same is decided by its grade, as the city's own judgement.

    Parameters
    ----------
    result
        What is known.
    book
        Rules.
    """
    rule = _first_rule(result, result.level, book)
    if rule and rule.listed_when == "short_of_target" and result.grade:
        rule = _first_rule(result, "city", book)
    if rule is None:
        return Decision(listed=False, reason="没有适用的判定规则", rule="", certainty="", decided=False)
    if rule.listed_when == "grade":
        return _by_grade(result, rule)
    if result.amount is None:
        return _answer(rule, "没有数值，无法判定", listed=False, decided=False)
    figure = f"{shown(result.amount)}{result.unit}"
    falling = any(word in result.name for word in book.falling_rate_words)
    if rule.listed_when == "short_of_target" and not falling:
        aim = rule.bound if result.target is None else result.target
        short = aim is not None and result.amount < aim
        words = f"{figure}，低于{aim:g}{result.unit}" if short else f"{figure}，已达{aim:g}{result.unit}"
        return _answer(rule, words, listed=short)
    bound = 0.0 if falling or rule.bound is None else rule.bound
    above = result.amount > bound
    return _answer(rule, f"{figure}，{'大于' if above else '不大于'}{bound:g}", listed=above)


def _first_rule(result: Result, level: str, book: ProblemBook) -> ProblemRule | None:
    return next((item for item in book.rules if item.applies(result.indicator, level, result.unit)), None)


def _by_grade(result: Result, rule: ProblemRule) -> Decision:
    if not result.grade:
        return _answer(rule, "没有评价等级，无法判定", listed=False, decided=False)
    listed = result.grade in rule.grades
    words = f"评价等级为“{result.grade}”" + ("" if listed else f"，未到“{'、'.join(rule.grades)}”")
    return _answer(rule, words, listed=listed)


def _answer(rule: ProblemRule, reason: str, *, listed: bool, decided: bool = True) -> Decision:
    badge = f"（规则 {rule.id}，{rule.certainty.value}）" if rule.certainty.needs_badge else f"（规则 {rule.id}）"
    return Decision(listed, reason + badge, rule.id, rule.certainty.value, decided)
