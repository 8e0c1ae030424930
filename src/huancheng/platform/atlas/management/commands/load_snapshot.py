"""`huancheng manage load_snapshot DIR`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.preparing import prepare
from huancheng.platform.atlas.domain.switching import make_current, start_again
from huancheng.platform.atlas.domain.taking import take_snapshot
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.acting import PROGRAM


class Command(BaseCommand):
    """Takes a snapshot in, makes its tiles, and shows it."""

    help = "载入数据快照（文件夹或 zip），制作地图瓦片，并设为一张图的底图"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the snapshot, and whether to leave the map as it is."""
        parser.add_argument("source", type=Path, metavar="DIR")
        parser.add_argument("--keep-current", action="store_true", help="载入但不切换")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do so and say what became of it.

        Raises
        ------
        CommandError
            If the snapshot can't be used.
        """
        try:
            record, fresh = take_snapshot(options["source"], PROGRAM)
            if record.state != SnapshotRecord.State.READY:
                record = start_again(record.pk, PROGRAM) if not fresh else record
                record = prepare(record.pk, PROGRAM)
            if record.state == SnapshotRecord.State.REFUSED:
                raise CommandError(record.stage)
            if not options["keep_current"]:
                record = make_current(record.pk, PROGRAM)
        except InputFault as fault:
            raise CommandError(str(fault)) from fault
        word = "已载入" if fresh else "此前已载入"
        self.stdout.write(f"{word}：{record.title}（{record.as_of}），瓦片 {record.tiles_size / 1e6:.1f} MB")
