"""All checks over one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from huancheng.units.verify.audit import check_audit, find_breaches
from huancheng.units.verify.evidence import Evidence, read_evidence
from huancheng.units.verify.files import check_assignment, check_counts, check_hashes
from huancheng.units.verify.ground import check_ground
from huancheng.units.verify.terms import check_bound, check_objective
from huancheng.units.verify.verdict import Breach, Fault, Verdict

_CHECKS: tuple[Callable[[Evidence], Iterator[Fault]], ...] = (
    check_counts, check_audit, check_objective, check_bound, check_ground,
)  # fmt: skip


def verify_units(folder: Path) -> Verdict:
    """Re-check a result folder.

    Parameters
    ----------
    folder
        What `huancheng units draw`, `import` or `edit` wrote.

    Returns
    -------
    Verdict
        What is not true, and which firm rules the plan breaks.

    Raises
    ------
    InputFault
        If the folder holds no `units.json`.
    """
    found, faults = read_evidence(folder)
    if found is None:
        return Verdict(tuple(faults), (), {})
    faults += check_hashes(found)
    broken = list(check_assignment(found))
    faults += broken
    breaches: tuple[Breach, ...] = ()
    # where tables don't speak of the same blocks, further figures mean nothing
    if not any(fault.check == "assignment" for fault in broken):
        try:
            for check in _CHECKS:
                faults += check(found)
            breaches = tuple(find_breaches(found))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            faults.append(Fault("files", "units.json", f"a part is missing or of the wrong kind: {error!r}"))
    checked = {
        "files": len(found.certificate["files"]), "blocks": len(found.block), "units": len(found.members),
        "borders": len(found.tables["borders.csv"]), "audit": len(found.tables["audit.csv"]),
        "links": len(found.tables["links.csv"]),
    }  # fmt: skip
    return Verdict(tuple(faults), breaches, checked)
