#!/usr/bin/env python3
"""The one door to Huancheng: `python3 run.py demo`, `python3 run.py test`, and what a developer needs beside them.

This file must be readable by any Python 3, so that an old one is told plainly what it lacks; what does the work is in
`house/`.
"""

from __future__ import annotations

import sys

OLDEST = (3, 11)


def too_old(version: tuple[int, ...]) -> str:
    """Return what to tell a Python that is too old; empty for one that will do."""
    if version >= OLDEST:
        return ""
    wanted, found = (".".join(str(part) for part in parts[:2]) for parts in (OLDEST, version))
    return (
        f"Huancheng needs Python {wanted} or newer; this is Python {found} ({sys.executable}).\n"
        "Install a newer one (Debian 12, Ubuntu 24.04 and later have it; for Windows and macOS see python.org)\n"
        f"and call it by name, for example: python{wanted} run.py demo"
    )


def start(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    complaint = too_old(tuple(sys.version_info[:3]))
    if complaint:
        print(complaint, file=sys.stderr)
        return 3
    from house.commands import main

    return main(arguments)


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
