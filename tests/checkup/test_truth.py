"""The check-up finds every problem planted in the generated city and invents none."""

from __future__ import annotations

import json

import pytest

from huancheng.checkup import CityContext, load_ruleset, run_checkup


def disagreements(folder, size, seed):
    """Generate a city, check it up under both systems and return every difference from its truth."""
    from huancheng.city.generate import generate_city
    from huancheng.city.snapshot import Snapshot

    city_folder = folder / "city"
    generate_city(size, seed, city_folder)
    truth = json.loads((city_folder / "truth.json").read_text("utf-8"))
    snapshot = Snapshot(city_folder)
    city = CityContext(snapshot, load_ruleset("national-2023").land)
    runs = {name: run_checkup(snapshot, name, folder / name, city=city) for name in ("national-2023", "national-2022")}
    found = []
    compared = 0
    for key, problem in truth["problems"].items():
        for system, indicator in problem["indicators"].items():
            compared += 1
            found += [f"{key}: {words}" for words in _differences(runs[system], indicator, problem)]
    for indicator, value in truth["values"].items():
        compared += 1
        headline = runs[f"national-{indicator[:4]}"].headline.set_index("indicator")
        if headline.loc[indicator, "amount"] != pytest.approx(value["amount"], rel=1e-6, abs=1e-9):
            found.append(f"{indicator}: {headline.loc[indicator, 'amount']} is not {value['amount']}")
    return found, compared


def _differences(run, indicator, problem):
    features = run.features[run.features["indicator"] == indicator]
    listed = dict(zip(features["feature_id"], features["amount"], strict=True))
    flagged, clear, unclear = (set(problem[name]) for name in ("flagged", "clear", "unclear"))
    yield from (f"missed {name}" for name in sorted(flagged - set(listed)))
    yield from (f"invented {name}" for name in sorted(set(listed) & clear))
    yield from (f"unheard of {name}" for name in sorted(set(listed) - flagged - clear - unclear))
    for name, amount in problem.get("amounts", {}).items():
        if listed.get(name, 0.0) != pytest.approx(amount, rel=1e-6):
            yield f"{name}: {listed.get(name)} is not {amount}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_planted_problem_of_a_small_city_is_found_and_none_invented(tmp_path, seed):
    found, compared = disagreements(tmp_path, "small", seed)
    assert found == []
    assert compared > 40


@pytest.mark.medium
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_planted_problem_of_a_medium_city_is_found_and_none_invented(tmp_path, seed):
    assert disagreements(tmp_path, "medium", seed)[0] == []


@pytest.mark.slow
@pytest.mark.parametrize(("size", "seed"), [("large", 1), ("large", 2), ("large", 3)])
def test_every_planted_problem_of_a_large_city_is_found_and_none_invented(tmp_path, size, seed):
    assert disagreements(tmp_path, size, seed)[0] == []
