"""Who may do what in a case, written down by hand: the tests hold the program against this page, not against itself.

Nothing here calls `casework.rules` or reads `posts.yaml`. A step is carried out by the roles of its kind in its own
body; governments and committees are recorded for by the clerks of the body they act through.
"""

from __future__ import annotations

from dataclasses import dataclass

JUDGING = {
    "review", "deliberate", "approve", "confirm", "legality_review", "expert_review", "countersign", "letter_review",
}  # fmt: skip

CARRIES_OUT = {
    "designate": {"approver"},
    "compile": {"compiler", "entity_staff"},
    "submit": {"compiler", "clerk", "entity_staff"},
    "survey": {"compiler"},
    "appraise": {"compiler", "reviewer"},
    "consult": {"clerk", "reviewer"},
    "countersign": {"reviewer"},
    "letter_review": {"reviewer"},
    "notice": {"clerk"},
    "hearing": {"clerk"},
    "legality_review": {"reviewer"},
    "risk_assessment": {"compiler", "reviewer"},
    "expert_review": {"officer"},
    "review": {"reviewer"},
    "deliberate": {"approver"},
    "approve": {"approver"},
    "file": {"filing_clerk"},
    "confirm": {"approver"},
    "implement": {"clerk", "entity_staff"},
}

ROLES = {
    "filler", "compiler", "reviewer", "approver", "clerk", "filing_clerk", "officer", "expert", "entity_staff",
    "auditor", "administrator",
}  # fmt: skip
SEE_ALL = {"officer", "auditor"}
SEE_ASSIGNED = {"expert"}
KIND = None
"""Roles of the kind of step."""


@dataclass(frozen=True)
class Said:
    """One act: roles, standings of the body, and where the step (or, without steps, the case) must stand."""

    roles: set[str] | None
    at: set[str]
    steps: set[str] | None = None
    cases: set[str] | None = None
    kinds: set[str] | None = None
    only: str = ""
    also_through: frozenset[str] = frozenset()
    """Kinds of step in which the body that records for the step's body may do it as well."""


CHECKERS = {"clerk", "officer", "reviewer", "approver"}
HEARERS = {"clerk", "officer", "reviewer"}
TELLERS = {"compiler", "officer", "reviewer"}
WRITTEN = {"compile", "submit"}
WRITERS = {"compiler", "filler", "entity_staff"}
MEETS = {"review", "deliberate", "approve", "confirm"}
ASKS_OTHERS = {"consult", "countersign", "letter_review", "expert_review"}
RUNNING = {"ready", "waiting", "stopped"}
EVERY = ROLES - {"administrator"}

STATEMENT: dict[str, Said] = {
    "edit": Said(WRITERS, {"step", "through", "opener"}, {"ready", "done"}, kinds=WRITTEN, only="written"),
    "complete": Said(
        KIND, {"step"}, {"ready"}, kinds=set(CARRIES_OUT) - JUDGING, also_through=frozenset({"notice", "hearing"})
    ),
    "decide": Said(KIND, {"step"}, {"ready"}, kinds=JUDGING),
    "record": Said({"clerk", "officer"}, {"step", "through"}, {"ready"}, only="nothing recorded"),
    "confirm_record": Said(CHECKERS, {"step", "through"}, {"ready"}, only="recorded"),
    "request_correction": Said(KIND, {"step"}, {"ready"}, only="later"),
    "supply_correction": Said(WRITERS | {"clerk"}, {"opener", "sender", "author"}, {"stopped"}),
    "return": Said(KIND, {"step"}, {"ready", "stopped"}, only="later"),
    "withdraw": Said({"compiler", "entity_staff"}, {"opener"}, cases={"open"}),
    "resubmit": Said({"compiler", "entity_staff"}, {"opener"}, cases={"withdrawn", "refused"}),
    "skip": Said(KIND, {"step", "through"}, {"ready", "waiting"}, only="optional"),
    "lapse": Said({"clerk", "officer", "reviewer"}, {"step", "through", "office"}, {"ready"}, only="silence"),
    "delegate": Said({"approver"}, {"step"}, RUNNING),
    "state_facts": Said(TELLERS | {"entity_staff"}, {"opener", "step", "office"}, cases={"open"}),
    "meet_precondition": Said(TELLERS | {"clerk"}, {"opener", "step", "office"}, cases={"open"}),
    "recognise": Said({"officer"}, {"office"}, cases={"open", "finished"}),
    "back_enter": Said({"clerk", "officer"}, {"step", "through", "opener", "office"}, RUNNING),
    "comment": Said(EVERY, {"sight"}),
    "attach": Said(EVERY - {"expert", "auditor"}, {"step", "through", "sender", "opener", "office"}),
    "instruct": Said({"clerk", "officer"}, {"step", "through", "opener", "office"}),
    "consult": Said({"compiler", "reviewer", "clerk", "officer"}, {"step", "through", "office"}, {"ready"}),
    "answer": Said({"reviewer", "clerk", "approver"}, {"sight"}),
    "draw_experts": Said({"officer", "clerk"}, {"step", "through", "office"}, {"ready"}, kinds={"expert_review"}),
    "give_opinion": Said({"expert"}, {"sight"}),
    "conclude": Said(CHECKERS, {"step", "through"}, {"ready"}, kinds=ASKS_OTHERS),
    "hold_meeting": Said({"clerk", "officer"}, {"step", "through", "office"}, {"ready"}, kinds=MEETS),
    "confirm_vote": Said(CHECKERS, {"step", "through", "office"}, {"ready"}, kinds=MEETS),
    "record_hearing": Said(HEARERS, {"step", "through"}, {"ready"}, kinds={"notice", "hearing"}),
    "publish_notice": Said({"clerk", "officer"}, {"step", "through"}, {"ready"}, kinds={"notice"}),
    "answer_objection": Said({"clerk", "officer", "reviewer"}, {"step", "through"}, {"ready"}, kinds={"notice"}),
    "hand_over": Said(
        {"compiler", "reviewer", "approver", "clerk", "filing_clerk", "officer", "entity_staff"},
        {"step", "through"}, {"ready", "stopped"},
    ),
    "chase": Said({"officer", "auditor"}, {"office", "sight"}),
    "export": Said({"officer", "clerk", "filing_clerk", "auditor"}, {"sight"}),
}  # fmt: skip

OUTSIDE_CASES = {"open", "manage_people", "see_people", "watch_administrators", "keep_experts"}
"""Acts that are done in no case."""
