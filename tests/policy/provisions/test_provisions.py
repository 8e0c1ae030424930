import pytest
from toy import write_toy

from huancheng.evidence import Certainty
from huancheng.policy.pack import PackFault


@pytest.mark.requirement("8.4-1", "8.4-2")
def test_periods_lights_and_weights_of_supervision_are_our_defaults(book):
    supervision = book.supervision
    assert supervision.basis == "default"
    assert len(supervision.stages) == 16
    assert len(supervision.monthly_columns) == 44
    assert supervision.assessment.covers == ("市直机关",)
    assert "县（市、区）人民政府" in supervision.assessment.covers_by_default


def test_every_citation_in_supervision_and_parameters_resolves(book):
    for item in (*book.supervision.stages, *book.supervision.escalation, *book.parameters):
        for cite in item.cites:
            assert cite in book.citations


def test_scores_of_treatments_are_ours_and_add_up(book):
    assert book.treatment.basis == "default"
    assert [band.treatment for band in book.treatment.bands] == ["留", "改", "拆"]


@pytest.mark.requirement("4-2")
def test_every_kind_of_project_has_its_usual_treatment_and_another_kind_none(book):
    defaults = book.treatment.kind_defaults
    assert list(defaults) == list(book.facts["project_kind"].domain)
    assert (defaults["历史文化风貌保护"].treatment, defaults["其他"].treatment) == ("留", "")


@pytest.mark.requirement("8.4-8")
def test_an_order_to_rectify_is_closed_by_evidence_another_person_accepts(book):
    assert "答复人以外的人" in book.supervision.close_rule
    assert "不计入" in book.supervision.on_hold


@pytest.mark.requirement("5.4-3")
def test_what_the_survey_of_wishes_records_and_needs_is_our_default(book):
    assert {"意愿", "理由", "签字或电子确认"} <= set(book.treatment.survey_records)
    assert (book.treatment.agreement_needed, book.treatment.basis) == (0.5, "default")


def test_recalled_figures_are_marked_as_such(book):
    assert {item.certainty for item in book.finance} == {Certainty.RECALLED, Certainty.READ}
    assert all(item.low <= item.high for item in book.finance)
    assert all(item.certainty.needs_badge for item in book.finance if item.basis == "default")


def test_a_radius_belongs_to_a_standard_and_a_facility(book):
    primary = book.standards["10min-01"]
    assert (primary.title, primary.radius, primary.source[:8]) == ("小学", 500, "GB 50180")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "supervision",
            "title: 年度计划开工率, weight: 15",
            "title: 年度计划开工率, weight: 14",
            "metrics add up to 99",
        ),
        ("supervision", "weight: 45", "weight: 44", "add up to 45, not to 44"),
        ("supervision", "number: 2,", "number: 3,", "numbered 1, 2, 3"),
        ("treatment", "safety: 0.3", "safety: 0.4", "weights add up to"),
        ("treatment", "low: 35", "low: 36", "do not follow on each other"),
    ],
)
def test_figures_that_do_not_add_up_are_refused(workshop, file, old, new, message):
    workshop.edit(f"liaocheng-2023/{file}.yaml", old, new)
    with pytest.raises(PackFault, match=message):
        getattr(workshop.book(), file)


def test_a_pack_without_supervision_says_so(tmp_path):
    from huancheng.policy.book import load_book

    with pytest.raises(PackFault, match="none of the packs toy has the file"):
        _ = load_book(write_toy(tmp_path), root=tmp_path).supervision
