"""How often one address may do something in public."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
MINUTE = 60


def is_too_often(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count one more try of a visitor; return whether it is one too many.

    Counted per address and stretch of time. The address is kept as a digest with the site's secret, so that the cache
    holds no address.

    Parameters
    ----------
    what
        What is tried.
    most
        Tries allowed in a stretch.
    seconds
        Length of the stretch.
    """
    address = request.META.get("REMOTE_ADDR", "")
    digest = hashlib.blake2b(address.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).hexdigest()
    key = f"limit:{what}:{digest}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # it lapsed between the two calls
        cache.set(key, 1, timeout=seconds)
        return False
