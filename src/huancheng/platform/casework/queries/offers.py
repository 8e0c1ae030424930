"""What a person may do on the page of a case: their rights, grouped by step, each with the page that does it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import get_language, gettext

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.act_pages import act_url
from huancheng.platform.casework.domain.asking import facts_asked, recognitions
from huancheng.platform.casework.domain.editions import missing_parts
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.forms.acts import ACT_FORMS
from huancheng.platform.casework.rules import Right, rights

LEADING = (
    "confirm_record",
    "decide",
    "complete",
    "supply_correction",
    "meet_precondition",
    "resubmit",
    "record",
    "edit",
)
"""Acts that carry a case on, the most fitting first: the main act of a page is the first of them that may be done."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that may be done.

    Parameters
    ----------
    act
        Its id.
    title
        Words on the button.
    url
        Page that does it.
    step
        Step it concerns; empty for the case.
    danger
        Whether it throws the case back.
    """

    act: str
    title: str
    url: str
    step: str = ""
    danger: bool = False

    @property
    def by_panel(self) -> bool:
        """Whether its form opens beside the case."""
        return self.act in ACT_FORMS


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """The acts of one step, or of the case as a whole.

    Parameters
    ----------
    title
        Word for the step and its body, or for what the acts have in common.
    offers
        The acts.
    """

    title: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """All that may be done.

    Parameters
    ----------
    main
        The main act of the page.
    groups
        All acts, the steps in their order, then the case.
    may_comment
        Whether a remark may be left.
    """

    main: Offer | None
    groups: tuple[OfferGroup, ...]
    may_comment: bool


DANGEROUS = frozenset({"return", "withdraw"})
PAST = "back_enter"
"""The act that may be done in many steps at once; its steps are listed together."""


def offers(acting: Acting, standing: CaseStanding) -> Offers:
    """Return what a person may do now; an act with nothing to do, or without a page, is not offered."""
    given = rights(acting, standing)
    shown = [right for right in given if right.act.id != "comment" and _has_matter(right, standing)]
    made = [_offer(right, standing) for right in shown]
    known = [offer for offer in made if offer.url]
    main = _main(known, standing)
    groups = [_group(_step_title(standing, name), known, name) for name in standing.state.steps]
    groups.append(_group(gettext("整件案卷"), known, ""))
    past = [offer for offer in known if offer.act == PAST]
    groups.append(OfferGroup(gettext("补录此前已办的环节"), tuple(_named(offer, standing) for offer in past)))
    return Offers(
        main, tuple(group for group in groups if group.offers), any(right.act.id == "comment" for right in given)
    )


def _main(known: list[Offer], standing: CaseStanding) -> Offer | None:
    """Return the act that carries the case on: to write, while contents are missing; then to hand them in."""
    by_act = {offer.act: offer for offer in reversed(known)}
    if "edit" in by_act and missing_parts(standing):
        return by_act["edit"]
    return next((by_act[act] for act in LEADING if act in by_act), None)


def _group(title: str, known: list[Offer], step: str) -> OfferGroup:
    return OfferGroup(title, tuple(offer for offer in known if offer.step == step and offer.act != PAST))


def _named(offer: Offer, standing: CaseStanding) -> Offer:
    """Return an offer whose words are the step's, for lists of one act over many steps."""
    return replace(offer, title=_step_title(standing, offer.step))


def _offer(right: Right, standing: CaseStanding) -> Offer:
    act = right.act
    title = act.english if get_language() == "en" else act.title
    return Offer(act.id, title, act_url(act.id, standing.case.pk, right.step), right.step, act.id in DANGEROUS)


def _has_matter(right: Right, standing: CaseStanding) -> bool:
    match right.act.id:
        case "meet_precondition":
            return bool(standing.interpreter.missing_preconditions(standing.state))
        case "recognise":
            return bool(recognitions(standing))
        case "state_facts":
            return bool(facts_asked(standing))
        case "edit":
            return bool(standing.plan.instrument.contents or standing.plan.instrument.annexes)
        case _:
            return True


def _step_title(standing: CaseStanding, name: str) -> str:
    planned = standing.plan.step(name)
    body = standing.body_of(planned)
    return f"{gettext(planned.step.kind.official)} · {body.name if body else planned.body.name}"
