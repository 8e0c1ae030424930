"""What happened, in words: each code of the log with the sentence that tells of it.

Other parts of the app add the codes of theirs with `tells`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.queries.case_names import CaseNames
from huancheng.policy.conditions.describe import say_value


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the log in words.

    Parameters
    ----------
    title
        What happened.
    tone
        grey, teal, green, amber or red.
    notes
        Short lines below: papers, votes, before and after.
    """

    title: str
    tone: str = "grey"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with the names it needs.

    Parameters
    ----------
    row
        The entry.
    names
        Names of steps, people, facts and preconditions of the case.
    """

    row: LogEntry
    names: CaseNames
    event: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        """Lay the route's event out; entries that moved nothing have none."""
        object.__setattr__(self, "event", self.row.data.get("event", {}))

    @property
    def data(self) -> dict[str, Any]:
        """What the entry says."""
        data: dict[str, Any] = self.row.data
        return data

    @property
    def step(self) -> str:
        """Word for the step it concerns; empty for none."""
        name = self.event.get("step") or self.data.get("step", "")
        return self.names.step(name) if name else ""

    @property
    def outcome(self) -> str:
        """Whether it passed, as the route took it; empty where nothing was decided."""
        return self.outcome_of(self.event)

    def outcome_of(self, said: Mapping[str, Any]) -> str:
        """Return a yes or no in words."""
        if said.get("vote"):
            words: str = _("同意 %(yes)d 票") % said["vote"]
            return words
        passed = said.get("passed")
        return "" if passed is None else _("通过") if passed else _("不通过")


Teller = Callable[[Entry], Told]

_TELLERS: dict[str, Teller] = {}


def tells(code: str) -> Callable[[Teller], Teller]:
    """Register the words of a code: `@tells("case.decide")`."""

    def keep(teller: Teller) -> Teller:
        _TELLERS[code] = teller
        return teller

    return keep


def tell_entry(entry: Entry) -> Told:
    """Return an entry in words; a code without words is told by the name of its act."""
    teller = _TELLERS.get(entry.row.code)
    told = teller(entry) if teller else Told(entry.names.act(entry.row.code.partition(".")[2]))
    return Told(told.title, told.tone, (*told.notes, *_papers(entry)))


def knows(code: str) -> bool:
    """Whether a code has words of its own."""
    return code in _TELLERS


def _papers(entry: Entry) -> tuple[str, ...]:
    """Return lines that any entry may have: paper, votes, dates apart."""
    lines = []
    paper = entry.event.get("paper") or entry.data.get("paper")
    if paper:
        lines.append(_("文号：%s") % paper)
    vote = entry.event.get("vote") or entry.data.get("vote")
    if vote:
        lines.append(_("应到 %(seats)d，回避 %(recused)d，实到 %(present)d，同意 %(yes)d") % vote)
    entered = entry.event.get("entered_on")
    if entered and entered != entry.event.get("day"):
        lines.append(_("文件日期 %(day)s，登记日期 %(entered)s") % {"day": entry.event["day"], "entered": entered})
    return tuple(lines)


def _colon(first: str, second: str) -> str:
    return _("%(first)s：%(second)s") % {"first": first, "second": second} if second else first


def _tone(entry: Entry) -> str:
    said = entry.event or entry.data
    return "red" if said.get("passed") is False else "green"


@tells("case.opened")
def _opened(_entry: Entry) -> Told:
    return Told(_("发起案卷"), "teal")


@tells("case.complete")
def _complete(entry: Entry) -> Told:
    return Told(_("%s办结") % entry.step, "green", _edition(entry))


@tells("case.decide")
def _decide(entry: Entry) -> Told:
    return Told(_colon(entry.step, entry.outcome), _tone(entry))


@tells("case.record")
def _record(entry: Entry) -> Told:
    dated = _("文件日期 %s") % entry.data["document_day"]
    title = _("登记%s决定，待复核") % entry.step
    return Told(_colon(title, entry.outcome_of(entry.data)), "amber", (dated,))


@tells("case.confirm_record")
def _confirm_record(entry: Entry) -> Told:
    return Told(_colon(_("复核确认%s决定") % entry.step, entry.outcome), _tone(entry), _edition(entry))


@tells("case.refuse_record")
def _refuse_record(entry: Entry) -> Told:
    return Told(_("%s决定的登记复核不通过") % entry.step, "red")


@tells("case.skip")
def _skip(entry: Entry) -> Told:
    return Told(_("略过%s") % entry.step)


@tells("case.lapse")
def _lapse(entry: Entry) -> Told:
    return Told(_("%s逾期未答复，视为无异议") % entry.step, "green")


@tells("case.request_correction")
def _request_correction(entry: Entry) -> Told:
    return Told(_("%s要求补正，停止计时") % entry.step, "amber")


@tells("case.supply_correction")
def _supply_correction(entry: Entry) -> Told:
    return Told(_("提交补正，恢复计时"), "teal", _edition(entry))


@tells("case.return")
def _return(entry: Entry) -> Told:
    return Told(_("由%(step)s退回至%(to)s") % {"step": entry.step, "to": entry.names.step(entry.event["to"])}, "amber")


@tells("case.withdraw")
def _withdraw(_entry: Entry) -> Told:
    return Told(_("撤回案卷"), "amber")


@tells("case.resubmit")
def _resubmit(entry: Entry) -> Told:
    return Told(_("重新提交，第 %d 轮") % (entry.data.get("round", 1) + 1), "teal")


@tells("case.delegate")
def _delegate(entry: Entry) -> Told:
    return Told(_("%(step)s委托%(to)s办理") % {"step": entry.step, "to": entry.event["to"]}, "teal")


@tells("case.state_facts")
def _state_facts(entry: Entry) -> Told:
    before = entry.data.get("before", {})
    notes = [
        _("%(fact)s：%(before)s → %(after)s")
        % {
            "fact": entry.names.fact(name),
            "before": before.get(name, _("未知")),
            "after": say_value(value),
        }
        for name, value in entry.event.get("facts", {}).items()
    ]
    return Told(_("补充事实"), "teal", tuple(notes))


@tells("case.meet_precondition")
def _meet_precondition(entry: Entry) -> Told:
    return Told(_colon(_("确认前置条件"), entry.names.precondition(entry.event["to"])), "green")


@tells("case.recognise")
def _recognise(entry: Entry) -> Told:
    return Told(_colon(_("登记认定"), entry.names.fact(entry.event["to"])), "teal", _route_lines(entry))


@tells("case.back_enter")
def _back_enter(entry: Entry) -> Told:
    return Told(_colon(_("补录%s") % entry.step, entry.outcome), "grey")


@tells("case.adopt_calendar")
def _adopt_calendar(entry: Entry) -> Told:
    return Told(_("采用新公布的工作日历，重新计算期限"), "grey", tuple(entry.event.get("editions", {}).values()))


@tells("case.comment")
def _comment(_entry: Entry) -> Told:
    return Told(_("留言"))


@tells("case.instruct")
def _instruct(_entry: Entry) -> Told:
    return Told(_("登记批示"), "teal")


@tells("case.hand_over")
def _hand_over(entry: Entry) -> Told:
    return Told(_colon(_("转交%s") % entry.step, entry.names.person(entry.data["holder"][1])))


def _route_lines(entry: Entry) -> tuple[str, ...]:
    """Return where a recognition led the case; what carries over stands at the head of the page."""
    moved = entry.data.get("rerouted")
    return (_("转入路线：%s") % entry.names.route(moved["to"]),) if moved else ()


def _edition(entry: Entry) -> tuple[str, ...]:
    number = entry.data.get("edition")
    return (_("内容第 %d 稿") % number,) if number else ()
