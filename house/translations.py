"""Compiling translations: each `django.po` to the `django.mo` beside it. Called with the environment's Python."""

from __future__ import annotations

import sys
from pathlib import Path


def compile_catalogue(file: Path) -> list[str]:
    """Compile one catalogue and return what is wrong with it; a faulty one is not written.

    Parameters
    ----------
    file
        A `.po` file; its language is the folder's.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with file.open("rb") as stream:
            catalogue = read_po(stream, locale=file.parents[1].name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        return [f"{file}: {error}"]
    faults = [f"{file}:{message.lineno}: {error}" for message, errors in catalogue.check() for error in errors]
    if not faults:
        building = file.with_suffix(".mo.part")
        with building.open("wb") as stream:
            write_mo(stream, catalogue)
        building.replace(file.with_suffix(".mo"))
    return faults


def main(names: list[str]) -> int:
    """Compile catalogues, say what is wrong, and return 1 if anything is."""
    faults = [fault for name in names for fault in compile_catalogue(Path(name))]
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
