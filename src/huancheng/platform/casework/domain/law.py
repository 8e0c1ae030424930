"""The law a case is under: the pack in force today, and every pack an earlier case began under."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from huancheng.platform.common.law_in_force import law_in_force
from huancheng.policy.book import PolicyBook
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.versions.archive import Archive


def current_book() -> PolicyBook:
    """Return the law under which new cases begin."""
    return law_in_force()


def keep_current_pack() -> str:
    """Keep the pack in force in the archive; returns its digest."""
    return _archive(str(settings.PACK_ARCHIVE)).keep(current_book().pack)


def book_of(digest: str) -> PolicyBook:
    """Return the law a case began under.

    Raises
    ------
    InputFault
        If that version is not kept.
    """
    book = current_book()
    return book if book.pack.digest == digest else _archive(str(settings.PACK_ARCHIVE)).load(digest)


def interpreter_for(digest: str) -> Interpreter:
    """Return the interpreter of that law, knowing the calendar editions published since."""
    return _interpreter(digest, current_book().pack.digest, str(settings.PACK_ARCHIVE))


@lru_cache(maxsize=64)
def _interpreter(digest: str, _current: str, _archive_folder: str) -> Interpreter:
    return Interpreter(book_of(digest), tuple(current_book().editions))


@lru_cache(maxsize=8)
def _archive(folder: str) -> Archive:
    from pathlib import Path

    return Archive(Path(folder))
