"""Looking at a file before it is taken in: its name, its kind by content, and what stands in it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from huancheng.platform.files.domain import virus_scanner
from huancheng.platform.files.domain.checks.archive import open_archive
from huancheng.platform.files.domain.checks.compound import check_compound
from huancheng.platform.files.domain.checks.everywhere import refuse_second_format, refuse_test_virus
from huancheng.platform.files.domain.checks.geodata import check_dwg, check_gpkg, check_shapefile
from huancheng.platform.files.domain.checks.ofd import ENTRY, check_ofd
from huancheng.platform.files.domain.checks.office import TABLE, check_office
from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.checks.signature import HEAD, Shape, shape_of
from huancheng.platform.files.domain.checks.text import check_text
from huancheng.platform.files.domain.names import clean_name, extension_of
from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.formats import by_extension

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Examined:
    """A file found fit to be taken in.

    Parameters
    ----------
    name
        Its name, cleaned.
    sha256, size
        Of its content.
    outcome
        Its format and what a reader should know.
    """

    name: str
    sha256: str
    size: int
    outcome: Outcome


def examine(source: BinaryIO, name: str) -> Examined:
    """Look at a file.

    Parameters
    ----------
    source
        The file, readable and seekable.
    name
        As the browser sent it.

    Raises
    ------
    Refused
        For a named reason, if it is not fit to be taken in.
    """
    name = clean_name(name)
    size = source.seek(0, 2)
    if size == 0:
        raise Refused(Reason.EMPTY)
    if size > settings.UPLOAD_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{settings.UPLOAD_LIMIT >> 20} MB")
    source.seek(0)
    shape = shape_of(source.read(HEAD))
    refuse_test_virus(source)
    if shape not in ("zip", "text"):
        refuse_second_format(source)
    wanted = by_extension()[extension_of(name)]
    outcome = _check(source, shape, wanted)
    if outcome.format not in wanted:
        raise Refused(Reason.MISMATCH, outcome.format)
    virus_scanner.refuse_viruses(source)
    return Examined(name, digest(source), size, outcome)


def digest(source: BinaryIO) -> str:
    """Return the SHA-256 of a file, read from its beginning."""
    source.seek(0)
    found = hashlib.sha256()
    while block := source.read(_BLOCK):
        found.update(block)
    source.seek(0)
    return found.hexdigest()


def _check(source: BinaryIO, shape: Shape, wanted: frozenset[str]) -> Outcome:
    return check_text(source, wanted) if shape == "text" else _CHECKS[shape](source)


def _check_zip(source: BinaryIO) -> Outcome:
    """Check a zip as what its table of contents says it is, whatever its name."""
    names = set(open_archive(source).namelist())
    if TABLE in names:
        return check_office(source)
    return check_ofd(source) if ENTRY in names else check_shapefile(source)


def _check_pdf(source: BinaryIO) -> Outcome:
    from huancheng.platform.files.domain.checks.pdf import check_pdf

    return check_pdf(source)


def _check_picture(source: BinaryIO) -> Outcome:
    from huancheng.platform.files.domain.checks.picture import check_picture

    return check_picture(source)


_CHECKS: dict[Shape, Callable[[BinaryIO], Outcome]] = {
    "pdf": _check_pdf,
    "zip": _check_zip,
    "compound": check_compound,
    "png": _check_picture,
    "jpeg": _check_picture,
    "tiff": _check_picture,
    "sqlite": check_gpkg,
    "dwg": check_dwg,
}
