"""`huancheng serve`: answers, stays up while the database is away, comes back by itself, ends when told to."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.operations.serving import refuse_open_demo
from tests.platform.installation import empty_installation, running

PATIENCE = 120
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is refused
WITH_SESSION = {"Cookie": "sessionid=unknown-but-looked-up", "Accept-Language": "zh-CN"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Return status and text of an answer."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def until(met, what: str):
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if found := met():
                return found
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"waited in vain: {what}")


class Away:
    """Takes an installation's database away and brings it back."""

    def __init__(self, installation):
        self.installation = installation
        self.file = installation.home / "register.sqlite3"

    def take(self) -> None:
        if self.installation.cluster:
            self.installation.cluster.stop()
            return
        for name in ("", "-wal", "-shm"):
            Path(f"{self.file}{name}").rename(f"{self.file}.away{name}") if Path(
                f"{self.file}{name}"
            ).exists() else None
        self.file.mkdir()

    def bring_back(self) -> None:
        if self.installation.cluster:
            self.installation.cluster.start()
            return
        self.file.rmdir()
        for name in ("", "-wal", "-shm"):
            aside = Path(f"{self.file}.away{name}")
            if aside.exists():
                aside.rename(f"{self.file}{name}")


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for thread in Path(f"/proc/{process}/task").iterdir():
        found += (thread / "children").read_text().split()
    return sorted({int(number) for number in found})


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks /proc which programs run")
def test_a_server_outlives_its_database_and_ends_with_its_worker(installation):
    port = free_port()
    with running(installation.start("-m", "huancheng.cli", "serve", "--port", str(port))) as server:
        until(lambda: ask(port, "/operations/health/") == (200, '{"alive": true}'), "the server answers")
        assert ask(port, "/operations/health/ready/") == (200, '{"ready": true}')
        assert ask(port, "/sign-in/", WITH_SESSION)[0] == 200
        (worker,) = until(lambda: children(server.pid), "the worker is there")

        away = Away(installation)
        away.take()
        try:
            _, text = until(lambda: away_answer(port), "the database is missed")
            assert "数据库暂时不可用" in text
            assert "Traceback" not in text
            assert ask(port, "/operations/health/ready/") == (503, '{"ready": false}')
            assert ask(port, "/operations/health/")[0] == 200
        finally:
            away.bring_back()
        until(lambda: ask(port, "/sign-in/", WITH_SESSION)[0] == 200, "it comes back without a restart")
        assert ask(port, "/operations/health/ready/")[0] == 200

        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=PATIENCE)
        assert server.returncode == 0, said
        until(lambda: not Path(f"/proc/{worker}").exists(), "the worker ends too")
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"huancheng.access", "huancheng.operations"} <= {line["from"] for line in lines}
    assert all(line["route"].startswith("/") and "?" not in line["route"] for line in lines if "route" in line)


def away_answer(port: int) -> tuple[int, str] | None:
    status, text = ask(port, "/sign-in/", WITH_SESSION)
    return (status, text) if status == 503 else None


def test_the_first_start_makes_tables_and_bodies_and_says_so(tmp_path):
    installation = empty_installation(tmp_path, "sqlite", None, "home")
    port = free_port()
    with running(installation.start("-m", "huancheng.cli", "serve", "--port", str(port), "--no-worker")) as server:
        until(lambda: ask(port, "/operations/health/ready/") == (200, '{"ready": true}'), "the server answers")
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=PATIENCE)
    made = int(installation.script("from huancheng.platform.bodies.models import Body; print(Body.objects.count())"))
    assert made > 20
    assert f"{made} bodies were made from the pack example-city" in said
    done = installation.huancheng("manage", "first_administrator", "office-admin", "管理甲")
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="asks /proc which programs run")
def test_a_worker_that_dies_is_started_again_and_none_outlives_a_killed_server(prepared, tmp_path):
    installation = prepared("sqlite").copy(tmp_path / "home", "")
    with running(installation.start("-m", "huancheng.cli", "serve", "--port", str(free_port()))) as server:
        (first,) = until(lambda: children(server.pid), "the worker is there")
        os.kill(first, signal.SIGKILL)
        (second,) = until(lambda: [n for n in children(server.pid) if n != first], "another worker is there")
        server.kill()
        server.wait()
        until(lambda: not Path(f"/proc/{second}").exists(), "the worker ends with its killed server")


def test_a_port_that_is_taken_is_told(prepared, tmp_path):
    installation = prepared("sqlite").copy(tmp_path / "home", "")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = installation.huancheng("serve", "--port", str(port), "--no-worker")
    assert done.returncode == 3
    assert f"can't listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "example.cn"])
def test_a_demonstration_is_not_served_to_other_machines(settings, host):
    settings.DEMO = True
    with pytest.raises(InputFault, match="lists its log-ins"):
        refuse_open_demo(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_demonstration_is_served_to_this_machine(settings, host):
    settings.DEMO = True
    refuse_open_demo(host)


def test_what_is_no_demonstration_is_served_to_all(settings):
    settings.DEMO = False
    refuse_open_demo(EVERYWHERE)
