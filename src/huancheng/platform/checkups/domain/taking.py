"""Taking a check-up run into the register: the folder is kept, its rows are copied."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from django.db import models, transaction

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.checkups.domain.folders import run_folder
from huancheng.platform.checkups.domain.reading import FILES, ReadRun, digest_of, read_run
from huancheng.platform.checkups.models import ActionRecord, CheckupRunRecord, IndicatorValue, ProblemRecord
from huancheng.platform.common import clock

_GEOGRAPHIC = "EPSG:4490"
_BATCH = 1000
_DETAILS = ("system", "counts", "provenance", "aspects", "aspect_rule", "scope")


def take_run(folder: Path, acting: Acting) -> tuple[CheckupRunRecord, bool]:
    """Take a run folder in; a run that is there already is left as it is.

    Parameters
    ----------
    folder
        A folder `huancheng checkup run` made.
    acting
        Who takes it in.

    Returns
    -------
    tuple
        The record, and whether it is new.

    Raises
    ------
    InputFault
        If the run does not hang together, or the copy is not the original.
    """
    read = read_run(folder)
    known = CheckupRunRecord.objects.filter(digest=read.digest).first()
    if known is not None:
        return known, False
    _keep_folder(folder, read.digest)
    with transaction.atomic():
        record = _record(read)
        _fill(record, read)
        counts = {"figures": record.figures.count(), "problems": record.problems.count()}
        append(record.stream, "checkup.taken", acting, {"digest": read.digest, "system": record.system, **counts})
    return record, True


def _keep_folder(folder: Path, digest: str) -> None:
    """Copy the run's files beside the snapshots; the copy appears whole or not at all."""
    target = run_folder(digest)
    if target.is_dir():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".taking-", dir=target.parent))
    try:
        for name in FILES:
            shutil.copyfile(folder / name, staging / name)
            (staging / name).chmod(0o444)
        _check_copy(staging, digest, folder)
        staging.chmod(0o755)
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _check_copy(copy: Path, digest: str, original: Path) -> None:
    if digest_of(copy) != digest:
        cure = "确认没有程序正在改写它，再试一次"
        raise InputFault("复制后的体检成果与原件不一致", file=str(original), cure=cure)


def _record(read: ReadRun) -> CheckupRunRecord:
    meta = read.run.meta
    return CheckupRunRecord.objects.create(
        digest=read.digest,
        title=meta["snapshot"]["title"],
        system=meta["system"]["id"],
        system_title=meta["system"]["title"],
        as_of=meta["snapshot"]["as_of"],
        snapshot=meta["snapshot"]["digest"],
        scope_name=meta["scope"]["name"],
        pack=f"{meta['pack']['id']} {meta['pack']['version']}",
        details={**{name: meta[name] for name in _DETAILS}, "crs": meta["snapshot"]["crs"]},
        taken_at=clock.now(),
    )


def _fill(record: CheckupRunRecord, read: ReadRun) -> None:
    """Copy every row, and see that none was lost."""
    run = read.run
    tables: tuple[tuple[type[models.Model], Iterable[models.Model], int], ...] = (
        (IndicatorValue, _values(record, run.values), len(run.values)),
        (ProblemRecord, _problems(record, run.problems), len(run.problems)),
        (ActionRecord, _actions(record, run.actions), len(run.actions)),
    )
    for model, rows, expected in tables:
        manager = model._default_manager  # noqa: SLF001 - Django's name for a model's manager
        manager.bulk_create(rows, batch_size=_BATCH)
        held = manager.filter(run=record).count()
        if held != expected:
            message = f"{model.__name__}: {held} of {expected} rows arrived"
            raise RuntimeError(message)


def _values(record: CheckupRunRecord, frame: pd.DataFrame) -> Iterator[IndicatorValue]:
    for position, row in enumerate(_rows(frame)):
        yield IndicatorValue(run=record, position=position, **row)


def _problems(record: CheckupRunRecord, frame: gpd.GeoDataFrame) -> Iterator[ProblemRecord]:
    shapes = frame.geometry.to_crs(_GEOGRAPHIC)
    plain = pd.DataFrame(frame.drop(columns=["geometry", "x", "y"])).rename(columns={"id": "key"})
    for position, (row, shape) in enumerate(zip(_rows(plain), shapes, strict=True)):
        centre = shapely.centroid(shape)
        yield ProblemRecord(
            run=record,
            position=position,
            geometry=shapely.to_wkb(shape),
            longitude=centre.x,
            latitude=centre.y,
            **row,
        )


def _actions(record: CheckupRunRecord, frame: pd.DataFrame) -> Iterator[ActionRecord]:
    plain = frame.rename(columns={"id": "key", "problem_id": "problem_key"})
    for position, row in enumerate(_rows(plain)):
        yield ActionRecord(run=record, position=position, **row)


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Give rows as plain values: an unknown number is None, an unknown text empty."""
    numbers = {name for name in frame.columns if pd.api.types.is_float_dtype(frame[name])}
    for row in frame.to_dict("records"):
        yield {str(name): (None if name in numbers else "") if pd.isna(value) else value for name, value in row.items()}
