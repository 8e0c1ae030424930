"""A user's mistake is told so that the user can mend it."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault


def test_the_message_leads_from_the_file_to_the_cure() -> None:
    fault = InputFault("'abc' is no number", file="楼栋.xlsx", row=7, field="floors", cure="write a whole number")
    assert str(fault) == "楼栋.xlsx, row 7, field floors: 'abc' is no number — write a whole number"


def test_what_is_not_known_about_the_place_is_left_out() -> None:
    assert str(InputFault("the layer is empty", file="a.gpkg")) == "a.gpkg: the layer is empty"
    assert str(InputFault("nothing was given")) == "nothing was given"
    assert str(InputFault("no such city", cure="name another")) == "no such city — name another"


def test_row_zero_is_a_row() -> None:
    assert str(InputFault("empty", row=0)) == "row 0: empty"


def test_machines_get_the_same_parts() -> None:
    fault = InputFault("no such column", file="a.csv", row="3", field="floors", cure="add it")
    assert fault.as_dict() == {
        "error": "no such column",
        "file": "a.csv",
        "row": "3",
        "field": "floors",
        "cure": "add it",
    }


words = st.text(max_size=20)


@given(message=words, file=words, row=st.one_of(words, st.integers(0, 10**9)), field=words, cure=words)
def test_no_part_is_lost_on_the_way_from_another_process(
    message: str, file: str, row: str | int, field: str, cure: str
) -> None:
    fault = InputFault(message, file=file, row=row, field=field, cure=cure)
    copy = pickle.loads(pickle.dumps(fault))  # noqa: S301 - our own bytes
    assert copy.as_dict() == fault.as_dict()
    assert str(copy) == str(fault)


class NarrowFault(InputFault):
    """A kind of fault that knows more."""


def test_kinds_of_faults_keep_their_kind() -> None:
    copy = pickle.loads(pickle.dumps(NarrowFault("m", file="f")))  # noqa: S301 - our own bytes
    assert type(copy) is NarrowFault
    assert copy.file == "f"
