"""How the house talks: what it does on standard error, what is missing in plain words."""

from __future__ import annotations

import sys

EXIT_MISSING = 3
"""Exit code when something needed is not on this machine; 1 is a negative finding, 2 a wrong command line."""

EXIT_STOPPED = 130
"""Exit code after Ctrl-C."""


class Trouble(Exception):
    """Something needed is missing on this machine.

    Parameters
    ----------
    message
        What is missing, in one sentence.
    cure
        What to do about it; may have several lines.
    code
        Exit code to end with.
    """

    def __init__(self, message: str, cure: str = "", code: int = EXIT_MISSING) -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
        self.code = code

    def __str__(self) -> str:
        """Render as the sentence, and the cure on the lines below it."""
        return f"{self.message}\n{self.cure}" if self.cure else self.message


def say(text: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(f"run.py: {text}", file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """Let Chinese through on every terminal; what one can't show is replaced rather than fatal."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
