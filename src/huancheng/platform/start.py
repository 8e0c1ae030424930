"""Setting Django up with this project's settings, for commands that are no requests."""

from __future__ import annotations

import os


def start_platform() -> None:
    """Load the settings and every app; more than once does no harm.

    Raises
    ------
    InputFault
        If a setting in the environment can't be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    from huancheng.evidence import InputFault

    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise InputFault(str(fault), cure="see docs/administrator/settings.md") from fault
