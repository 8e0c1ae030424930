"""Fills an installation for the benchmark of the map and prints the session of an officer. Run by `__main__`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from huancheng.platform.start import start_platform


def main(snapshot: Path, run: Path) -> None:
    """Load snapshot and check-up, make an officer, sign them in."""
    start_platform()
    from django.core.management import call_command
    from django.test import Client

    from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
    from huancheng.platform.bodies.models import Body, Person, Post
    from huancheng.platform.casework.domain.law import current_book
    from huancheng.platform.checkups.models import CheckupRunRecord

    call_command("migrate", verbosity=0)
    bodies_from_pack(current_book())
    call_command("load_snapshot", str(snapshot), stdout=sys.stderr)
    call_command("load_checkup", str(run), stdout=sys.stderr)
    office = Body.objects.get(reference="task_force_office")
    officer = Person.objects.create_user("officer", name="专班办工作人员")
    Post.objects.create(person=officer, body=office, role="officer")
    client = Client()
    client.force_login(officer)
    run_id = CheckupRunRecord.objects.get().pk
    print(json.dumps({"session": client.cookies["sessionid"].value, "run": run_id}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
