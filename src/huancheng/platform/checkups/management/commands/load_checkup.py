"""`huancheng manage load_checkup DIR`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.checkups.domain.taking import take_run


class Command(BaseCommand):
    """Takes check-up runs into the register."""

    help = "载入体检成果（huancheng checkup run 生成的文件夹），可一次给出几个"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folders."""
        parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take in each folder and say what became of it.

        Raises
        ------
        CommandError
            If a folder can't be used.
        """
        for folder in options["folders"]:
            try:
                record, fresh = take_run(folder, PROGRAM)
            except InputFault as fault:
                raise CommandError(str(fault)) from fault
            word = "已载入" if fresh else "此前已载入"
            self.stdout.write(f"{word}：{record.system_title}（{record.as_of}），{record.figures.count()}个数值")
