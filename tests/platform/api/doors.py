"""Who may open the pages and operations of the API."""

from __future__ import annotations

from datetime import timedelta

from huancheng.platform.api.domain.tokens import give_token
from huancheng.platform.api.models import Webhook
from huancheng.platform.common import clock
from tests.platform.doors import EVERYONE, SEE_CASE, Door

OFFICER = frozenset({"officer"})

CASE_ACTS = ("withdraw", "resubmit", "state_facts", "recognise", "back_enter", "comment")
STEP_ACTS = (
    "complete", "decide", "record", "confirm_record", "refuse_record", "skip", "lapse", "request_correction",
    "supply_correction", "return_", "delegate", "hand_over", "meet_precondition",
)  # fmt: skip
"""Acts are sent to the doors without JSON, which is refused to everybody alike before anything is looked up; who may do
what with sense is walked through in `test_acts.py`."""

DOORS = [
    Door("api-pages:reference", EVERYONE),
    Door("api-pages:keys", EVERYONE),
    Door("api-pages:give", EVERYONE, method="post"),
    Door("api-pages:subscribe", EVERYONE, method="post"),
    Door("api-pages:revoke", OFFICER, ("token",), method="post"),
    Door("api-pages:unsubscribe", OFFICER, ("webhook",), method="post"),
    Door("api:openapi-json", EVERYONE, visitors="open"),
    Door("api:api-root", frozenset(), visitors=404),
    Door("api:list_cases", EVERYONE, visitors=401),
    Door("api:one_case", SEE_CASE, ("case",), visitors=401),
    Door("api:case_log", SEE_CASE, ("case",), visitors=401),
    Door("api:worklist", EVERYONE, visitors=401),
    Door("api:bodies", EVERYONE, visitors=401),
    Door("api:instruments", EVERYONE, visitors=401),
    Door("api:route", EVERYONE, ("instrument", "jurisdiction"), visitors=401, method="post"),
    Door("api:open_", EVERYONE, visitors=401, method="post"),
    *(Door(f"api:{act}", EVERYONE, ("case",), visitors=401, method="post") for act in CASE_ACTS),
    *(Door(f"api:{act}", EVERYONE, ("case", "step"), visitors=401, method="post") for act in STEP_ACTS),
]


def furnish(world, acting):
    """Give an officer a key and a webhook."""
    officer = acting("市专班办公室", "officer")
    until = clock.today() + timedelta(days=9)
    world.things |= {"instrument": "unit_plan", "jurisdiction": "linhe", "step": "designate"}
    world.things["token"], _ = give_token(officer, "门", expires_on=until, may_act=False)
    world.things["webhook"] = Webhook.objects.create(
        name="门",
        person_id=officer.person,
        post_id=officer.post,
        address="https://x.example/",
        secret="s",  # noqa: S106 - of a test
        created_at=clock.now(),
    )
