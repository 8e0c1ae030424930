"""Officers at work: each signs in and asks something every few seconds, reading and acting, against a served platform.

    python -m benchmarks.platform.load http://127.0.0.1:8000 bench00001 bench00002 … --minutes 3

No library stands between: one thread and one connection for each officer, so that what is measured is the server. An
answer is right if it has the status and the words it must have; everything else is an error and is told. Prints JSON.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urlsplit

PASSWORD = "benchmark only"  # noqa: S105 - of made-up people in a throw-away register
PAUSE = 5.0
PATIENCE = 30.0
WORDS = ("单元", "规划", "南湖老旧小区", "管网老化 南湖", "园", "不存在的字样", "示更新〔2026〕")
REMARK = "已核对现场情况，数据一致。"
MARK = re.compile(r'name="mark" value="([^"]+)"')
CASE = re.compile(r'href="/cases/(\d+)/"')


class Wrong(Exception):
    """An answer that is not what it must be."""


@dataclass
class Tally:
    """What all officers saw."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    late: int = 0
    """Requests that began more than a second behind their time, as the one before took too long."""
    acts: Counter[str] = field(default_factory=Counter)
    """What became of taking and putting back: done, or refused because a colleague was first."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        with self.lock:
            self.seconds[kind].append(seconds)

    def failed(self, what: str) -> None:
        with self.lock:
            self.errors.append(what)


class Officer:
    """One person at a browser."""

    def __init__(self, address: str, name: str, tally: Tally, seed: int) -> None:
        place = urlsplit(address)
        self.host, self.port = place.hostname or "", place.port or 80
        self.name, self.tally = name, tally
        self.chance = random.Random(seed)  # noqa: S311 - which page comes next is no secret
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        self.cases: list[str] = []
        self.marks: list[str] = []
        self.taken: str = ""

    def sign_in(self) -> None:
        """Go through the door, as a browser does."""
        self.ask("door", "/sign-in/", contains="csrfmiddlewaretoken")
        self.tell("sign in", "/sign-in/", {"username": self.name, "password": PASSWORD}, status=302)

    def ask(self, kind: str, path: str, *, contains: str = "", status: int = 200) -> str:
        return self._send(kind, path, None, status, contains)

    def tell(self, kind: str, path: str, told: dict[str, str], *, contains: str = "", status: int = 200) -> str:
        body = urlencode({**told, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
        return self._send(kind, path, body, status, contains)

    def _send(self, kind: str, path: str, body: str | None, status: int, contains: str) -> str:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Language": "zh-CN",
            "Referer": f"http://{self.host}:{self.port}/",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Wrong(f"{kind} {path}: {type(error).__name__}") from error
        self.tally.took(kind, time.perf_counter() - begun)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(cookie).items()})
        if answer.status != status or contains not in text:
            raise Wrong(f"{kind} {path}: {answer.status}" + ("" if contains in text else f" without {contains!r}"))
        return text

    def worklist(self) -> None:
        text = self.ask("worklist", self.chance.choice(("/worklist/", "/worklist/", "/worklist/?whole_body=1")))
        self.marks = MARK.findall(text) or self.marks
        self.cases = CASE.findall(text) or self.cases

    def listed(self) -> None:
        text = self.ask("list of cases", self.chance.choice(("/cases/", "/cases/?status=open", "/cases/?light=red")))
        self.cases = CASE.findall(text) or self.cases

    def case(self) -> None:
        if self.cases:
            self.ask("case", f"/cases/{self.chance.choice(self.cases)}/", contains="<h1")
        else:
            self.listed()

    def beside(self) -> None:
        if self.cases:
            self.ask("beside the list", f"/worklist/beside/{self.chance.choice(self.cases)}/")
        else:
            self.worklist()

    def search(self) -> None:
        self.ask("search", f"/search/?q={quote(self.chance.choice(WORDS))}", contains="<h1")

    def map_data(self) -> None:
        self.ask("cases on the map", "/map/cases.geojson", contains="FeatureCollection")

    def messages(self) -> None:
        self.ask("messages", "/messages/", contains="<h1")

    def remark(self) -> None:
        """Write a remark: an entry in the chained log, a message to those concerned, the search brought into step."""
        if self.cases:
            case = self.chance.choice(self.cases)
            self.tell("remark", f"/cases/{case}/acts/comment/", {"words": REMARK}, status=302)
        else:
            self.worklist()

    def take(self) -> None:
        """Take what waits, or put back what was taken: a change under lock, seen by colleagues."""
        if self.taken:
            mark, self.taken = self.taken, ""
            self._bulk("put back", "put_back", mark)
        elif self.marks:
            mark = self.chance.choice(self.marks)
            self.taken = _later(mark) if self._bulk("take", "take", mark) else ""
        else:
            self.worklist()

    def _bulk(self, kind: str, act: str, mark: str) -> bool:
        told = {"act": act, "mark": mark, "next": "/worklist/"}
        done = "：1 件已办" in self.tell(kind, "/worklist/bulk/", told, contains="件已办")
        with self.tally.lock:
            self.tally.acts[f"{kind}: {'done' if done else 'refused'}"] += 1
        return done

    def work(self, begin: float, end: float) -> None:
        """Ask something every few seconds until the end."""
        things: tuple[tuple[Callable[[], object], int], ...] = (
            (self.worklist, 5), (self.case, 4), (self.listed, 2), (self.search, 2), (self.beside, 1),
            (self.map_data, 1), (self.messages, 1), (self.remark, 2), (self.take, 2),
        )  # fmt: skip
        due = begin
        while due < end:
            time.sleep(max(0.0, due - time.perf_counter()))
            if time.perf_counter() - due > 1:
                self.tally.late += 1
            thing = self.chance.choices([call for call, _ in things], [weight for _, weight in things])[0]
            try:
                thing()
            except Wrong as wrong:
                self.tally.failed(str(wrong))
            due += PAUSE


def _later(mark: str) -> str:
    """Return a mark as the worklist has it after one more act in its case."""
    case, version, step = mark.split(":", 2)
    return f"{case}:{int(version) + 1}:{step}"


def walk(address: str, names: list[str], minutes: float) -> tuple[Tally, float]:
    """Let all officers sign in, then work; returns what they saw and for how many seconds they worked."""
    tally = Tally()
    officers = [Officer(address, name, tally, seed) for seed, name in enumerate(names)]
    for officer in officers:
        try:
            officer.sign_in()
        except Wrong as wrong:
            tally.failed(f"{officer.name}: {wrong}")
    begin = time.perf_counter() + 0.5
    end = begin + minutes * 60
    threads = [
        threading.Thread(target=officer.work, args=(begin + PAUSE * place / len(officers), end))
        for place, officer in enumerate(officers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally, time.perf_counter() - begin


def summary(tally: Tally, officers: int, seconds: float) -> dict[str, object]:
    """Return medians and 95th percentiles in milliseconds, in all and by kind, and every sort of error."""
    worked = {kind: times for kind, times in tally.seconds.items() if kind not in {"door", "sign in"}}
    times = sorted(second for kind in worked.values() for second in kind)
    return {
        "officers": officers, "seconds": round(seconds), "requests": len(times), "errors": len(tally.errors),
        "errors_by_kind": dict(Counter(re.sub(r"\d+", "N", error) for error in tally.errors).most_common(20)),
        "acts": dict(tally.acts), "late": tally.late,
        "p50_ms": milliseconds(times, 0.5), "p95_ms": milliseconds(times, 0.95),
        "by_kind": {
            kind: {"requests": len(all_), "p50_ms": milliseconds(sorted(all_), 0.5),
                   "p95_ms": milliseconds(sorted(all_), 0.95), "mean_ms": round(1000 * statistics.mean(all_))}
            for kind, all_ in sorted(tally.seconds.items())
        },
    }  # fmt: skip


def milliseconds(times: list[float], share: float) -> int:
    """Return the time that a share of the answers did not exceed."""
    return round(1000 * times[min(len(times) - 1, int(len(times) * share))]) if times else 0


def main() -> None:
    """Walk and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("names", nargs="+")
    parser.add_argument("--minutes", type=float, default=3.0)
    given = parser.parse_args()
    tally, seconds = walk(given.address, given.names, given.minutes)
    json.dump(summary(tally, len(given.names), seconds), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
