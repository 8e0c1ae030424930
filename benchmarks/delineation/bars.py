"""What the results of a case have to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.delineation.instances import Case

Run = dict[str, Any]
Line = dict[str, Any]


def line(what: str, measured: float | None, wanted: float, better: str, **more: Any) -> Line:
    """Return one bar with its verdict."""
    met = None
    if measured is not None:
        met = {"higher": measured >= wanted, "lower": measured <= wanted, "equal": measured == wanted}[better]
    return {"what": what, "measured": measured, "bar": wanted, "better": better, "met": met, **more}


def unknown(what: str, why: str) -> Line:
    """Return a bar nobody measured."""
    return {"what": what, "measured": None, "bar": None, "better": "equal", "met": None, "note": why}


def bars_of(case: Case, runs: Mapping[int | None, Run], others: Mapping[str, Run | None]) -> list[Line]:
    """Return the bars of one case: ours by the number of units asked for, the peers by name."""
    bars = []
    for k, own in runs.items():
        name = f"{case.name}, k {k}" if k else case.name
        bars += _own(case, name, own, most=k is None)
        if case.bars.below_peers:
            bars += [_beside(name, own, peer, other) for peer, other in others.items()]
    if case.bars.half_of_the_gap:
        bars += _half(case, runs[None], others)
    return bars


def _own(case: Case, name: str, own: Run, *, most: bool) -> list[Line]:
    wanted, said, seen = case.bars, own["said"], own["evaluated"]
    found = [line(f"{name}: faults found by the evaluator", len(seen["faults"]), 0, "lower")]
    if wanted.units is not None:
        found.append(line(f"{name}: units", seen["units"], wanted.units, "equal", ceiling=said["units_bound"]))
    if wanted.least_units is not None and most:
        more = {"stretch": wanted.stretch_units, "ceiling": said["units_bound"]}
        found.append(line(f"{name}: units", seen["units"], wanted.least_units, "higher", **more))
    if wanted.dissimilarity is not None:
        least = round(seen["dissimilarity"])
        found.append(line(f"{name}: dissimilarity, {said['status']}", least, wanted.dissimilarity, "equal"))
    if wanted.gap is not None:
        value = seen["compactness"] if case.objective == "compact" else seen["dissimilarity"]
        gap = None if said["bound"] is None else max(0.0, round(1 - said["bound"] / value, 9))
        found.append(line(f"{name}: certified gap", gap, wanted.gap, "lower", stretch=wanted.stretch_gap))
    if wanted.seconds is not None:
        note = f"processor {own['processor_seconds']} s"
        found.append(line(f"{name}: seconds", said["seconds"], wanted.seconds, "lower", note=note))
    if wanted.gigabytes is not None:
        found.append(line(f"{name}: gigabytes at most", own["gigabytes"], wanted.gigabytes, "lower"))
    return found


def _beside(name: str, own: Run, peer: str, other: Run | None) -> Line:
    what = f"{name}: dissimilarity, at no fewer units, as a share of {peer}'s"
    if other is None:
        return line(what, None, 1.0, "lower", note=f"{peer} is not there or did not end in time")
    seen, rival = own["evaluated"], other["evaluated"]
    note = (
        f"{seen['units']} units in {own['said']['seconds']:.0f} s; {peer}: {rival['units']} in {other['seconds']:.1f} s"
    )
    if rival["faults"]:
        return line(what, None, 1.0, "lower", note=f"{note}, {len(rival['faults'])} faults: no result")
    share = seen["dissimilarity"] / rival["dissimilarity"]
    if seen["units"] < rival["units"]:
        return {**line(what, share, 1.0, "lower", note=f"{note}: fewer"), "met": False}
    return line(what, share, 1.0, "lower", note=note)


def _half(case: Case, own: Run, others: Mapping[str, Run | None]) -> list[Line]:
    known = {name: other for name, other in others.items() if other and not other["evaluated"]["faults"]}
    what = f"{case.name}: share closed of the gap between the better peer and the ceiling"
    if not known:
        return [unknown(what, "no peer is there or ended in time")]
    best = max(known, key=lambda name: known[name]["evaluated"]["units"])
    theirs, units, ceiling = known[best]["evaluated"]["units"], own["evaluated"]["units"], own["said"]["units_bound"]
    share = (units - theirs) / (ceiling - theirs) if ceiling > theirs else 1.0
    note = f"{units} units, {best} {theirs}, ceiling {ceiling}"
    return [
        line(what, share, 0.5, "higher", note=note),
        line(
            f"{case.name}: seconds of the whole process, {best}'s being the bar",
            own["process_seconds"],
            known[best]["process_seconds"],
            "lower",
            note=f"the call of {best} alone: {known[best]['seconds']:.1f} s",
        ),
    ]
