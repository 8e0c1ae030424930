"""What happened inside steps, in words for the time line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huancheng.platform.casework.procedures.consultation.models import OpinionAnswer
from huancheng.platform.casework.procedures.notices.models import Objection
from huancheng.platform.casework.queries.log_words import Entry, Told, tells


@tells("case.consult")
def _consult(entry: Entry) -> Told:
    number = len(entry.data["bodies"])
    due = entry.data.get("due")
    notes = (_("答复期限 %s") % due,) if due else ()
    return Told(ngettext("征询 %d 家单位意见", "征询 %d 家单位意见", number) % number, "teal", notes)


@tells("case.consult_cancelled")
def _consult_cancelled(_entry: Entry) -> Told:
    return Told(_("撤销一家单位的征询"))


@tells("case.answered")
def _answered(entry: Entry) -> Told:
    opinion = OpinionAnswer.Opinion(entry.data["opinion"])
    tone = "red" if opinion is OpinionAnswer.Opinion.DISAGREE else "green"
    notes = (_("环节结束后收到，不计入结果"),) if entry.data.get("late") else ()
    return Told(_("答复意见：%s") % opinion.label, tone, notes)


@tells("case.opinion_lapsed")
def _opinion_lapsed(entry: Entry) -> Told:
    number = len(entry.data["bodies"])
    return Told(ngettext("%d 家单位逾期未答复，视为无异议", "%d 家单位逾期未答复，视为无异议", number) % number)


@tells("case.conclude")
def _conclude(entry: Entry) -> Told:
    tone = "red" if entry.event.get("passed") is False else "green"
    outcome = entry.outcome
    title = _("%s形成结论") % entry.step
    return Told(_("%(title)s：%(outcome)s") % {"title": title, "outcome": outcome} if outcome else title, tone)


@tells("case.draw_experts")
def _draw(entry: Entry) -> Told:
    seed = _("种子 %s") % entry.data["seed"]
    return Told(_("抽取专家 %d 人") % entry.data["seats"], "teal", (seed,))


@tells("case.expert_declined")
def _declined(entry: Entry) -> Told:
    followed = entry.data.get("follower")
    return Told(_("一位专家不能参加，已递补") if followed else _("一位专家不能参加，无人可递补"), "amber")


@tells("case.give_opinion")
def _give_opinion(_entry: Entry) -> Told:
    return Told(_("收到一份专家意见"), "green")


@tells("case.agenda_added")
def _agenda_added(_entry: Entry) -> Told:
    return Told(_("列入会议议程"), "teal")


@tells("case.agenda_deferred")
def _agenda_deferred(_entry: Entry) -> Told:
    return Told(_("暂缓审议"), "amber")


@tells("case.votes_entered")
def _votes_entered(entry: Entry) -> Told:
    words = _("同意 %(yes)d，不同意 %(no)d，弃权 %(abstained)d，回避 %(recused)d")
    return Told(_("登记会议表决，待复核"), "amber", (words % entry.data,))


@tells("case.votes_rejected")
def _votes_rejected(_entry: Entry) -> Told:
    return Told(_("表决登记退回"), "red")


@tells("case.confirm_vote")
def _confirm_vote(entry: Entry) -> Told:
    passed = entry.event.get("passed")
    return Told(_("复核确认会议表决"), "red" if passed is False else "green")


@tells("case.publish_notice")
def _publish(entry: Entry) -> Told:
    ends_on = entry.data.get("ends_on")
    return Told(_("发布公示"), "teal", (_("公示截止 %s") % ends_on,) if ends_on else ())


@tells("case.notice_placed")
def _placed(_entry: Entry) -> Told:
    return Told(_("登记公示位置"))


@tells("case.answer_objection")
def _answer_objection(entry: Entry) -> Told:
    number, verdict = len(entry.data["objections"]), Objection.Verdict(entry.data["verdict"])
    words = ngettext("答复 %(number)d 条公众意见：%(verdict)s", "答复 %(number)d 条公众意见：%(verdict)s", number)
    return Told(words % {"number": number, "verdict": verdict.label}, "green")


@tells("case.contact_erased")
def _contact_erased(_entry: Entry) -> Told:
    return Told(_("应要求删除一条意见的个人信息"))


@tells("case.record_hearing")
def _hearing(entry: Entry) -> Told:
    numbers = _("通知 %(invited)d 人，到会 %(attended)d 人") % entry.data
    return Told(_("举行听证"), "teal", (numbers,))
