"""What a register needs before anybody can work in it: the bodies of the pack."""

from __future__ import annotations

import logging

from django.conf import settings

from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.bodies.models import Body
from huancheng.policy.book import load_book

logger = logging.getLogger("huancheng.operations")


def make_bodies_of_empty_register() -> int:
    """Make the pack's bodies where there is none yet, and say so; returns how many were made.

    A register that holds bodies is left alone: what changed in the pack since is taken over by `load_pack`, when
    those who run it decide so.

    Raises
    ------
    InputFault
        If the pack can't be read.
    """
    if Body.objects.exists():
        return 0
    made = bodies_from_pack(load_book(settings.PACK))
    logger.info(
        "the register was empty: %s bodies were made from the pack %s; enter the first administrator with "
        "huancheng manage first_administrator",
        made,
        settings.PACK,
    )
    return made
