"""Decision tables: full trace against zen-engine's traced fast path, screening against hand-written NumPy."""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "policy"))

import zen_witness
from random_cases import random_case

from benchmarks.rules.by_hand import land_supply_by_hand
from huancheng.policy.asking import decide_case
from huancheng.policy.book import PolicyBook, load_book
from huancheng.policy.tables.screen import encode, screen

TRACED = ("land_supply", "owner_consent", "treatment_bounds")
CASES = 5_000
SCREENED = 100_000
ROUNDS = 7


def say(words: str) -> None:
    """Tell a person, on standard error."""
    sys.stderr.write(words + "\n")


def seconds(work: Callable[[], Any]) -> float:
    """Return the seconds one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alternately(left: Callable[[], Any], right: Callable[[], Any]) -> tuple[float, float]:
    """Time two works in turns, so that a busy machine troubles both alike; returns the medians."""
    left()
    right()
    pairs = [(seconds(left), seconds(right)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def traced(book: PolicyBook, table: str) -> dict[str, float]:
    """Return microseconds per case of ours and of zen-engine, both with their trace."""
    compiled = book.compiled[table]
    engine = zen_witness.engine([compiled])
    chance = random.Random(table)  # noqa: S311
    cases = [random_case(book, compiled, chance) for _ in range(CASES)]
    read = book.catalogue.read

    def ours() -> None:
        for case in cases:
            compiled.decide(read(case))

    def theirs() -> None:
        for case in cases:
            engine.evaluate(table, case, {"trace": True})

    mine, peer = alternately(ours, theirs)
    document = seconds(lambda: [decide_case(book, table, case) for case in cases])
    return {"ours": mine / CASES * 1e6, "zen": peer / CASES * 1e6, "ours_as_document": document / CASES * 1e6}


def screened(book: PolicyBook) -> dict[str, float]:
    """Return seconds for screening many cases, ours and by hand; the answers are checked to be the same."""
    compiled = book.compiled["land_supply"]
    random_ = np.random.default_rng(7)
    names = [name for name in compiled.table.inputs if name != "use_class"]
    plain: dict[str, npt.NDArray[Any]] = {name: random_.random(SCREENED) < 0.5 for name in names}
    domain = book.facts["use_class"].domain
    plain["use_class"] = random_.integers(0, len(domain), SCREENED)
    columns = encode(
        book.catalogue,
        {name: values.tolist() for name, values in plain.items() if name != "use_class"}
        | {"use_class": [domain[code] for code in plain["use_class"].tolist()]},
    )
    found = screen(compiled, book.catalogue, columns, SCREENED)
    by_hand = land_supply_by_hand(plain, domain.index("经营性"))
    if not np.array_equal(found.row, by_hand):
        raise AssertionError("the two sides differ")
    mine, hand = alternately(
        lambda: screen(compiled, book.catalogue, columns, SCREENED),
        lambda: land_supply_by_hand(plain, domain.index("经营性")),
    )
    return {"ours": mine, "by_hand": hand}


def main() -> int:
    """Run both comparisons and print the result."""
    book = load_book("liaocheng-2023")
    figures: dict[str, Any] = {"cases_traced": CASES, "cases_screened": SCREENED}
    bars = []
    for table in TRACED:
        result = traced(book, table)
        figures[table] = {name: round(value, 2) for name, value in result.items()}
        say(f"{table}: ours {result['ours']:.1f} µs, zen-engine {result['zen']:.1f} µs a case, both traced")
        ratio = result["ours"] / result["zen"]
        bars.append(
            {
                "what": f"time of our full trace over zen-engine's, {table}",
                "measured": round(ratio, 3),
                "bar": 1.0,
                "better": "lower",
                "met": ratio <= 1,
            }
        )
    result = screened(book)
    ratio = result["ours"] / result["by_hand"]
    figures["screening_ms"] = {name: round(value * 1e3, 3) for name, value in result.items()}
    say(f"screening {SCREENED:,} cases: ours {result['ours'] * 1e3:.2f} ms, by hand {result['by_hand'] * 1e3:.2f} ms")
    bars.append(
        {
            "what": "time of screening over hand-written NumPy, 100 k cases of land supply",
            "measured": round(ratio, 3),
            "bar": 2.0,
            "better": "lower",
            "met": ratio <= 2,
        }
    )
    json.dump({"benchmark": "rules", "figures": figures, "bars": bars}, sys.stdout, ensure_ascii=False, indent=1)
    return 0 if all(bar["met"] for bar in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
