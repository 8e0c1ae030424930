from dataclasses import replace

import pytest
from policy_truth import WATCHED, bases, expected, found

from huancheng.policy.pack import PackFault
from huancheng.policy.pack.collection import Collection


@pytest.mark.requirement(
    "5.2-4",
    "5.2-5",
    "5.2-6",
    "5.2-7",
    "5.2-8",
    "5.3-6",
    "5.3-7",
    "5.3-8",
    "5.3-9",
    "5.3-10",
    "5.4-5",
    "5.4-6",
    "5.6-3",
    "5.6-4",
    "5.6-5",
    "5.6-6",
    "8.2-6",
    "4-3",
)
def test_every_judge_and_every_filing_stands_as_written_by_hand_from_clause_five(book):
    assert found(book) == expected()


def test_whose_words_each_step_is_stands_as_written_by_hand(book):
    for (route, step), basis in bases().items():
        assert book.routes[route].step(step).basis.value == basis, (route, step)


def _with(book, kind, entry):
    collection = getattr(book, kind)
    changed = Collection(collection.kind, {**collection.entries, entry.id: entry}, collection.origins)
    return replace(book, **{kind: changed})


def _differs(book):
    try:
        return found(book) != expected()
    except PackFault:
        return True


def test_swapping_any_one_judge_or_filing_body_is_noticed(book):
    mutants = [(route, step) for route in book.routes for step in route.steps if step.kind in WATCHED]
    assert len(mutants) > 70
    for route, step in mutants:
        other = "city_audit_bodies" if step.body != "city_audit_bodies" else "public"
        steps = tuple(step.model_copy(update={"body": other}) if item is step else item for item in route.steps)
        one = replace(
            _with(book, "routes", route.model_copy(update={"steps": steps})),
            instruments=Collection("instruments", {route.instrument: book.instruments[route.instrument]}),
        )
        here = {row for row in expected() if book.routes[row[1]].instrument == route.instrument}
        assert found(one) != here, f"nothing notices another body in {route.id}/{step.id}"


def test_changing_the_body_of_any_role_for_any_kind_is_noticed(book):
    used = {step.body for route in book.routes for step in route.steps if step.kind in WATCHED}
    for role in book.roles:
        for kind in role.by_kind if role.id in used else ():
            reached = [item for item in book.jurisdictions if item.kind is kind and item.id not in role.exceptions]
            changed = role.model_copy(update={"by_kind": {**role.by_kind, kind: "另一机构"}})
            one = replace(
                _with(book, "roles", changed),
                jurisdictions=Collection("jurisdictions", {reached[-1].id: reached[-1]}),
                instruments=Collection("instruments", _using(book, role.id)),
            )
            here = {
                row
                for row in expected()
                if row[0] == reached[-1].title and book.routes[row[1]].instrument in one.instruments
            }
            assert found(one) != here, f"nothing notices another {role.id} for {kind}"


def _using(book, role):
    routes = [route for route in book.routes if any(step.body == role and step.kind in WATCHED for step in route.steps)]
    return {route.instrument: book.instruments[route.instrument] for route in routes}


def test_moving_any_jurisdiction_in_or_out_of_the_central_city_is_noticed(book):
    for jurisdiction in book.jurisdictions:
        assert _differs(
            _with(book, "jurisdictions", jurisdiction.model_copy(update={"central": not jurisdiction.central}))
        )


def test_turning_any_gate_round_is_noticed(book):
    for route in book.routes:
        for step in route.steps:
            if step.kind in WATCHED:
                steps = tuple(
                    step.model_copy(update={"gate": not step.gate}) if item is step else item for item in route.steps
                )
                one = replace(
                    _with(book, "routes", route.model_copy(update={"steps": steps})),
                    instruments=Collection("instruments", {route.instrument: book.instruments[route.instrument]}),
                )
                here = {row for row in expected() if book.routes[row[1]].instrument == route.instrument}
                assert found(one) != here
