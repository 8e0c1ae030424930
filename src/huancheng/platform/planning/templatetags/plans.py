"""What pages of plans show again and again."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from huancheng.platform.common.look.pages import tabs
from huancheng.platform.common.look.records import light
from huancheng.platform.planning.models import BureauOpinion, SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.agreement import tone_of
from huancheng.platform.planning.queries.places import place_title

register = template.Library()
register.filter("place_title", place_title)

ROOMS = (
    ("planning:special-plans", _("专项规划")),
    ("planning:units", _("更新单元")),
    ("planning:city", _("全市汇总")),
    ("planning:register", _("规划台账")),
)
"""Lists of the room, in the order of the chain."""

_TONES = {"draft": "teal", "adopted": "green", "replaced": "grey"}


@register.simple_tag
def planning_tabs(here: str) -> str:
    """Return the lists of the room as tabs; the one named is shown."""
    return tabs(str(_("更新规划")), [(words, reverse(name), name == here) for name, words in ROOMS])


@register.simple_tag
def opinion_light(opinion: BureauOpinion) -> SafeString:
    """Return the conclusion of an opinion as a light."""
    return light(tone_of(opinion), opinion.get_conclusion_display())


@register.simple_tag
def version_light(plan: SpecialPlan | UnitPlan) -> SafeString:
    """Return where a version stands as a light."""
    return light(_TONES[plan.state], plan.get_state_display())
