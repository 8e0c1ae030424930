from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.interpret import Interpreter, RouteFault
from huancheng.policy.routes.state import CaseStatus, StepStatus

MONDAY = date(2024, 3, 4)
K = EventKind


@pytest.fixture(scope="module")
def interpreter(book):
    return Interpreter(book)


def opened(interpreter, instrument, jurisdiction, **facts):
    """A case with all preconditions met."""
    first = interpreter.open(instrument, jurisdiction, MONDAY, facts)
    missing = interpreter.missing_preconditions(interpreter.fold([first]))
    return [first, *(Event(K.PRECONDITION_MET, MONDAY, to=name, paper="聊更〔2024〕1号") for name in missing)]


def done(step, days=0, **more):
    return Event(K.COMPLETED, MONDAY + timedelta(days), step, **more)


def passed(step, days=0, **more):
    return Event(K.DECIDED, MONDAY + timedelta(days), step, passed=True, **more)


def statuses(state):
    return {name: step.status.value for name, step in state.steps.items()}


def ordinary_scheme(interpreter):
    skip = [Event(K.SKIPPED, MONDAY, name, reason="不涉及") for name in ("legality", "risk")]
    return [*opened(interpreter, "scheme", "高新技术产业开发区"), done("compile"), *skip]


class TestPlan:
    def test_the_same_facts_give_the_plan_at_hand_and_other_facts_another(self, interpreter):
        state = interpreter.fold(ordinary_scheme(interpreter))
        told = interpreter.plan(state)
        assert interpreter.plan(replace(state, facts=dict(state.facts))) is told
        name = next(name for name, value in state.facts.items() if isinstance(value, bool))
        other = interpreter.plan(replace(state, facts={**state.facts, name: not state.facts[name]}))
        assert other is not told
        assert other.facts[name] is not told.facts[name]

    def test_a_plan_at_hand_outlives_changes_to_the_facts_it_was_asked_with(self, interpreter):
        state = interpreter.fold(ordinary_scheme(interpreter))
        asked = replace(state, facts=dict(state.facts))
        told = interpreter.plan(asked)
        asked.facts.clear()
        assert interpreter.plan(state) is told
        assert told.facts == state.facts

    def test_no_more_plans_are_kept_than_said(self, book, monkeypatch):
        monkeypatch.setattr("huancheng.policy.routes.interpret.MOST_PLANS", 1)
        small = Interpreter(book)
        opened_ones = [small.open(name, "高新技术产业开发区", MONDAY) for name in ("scheme", "年度实施计划")]
        first, second = (small.fold([event]) for event in opened_ones)
        assert small.plan(first) == small.plan(first)
        assert small.plan(second).route.id != small.plan(first).route.id
        assert len(small._plans) == 1


class TestOrder:
    @pytest.mark.requirement("5.4-6")
    def test_an_annual_plan_is_carried_out_only_after_local_approval_and_then_city_review(self, interpreter):
        events = [*opened(interpreter, "年度实施计划", "冠县"), done("compile")]
        state = interpreter.fold(events)
        assert statuses(state) == {"compile": "done", "approve": "ready", "review": "waiting", "implement": "waiting"}
        with pytest.raises(RouteFault, match="review 审核（市城市更新工作专班） is waiting"):
            interpreter.apply(state, passed("review"))
        events += [passed("approve", 1)]
        state = interpreter.fold(events)
        assert state.steps["implement"].status is StepStatus.WAITING
        assert (interpreter.approved(state), interpreter.cleared(state)) == (True, False)
        events += [passed("review", 2)]
        assert interpreter.cleared(interpreter.fold(events))
        events += [done("implement", 3)]
        assert interpreter.fold(events).status is CaseStatus.FINISHED

    @pytest.mark.requirement("5.6-3", "5.6-4", "5.6-7")
    def test_a_scheme_may_start_only_after_it_was_filed(self, interpreter):
        events = [*ordinary_scheme(interpreter), passed("approve", 1)]
        state = interpreter.fold(events)
        assert interpreter.approved(state)
        assert state.steps["implement"].status is StepStatus.WAITING
        state = interpreter.apply(state, done("file", 2))
        assert state.steps["implement"].status is StepStatus.READY

    @pytest.mark.requirement("5.3-10")
    def test_a_filing_that_holds_nothing_leaves_the_case_open_until_it_is_done(self, interpreter):
        events = [
            *opened(interpreter, "单元规划", "冠县"),
            done("designate"),
            done("compile"),
            Event(K.SKIPPED, MONDAY, "consult"),
            passed("review", 1),
            passed("approve", 2),
        ]
        state = interpreter.fold(events)
        assert interpreter.approved(state)
        assert state.status is CaseStatus.OPEN
        assert interpreter.apply(state, done("file", 3)).status is CaseStatus.FINISHED

    @pytest.mark.requirement("7.2-4")
    def test_parallel_steps_begin_together_and_all_hold_what_follows(self, interpreter):
        events = [*opened(interpreter, "综合项目", "冠县"), done("compile")]
        state = interpreter.fold(events)
        assert state.steps["finance"].status is state.steps["development"].status is StepStatus.READY
        state = interpreter.apply(state, passed("development", 1))
        assert state.steps["approve"].status is StepStatus.WAITING
        assert interpreter.apply(state, passed("finance", 2)).steps["approve"].status is StepStatus.READY

    def test_parallel_filings_follow_the_approval_together(self, interpreter):
        events = [
            *opened(interpreter, "控规调整", "冠县"),
            done("argue"),
            done("consult"),
            passed("consent"),
            done("draft"),
            done("notice", 40),
            passed("approve", 41),
        ]
        state = interpreter.fold(events)
        assert state.steps["file-congress"].status is state.steps["file-upper"].status is StepStatus.READY

    def test_a_gate_refused_ends_the_case_and_it_may_come_again(self, interpreter):
        events = [
            *opened(interpreter, "年度实施计划", "冠县"),
            done("compile"),
            Event(K.DECIDED, MONDAY, "approve", passed=False),
        ]
        state = interpreter.fold(events)
        assert state.status is CaseStatus.REFUSED
        with pytest.raises(RouteFault, match="the case is refused"):
            interpreter.apply(state, passed("review"))
        again = interpreter.apply(state, Event(K.RESUBMITTED, MONDAY + timedelta(9)))
        assert again.round == 2
        assert statuses(again)["compile"] == "ready"
        with pytest.raises(RouteFault, match="open can't be resubmitted"):
            interpreter.apply(again, Event(K.RESUBMITTED, MONDAY))

    def test_a_refusal_that_is_no_gate_holds_nothing_up(self, interpreter):
        events = [
            *opened(interpreter, "项目实施方案", "冠县", 重大=True),
            done("compile"),
            passed("local-review"),
            Event(K.DECIDED, MONDAY, "experts", vote=Vote(1, 9, 9)),
        ]
        state = interpreter.fold(events)
        assert state.steps["experts"].status is StepStatus.REFUSED
        assert state.status is CaseStatus.OPEN
        assert state.steps["letters"].status is StepStatus.READY


class TestPreconditions:
    @pytest.mark.requirement("5.4-1")
    def test_nothing_begins_before_the_unit_plan_was_approved(self, interpreter):
        state = interpreter.fold([interpreter.open("年度实施计划", "冠县", MONDAY)])
        with pytest.raises(RouteFault, match="preconditions not met: unit-plan"):
            interpreter.apply(state, done("compile"))

    def test_what_happened_before_the_program_may_be_entered_with_its_paper(self, interpreter):
        state = interpreter.fold([interpreter.open("年度实施计划", "冠县", MONDAY)])
        met = Event(K.PRECONDITION_MET, date(2022, 5, 1), to="unit-plan", paper="冠政字〔2022〕8号", entered_on=MONDAY)
        assert interpreter.apply(state, met).met == {"unit-plan": "补录 冠政字〔2022〕8号"}
        with pytest.raises(RouteFault, match="needs the number"):
            interpreter.apply(state, replace(met, paper=""))
        with pytest.raises(RouteFault, match="no precondition 'moon'"):
            interpreter.apply(state, replace(met, to="moon"))

    @pytest.mark.requirement("7.1-3")
    def test_a_grant_waits_for_the_approved_scheme_and_an_allocation_does_not(self, interpreter):
        unknown = interpreter.fold([interpreter.open("供地", "冠县", MONDAY)])
        assert interpreter.missing_preconditions(unknown) == ("scheme",)
        allocated = interpreter.apply(unknown, Event(K.FACTS_STATED, MONDAY, facts={"拟采用供地方式": "划拨"}))
        assert interpreter.missing_preconditions(allocated) == ()
        assert allocated.steps["conditions"].status is StepStatus.READY
        assert "appraise" not in allocated.steps

    def test_a_step_with_an_open_condition_waits_for_the_fact(self, interpreter):
        events = [
            *opened(interpreter, "房屋征收决定", "冠县"),
            done("survey"),
            done("valuation"),
            done("plan"),
            done("notice", 31),
        ]
        state = interpreter.fold(events)
        assert state.steps["hearing"].status is StepStatus.WAITING
        heard = interpreter.apply(
            state, Event(K.FACTS_STATED, MONDAY + timedelta(31), facts={"majority_objects": True})
        )
        assert heard.steps["hearing"].status is StepStatus.READY
        spared = interpreter.apply(state, Event(K.FACTS_STATED, MONDAY, facts={"majority_objects": False}))
        assert "hearing" not in spared.steps
        assert spared.steps["risk"].status is StepStatus.READY


class TestTime:
    def test_a_deadline_counts_working_days_of_the_published_calendar(self, interpreter):
        state = interpreter.fold([*ordinary_scheme(interpreter)])
        due = interpreter.due(state, "approve")
        # 20 working days after Monday 4 March 2024; 4 to 6 April are off (清明), 7 April is worked.
        assert (due.day, due.provisional) == (date(2024, 4, 1), False)
        assert interpreter.due(state, "file") is None
        assert interpreter.due(state, "compile") is None

    def test_the_clock_stands_while_papers_are_corrected(self, interpreter):
        events = [*ordinary_scheme(interpreter), Event(K.CORRECTION_REQUESTED, MONDAY + timedelta(1), "approve")]
        state = interpreter.fold(events)
        assert state.steps["approve"].status is StepStatus.STOPPED
        assert interpreter.due(state, "approve") is None
        with pytest.raises(RouteFault, match="is stopped"):
            interpreter.apply(state, passed("approve", 2))
        with pytest.raises(RouteFault, match="lies before the request"):
            interpreter.apply(state, Event(K.CORRECTION_SUPPLIED, MONDAY, "approve"))
        state = interpreter.apply(state, Event(K.CORRECTION_SUPPLIED, MONDAY + timedelta(8), "approve"))
        # Stood from Tuesday 5 to Tuesday 12 March: five working days later than 1 April, over the holiday.
        assert interpreter.due(state, "approve").day == date(2024, 4, 9)
        assert interpreter.apply(state, passed("approve", 36)).steps["approve"].on_time is True
        assert interpreter.apply(state, passed("approve", 37)).steps["approve"].on_time is False

    def test_a_notice_hangs_its_days_in_full(self, interpreter):
        events = [*opened(interpreter, "专项规划", "冠县"), done("compile")]
        with pytest.raises(RouteFault, match="must hang until 2024-04-03"):
            interpreter.fold([*events, done("notice", 30)])
        ended = interpreter.fold([*events, done("notice", 31)]).steps["notice"]
        assert (ended.status, ended.on_time) == (StepStatus.DONE, None)

    def test_silence_means_no_objection_only_where_the_pack_says_so_and_only_after_the_time(self, interpreter):
        events = [*opened(interpreter, "体检报告", "冠县"), done("compile")]
        state = interpreter.fold(events)
        due = interpreter.due(state, "consult").day
        with pytest.raises(RouteFault, match="not over"):
            interpreter.apply(state, Event(K.LAPSED, due, "consult"))
        state = interpreter.apply(state, Event(K.LAPSED, due + timedelta(1), "consult"))
        assert state.steps["consult"].status is StepStatus.LAPSED
        assert state.steps["review"].status is StepStatus.READY
        with pytest.raises(RouteFault, match="silence means nothing"):
            interpreter.apply(state, Event(K.LAPSED, due + timedelta(90), "review"))

    def test_a_year_not_yet_published_counts_provisionally_until_its_calendar_is_adopted(self, book, interpreter):
        start = date(2026, 12, 21)
        events = [
            interpreter.open("认定", "冠县", start),
            Event(K.COMPLETED, start, "submit"),
            Event(K.COMPLETED, start, "consult"),
        ]
        state = interpreter.fold(events)
        before = interpreter.due(state, "approve")
        assert before.provisional
        edition = book.editions["calendar-2027-provisional"].model_copy(
            update={
                "id": "calendar-2027",
                "published": True,
                "known_from": date(2026, 11, 5),
                "days_off": (date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 5)),
            }
        )
        later = Interpreter(book, (edition,))
        after = later.apply(state, Event(K.CALENDAR_ADOPTED, start, editions={2027: "calendar-2027"}))
        assert not later.due(after, "approve").provisional
        assert later.due(after, "approve").day == before.day + timedelta(2)
        assert later.due(later.fold(events), "approve") == before
        with pytest.raises(RouteFault, match="no calendar edition 'calendar-2027' for 2028"):
            later.apply(state, Event(K.CALENDAR_ADOPTED, start, editions={2028: "calendar-2027"}))

    def test_a_day_before_the_step_began_is_refused(self, interpreter):
        state = interpreter.fold([*opened(interpreter, "年度实施计划", "冠县"), done("compile", 5)])
        with pytest.raises(RouteFault, match="lies before the step approve began on 2024-03-09"):
            interpreter.apply(state, passed("approve", 1))


class TestBackEntry:
    def test_a_case_can_be_entered_as_it_already_stands_outside_the_timeliness_figures(self, interpreter):
        events = [interpreter.open("年度实施计划", "冠县", MONDAY)]
        events += [
            Event(K.BACK_ENTERED, date(2023, 1, 5), "compile", paper="冠更〔2023〕1号", entered_on=MONDAY),
            Event(K.BACK_ENTERED, date(2023, 2, 5), "approve", passed=True, paper="冠政〔2023〕2号", entered_on=MONDAY),
            Event(K.PRECONDITION_MET, date(2022, 12, 1), to="unit-plan", paper="冠政〔2022〕9号", entered_on=MONDAY),
        ]
        state = interpreter.fold(events)
        assert statuses(state) == {"compile": "done", "approve": "passed", "review": "ready", "implement": "waiting"}
        assert (state.steps["approve"].back_entered, state.steps["approve"].on_time) == (True, None)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"paper": ""}, "needs the paper"),
            ({"entered_on": None}, "needs the paper"),
            ({"passed": None}, "yes or a no"),
        ],
    )
    def test_a_back_entry_needs_its_paper_and_its_result(self, interpreter, change, message):
        event = Event(
            K.BACK_ENTERED, date(2023, 2, 5), "approve", passed=True, paper="冠政〔2023〕2号", entered_on=MONDAY
        )
        with pytest.raises(RouteFault, match=message):
            interpreter.fold([interpreter.open("年度实施计划", "冠县", MONDAY), replace(event, **change)])

    def test_what_is_over_is_not_entered_again(self, interpreter):
        event = Event(K.BACK_ENTERED, date(2023, 2, 5), "compile", paper="冠政〔2023〕2号", entered_on=MONDAY)
        with pytest.raises(RouteFault, match="over already"):
            interpreter.fold([*opened(interpreter, "年度实施计划", "冠县"), done("compile"), event])

    def test_a_vote_of_the_past_may_be_entered_by_its_result_alone(self, interpreter):
        event = Event(
            K.BACK_ENTERED, date(2023, 2, 5), "deliberate", passed=True, paper="纪要〔2023〕2号", entered_on=MONDAY
        )
        state = interpreter.fold([interpreter.open("专项规划", "冠县", MONDAY), event])
        assert state.steps["deliberate"].status is StepStatus.PASSED


class TestVotes:
    def deliberation(self, interpreter):
        return [
            *opened(interpreter, "专项规划", "冠县"),
            done("compile"),
            done("notice", 40),
            Event(K.SKIPPED, MONDAY + timedelta(40), "legality"),
        ]

    @pytest.mark.requirement("5.2-6", "8.1-5")
    @pytest.mark.parametrize(
        ("vote", "carries"),
        [
            (Vote(11, 20, 23), True),
            (Vote(10, 20, 23), False),
            (Vote(15, 15, 23), False),
            (Vote(16, 16, 23), True),
            (Vote(15, 15, 23, recused=1), True),
            (Vote(0, 0, 0), False),
        ],
    )
    def test_a_committee_decides_by_its_seats_and_votes(self, interpreter, vote, carries):
        event = Event(K.DECIDED, MONDAY + timedelta(41), "deliberate", vote=vote)
        state = interpreter.fold([*self.deliberation(interpreter), event])
        assert (state.steps["deliberate"].status is StepStatus.PASSED) is carries

    @pytest.mark.parametrize(
        "vote", [Vote(3, 2, 9), Vote(-1, 2, 9), Vote(8, 8, 9, recused=2), Vote(1, 1, 1, recused=-1)]
    )
    def test_votes_that_do_not_add_up_are_refused(self, interpreter, vote):
        event = Event(K.DECIDED, MONDAY + timedelta(41), "deliberate", vote=vote)
        with pytest.raises(RouteFault, match="don't add up"):
            interpreter.fold([*self.deliberation(interpreter), event])

    def test_where_the_route_asks_for_a_vote_a_bare_yes_is_refused(self, interpreter):
        with pytest.raises(RouteFault, match="decided by vote"):
            interpreter.fold([*self.deliberation(interpreter), passed("deliberate", 41)])


class TestReturnAndDelegation:
    def test_a_return_begins_the_steps_after_it_again(self, interpreter):
        events = [*opened(interpreter, "年度实施计划", "冠县"), done("compile"), passed("approve", 1)]
        state = interpreter.fold(
            [*events, Event(K.RETURNED, MONDAY + timedelta(3), "review", to="compile", reason="资金未落实")]
        )
        assert statuses(state) == {
            "compile": "ready",
            "approve": "waiting",
            "review": "waiting",
            "implement": "waiting",
        }
        assert state.round == 2
        for target in ("implement", "moon"):
            with pytest.raises(RouteFault, match="can't be returned"):
                interpreter.fold([*events, Event(K.RETURNED, MONDAY + timedelta(3), "review", to=target)])

    def test_a_delegation_names_body_and_paper(self, interpreter):
        events = opened(interpreter, "年度实施计划", "高新技术产业开发区")
        event = Event(K.DELEGATED, MONDAY, "review", to="市专班办公室", paper="委托书1号")
        assert interpreter.fold([*events, event]).steps["review"].delegate == "市专班办公室"
        for change in ({"paper": ""}, {"to": ""}):
            with pytest.raises(RouteFault, match="names the body and the paper"):
                interpreter.fold([*events, replace(event, **change)])

    def test_a_withdrawn_case_rests_until_it_is_resubmitted(self, interpreter):
        events = [*opened(interpreter, "年度实施计划", "冠县"), Event(K.WITHDRAWN, MONDAY)]
        state = interpreter.fold(events)
        assert state.status is CaseStatus.WITHDRAWN
        with pytest.raises(RouteFault, match="the case is withdrawn"):
            interpreter.apply(state, done("compile"))
        assert interpreter.apply(state, Event(K.RESUBMITTED, MONDAY)).status is CaseStatus.OPEN


class TestRecognition:
    @pytest.mark.requirement("5.6-5", "5.6-6")
    def test_only_an_act_moves_a_running_scheme_and_earlier_results_follow_the_rule(self, interpreter):
        events = [*ordinary_scheme(interpreter), passed("approve", 1), done("file", 2)]
        with pytest.raises(RouteFault, match="is an act and can't be stated"):
            interpreter.fold([*events, Event(K.FACTS_STATED, MONDAY, facts={"重大": True})])
        act = Event(K.RECOGNISED, MONDAY + timedelta(5), to="recognised_major", paper="聊更办〔2024〕3号")
        state = interpreter.fold([*events, act])
        assert (state.route, state.earlier_routes) == ("scheme-escalated", ("scheme-ordinary",))
        found = statuses(state)
        assert (found["compile"], found["local-review"]) == ("done", "passed")
        assert (found["review"], found["implement"]) == ("waiting", "waiting")
        assert not interpreter.approved(state)

    def test_a_finished_scheme_opens_again_when_it_is_recognised(self, interpreter):
        events = [*ordinary_scheme(interpreter), passed("approve", 1), done("file", 2), done("implement", 3)]
        assert interpreter.fold(events).status is CaseStatus.FINISHED
        act = Event(K.RECOGNISED, MONDAY + timedelta(5), to="recognised_major", paper="聊更办〔2024〕3号")
        assert interpreter.fold([*events, act]).status is CaseStatus.OPEN

    def test_a_withdrawn_scheme_stays_withdrawn_when_it_is_recognised(self, interpreter):
        events = [*ordinary_scheme(interpreter), Event(K.WITHDRAWN, MONDAY)]
        act = Event(K.RECOGNISED, MONDAY + timedelta(5), to="recognised_major", paper="聊更办〔2024〕3号")
        state = interpreter.fold([*events, act])
        assert (state.route, state.status) == ("scheme-escalated", CaseStatus.WITHDRAWN)

    def test_a_second_recognition_changes_no_route(self, interpreter):
        events = opened(interpreter, "项目实施方案", "冠县", 重大=True)
        act = Event(K.RECOGNISED, MONDAY, to="recognised_city_level", paper="聊更办〔2024〕4号")
        assert interpreter.fold([*events, act]).earlier_routes == ()

    def test_an_act_needs_its_name_and_paper(self, interpreter):
        events = ordinary_scheme(interpreter)
        with pytest.raises(RouteFault, match="no act of recognition"):
            interpreter.fold([*events, Event(K.RECOGNISED, MONDAY, to="matter", paper="1")])
        with pytest.raises(RouteFault, match="no act of recognition"):
            interpreter.fold([*events, Event(K.RECOGNISED, MONDAY, to="moon", paper="1")])
        with pytest.raises(RouteFault, match="needs its paper"):
            interpreter.fold([*events, Event(K.RECOGNISED, MONDAY, to="recognised_major")])

    def test_without_a_rule_in_the_pack_no_case_is_moved(self, workshop):
        text = (workshop.folder / "liaocheng-2023/routes/projects.yaml").read_text("utf-8")
        start = text.index("  rerouting:\n  - from_route: scheme-ordinary")
        end = text.index("- id: scheme-change-ordinary")
        workshop.write("liaocheng-2023/routes/projects.yaml", text[:start] + text[end:])
        interpreter = Interpreter(workshop.book())
        with pytest.raises(RouteFault, match="no rule for moving"):
            interpreter.fold(
                [
                    *ordinary_scheme(interpreter),
                    Event(K.RECOGNISED, MONDAY, to="recognised_major", paper="聊更办〔2024〕3号"),
                ]
            )


class TestRefusals:
    def test_a_case_begins_with_its_opening_once(self, interpreter):
        with pytest.raises(RouteFault, match="no state"):
            interpreter.fold([])
        with pytest.raises(RouteFault, match="must open the case"):
            interpreter.fold([done("compile")])
        opening = interpreter.open("年度实施计划", "冠县", MONDAY)
        with pytest.raises(RouteFault, match="open already"):
            interpreter.fold([opening, opening])
        with pytest.raises(RouteFault, match="another version of the pack"):
            interpreter.fold([replace(opening, pack="0" * 64)])

    def test_working_steps_are_completed_and_judging_steps_decided(self, interpreter):
        events = [*opened(interpreter, "年度实施计划", "冠县")]
        with pytest.raises(RouteFault, match="decides nothing"):
            interpreter.fold([*events, passed("compile")])
        with pytest.raises(RouteFault, match="ends with a decision"):
            interpreter.fold([*events, done("compile"), done("approve")])
        with pytest.raises(RouteFault, match="yes or a no"):
            interpreter.fold([*events, done("compile"), Event(K.DECIDED, MONDAY, "approve")])

    def test_only_optional_steps_are_left_out(self, interpreter):
        with pytest.raises(RouteFault, match="can't be left out"):
            interpreter.fold([*opened(interpreter, "年度实施计划", "冠县"), Event(K.SKIPPED, MONDAY, "compile")])

    def test_a_step_the_route_does_not_have_is_refused_with_those_it_has(self, interpreter):
        with pytest.raises(InputFault, match="use: compile, approve, review, implement"):
            interpreter.fold([*opened(interpreter, "年度实施计划", "冠县"), done("moon")])

    def test_where_no_step_approves_the_gates_tell_whether_it_passed(self, interpreter):
        events = [*opened(interpreter, "政府收回房产土地确认", "冠县"), done("submit")]
        assert not interpreter.approved(interpreter.fold(events))
        assert interpreter.approved(interpreter.fold([*events, passed("confirm", 1)]))


@given(
    st.lists(
        st.tuples(
            st.sampled_from([kind for kind in EventKind if kind is not K.OPENED]),
            st.sampled_from(["compile", "approve", "review", "implement"]),
            st.integers(0, 60),
            st.booleans(),
        ),
        max_size=25,
    )
)
def test_the_same_events_give_the_same_state_and_nothing_passes_a_closed_gate(book, steps):
    interpreter = Interpreter(book)
    events = opened(interpreter, "年度实施计划", "冠县")
    state = interpreter.fold(events)
    for kind, step, days, flag in steps:
        event = Event(kind, MONDAY + timedelta(days), step, passed=flag, to="compile", paper="1", entered_on=MONDAY)
        if kind in (K.RECOGNISED, K.BACK_ENTERED):
            continue
        try:
            state = interpreter.apply(state, event)
        except RouteFault:
            continue
        events.append(event)
        over = state.steps["implement"].status is not StepStatus.WAITING
        assert not over or state.steps["review"].status is StepStatus.PASSED
        assert state.steps["review"].status is StepStatus.WAITING or state.steps["approve"].status is StepStatus.PASSED
    assert interpreter.fold(events).as_dict() == state.as_dict()
