"""Django's management commands, with this project's settings."""

from __future__ import annotations

import os
import sys


def main(arguments: list[str]) -> None:
    """Run one of Django's commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huancheng.platform.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["huancheng manage", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
