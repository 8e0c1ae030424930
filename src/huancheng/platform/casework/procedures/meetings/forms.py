"""Forms of meetings: calling, agenda, attendance, votes, minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.forms.acts.base import LONGEST, DayInput, paper_field
from huancheng.platform.casework.forms.scans import kept_scan, scan_field
from huancheng.platform.casework.procedures.experts.forms import TellingForm
from huancheng.platform.casework.procedures.meetings.domain import convening, voting
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, Seat, SeatVote
from huancheng.platform.casework.procedures.meetings.queries import committees_of, waiting_for
from huancheng.platform.common import clock
from huancheng.policy.routes.model import VoteRule


class ConveneForm(TellingForm):
    """Call a meeting."""

    do, title, verb = "convene", _("组织会议"), _("建立会议")
    committee: Any = forms.ModelChoiceField(label=_("会议机构"), queryset=None)
    name = forms.CharField(label=_("会议名称"), max_length=200, help_text=_("如：2026 年第 3 次会议"))
    held_on = forms.DateField(label=_("会议日期"), widget=DayInput())
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    secret = forms.BooleanField(label=_("无记名投票，只登记总票数"), required=False)
    seats = forms.CharField(
        label=_("席位"), required=False, widget=forms.Textarea({"rows": 5}),
        help_text=_("每行一席，写职务不写姓名；不填则用名册"),
    )  # fmt: skip

    def __init__(self, acting: Acting, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        field: Any = self.fields["committee"]
        field.queryset = committees_of(acting)
        self.fields["held_on"].initial = clock.today()
        self.made: Meeting | None = None

    def perform(self) -> None:
        """Call it."""
        data = self.cleaned_data
        self.made = convening.convene(
            data["committee"], self.acting, title=data["name"], held_on=data["held_on"], place=data["place"],
            secret=data["secret"], seats=data["seats"].splitlines(),
        )  # fmt: skip


class MeetingForm(TellingForm):
    """A form on the page of a meeting.

    Parameters
    ----------
    meeting
        The meeting.
    """

    def __init__(self, acting: Acting, meeting: Meeting, *arguments: Any, **options: Any) -> None:
        super().__init__(acting, *arguments, **options)
        self.meeting = meeting
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the meeting."""


class AgendaForm(MeetingForm):
    """Put cases on the agenda."""

    do, title, verb = "agenda", _("列入议程"), _("列入议程")
    tasks: Any = forms.ModelMultipleChoiceField(
        label=_("待议案卷"), queryset=None, widget=forms.CheckboxSelectMultiple()
    )

    def prepare(self) -> None:
        """Offer the cases that wait for the committee."""
        field: Any = self.fields["tasks"]
        field.queryset = waiting_for(self.meeting.committee)
        field.label_from_instance = lambda task: f"{task.case.number} {task.case.title}"

    def perform(self) -> None:
        """Put them on."""
        for task in self.cleaned_data["tasks"]:
            convening.put_on_agenda(self.meeting.pk, task.case_id, task.step, self.acting)


class AttendanceForm(MeetingForm):
    """Note who came."""

    do, title, verb = "attendance", _("签到"), _("保存签到")

    def prepare(self) -> None:
        """Make two fields for each seat."""
        self.seats = list(self.meeting.seats.all())
        for seat in self.seats:
            self.fields[f"present-{seat.pk}"] = forms.BooleanField(
                label=seat.title, required=False, initial=seat.present
            )
            self.fields[f"substitute-{seat.pk}"] = forms.CharField(
                label=_("代会人"), required=False, max_length=60, initial=seat.substitute
            )

    def rows(self) -> Iterator[tuple[Seat, forms.BoundField, forms.BoundField]]:
        """Return each seat with its fields, for the table."""
        for seat in self.seats:
            yield seat, self[f"present-{seat.pk}"], self[f"substitute-{seat.pk}"]

    def perform(self) -> None:
        """Keep it."""
        data = self.cleaned_data
        present = [seat.pk for seat in self.seats if data[f"present-{seat.pk}"]]
        substitutes = {seat.pk: data[f"substitute-{seat.pk}"] for seat in self.seats}
        convening.take_attendance(self.meeting.pk, self.acting, present, substitutes=substitutes)


class MinutesForm(MeetingForm):
    """Keep the minutes."""

    do, title, verb = "minutes", _("会议纪要"), _("保存纪要")
    text = forms.CharField(label=_("纪要正文"), required=False, widget=forms.Textarea({"rows": 8}))
    paper = paper_field(_("纪要文号"), required=False)
    scan = scan_field()

    def prepare(self) -> None:
        """Show what is there."""
        self.initial = {"text": self.meeting.minutes, "paper": self.meeting.paper}

    def perform(self) -> None:
        """Keep them."""
        data = self.cleaned_data
        convening.write_minutes(
            self.meeting.pk, self.acting, text=data["text"], paper=data["paper"], scan=kept_scan(self)
        )


class CloseForm(MeetingForm):
    """Close the meeting."""

    do, title, verb = "close", _("结束会议"), _("结束会议")
    lead = _("结束后，签到、议程、纪要不能再改。")

    def perform(self) -> None:
        """Close it."""
        convening.close(self.meeting.pk, self.acting)


class ItemForm(TellingForm):
    """A form on the page of an item.

    Parameters
    ----------
    item
        The item.
    rule
        How the route counts votes; None where it sets no rule.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, acting: Acting, item: AgendaItem, rule: VoteRule | None, *arguments: Any, **options: Any
    ) -> None:
        super().__init__(acting, *arguments, **options)
        self.item, self.rule = item, rule
        self.fields["version"].initial = item.case.version
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the item."""


class VotesForm(ItemForm):
    """Enter what was voted."""

    do, title, verb = "votes", _("登记表决"), _("登记表决")
    lead = _("登记后由另一人对照会议纪要复核，复核后路线才前进。")
    yes = forms.IntegerField(label=_("同意票数"), min_value=0)
    no = forms.IntegerField(label=_("不同意票数"), min_value=0)
    abstained = forms.IntegerField(label=_("弃权票数"), min_value=0, initial=0)
    passed = forms.TypedChoiceField(
        label=_("结果"),
        choices=(("1", _("通过")), ("0", _("不通过"))),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect(),
    )
    decision = forms.CharField(label=_("决定内容"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}))

    def prepare(self) -> None:
        """Ask seat by seat, or for totals in a secret ballot; for the result only where no rule tells it."""
        if self.rule is not None:
            del self.fields["passed"]
        if not self.item.meeting.secret:
            for name in ("yes", "no", "abstained"):
                del self.fields[name]
        self.seats = list(self.item.meeting.seats.all())
        for seat in self.seats:
            self.fields[f"vote-{seat.pk}"] = forms.ChoiceField(
                label=seat.title, choices=self._choices(seat), required=False
            )
            self.fields[f"reason-{seat.pk}"] = forms.CharField(label=_("回避理由"), required=False, max_length=240)

    def _choices(self, seat: Seat) -> list[tuple[str, Any]]:
        voted = [] if self.item.meeting.secret or not seat.present else list(SeatVote.Vote.choices[:-1])
        return [("", _("未到会") if not seat.present else "–"), *voted, SeatVote.Vote.choices[-1]]

    def rows(self) -> Iterator[tuple[Seat, forms.BoundField, forms.BoundField]]:
        """Return each seat with its fields, for the table."""
        for seat in self.seats:
            yield seat, self[f"vote-{seat.pk}"], self[f"reason-{seat.pk}"]

    def perform(self) -> None:
        """Enter them."""
        data = self.cleaned_data
        votes = {seat.pk: data[f"vote-{seat.pk}"] for seat in self.seats if data[f"vote-{seat.pk}"]}
        ballot = voting.Ballot(
            votes, {seat.pk: data[f"reason-{seat.pk}"] for seat in self.seats}, data.get("yes", 0),
            data.get("no", 0), data.get("abstained", 0), data["decision"], data.get("passed"),
        )  # fmt: skip
        voting.enter_votes(self.item.pk, self.acting, ballot, expected=data["version"])


class ConfirmForm(ItemForm):
    """Confirm what another person entered."""

    do, title, verb = "confirm", _("复核表决"), _("与纪要一致，确认")
    lead = _("请对照会议纪要核对票数和决定内容。确认后即为该机构的决定。")

    def perform(self) -> None:
        """Confirm."""
        voting.confirm_votes(self.item.pk, self.acting, expected=self.cleaned_data["version"])


class RejectForm(ItemForm):
    """Send back what another person entered."""

    do, title, verb = "reject", _("退回登记"), _("与纪要不符，退回")
    reason = forms.CharField(label=_("不符之处"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))

    def perform(self) -> None:
        """Send back."""
        voting.reject_votes(
            self.item.pk, self.acting, reason=self.cleaned_data["reason"], expected=self.cleaned_data["version"]
        )


class DeferForm(ItemForm):
    """Put an item off."""

    do, title, verb = "defer", _("暂缓审议"), _("暂缓审议")
    reason = forms.CharField(label=_("理由"), max_length=LONGEST, widget=forms.Textarea({"rows": 2}))

    def perform(self) -> None:
        """Put it off."""
        voting.defer(
            self.item.pk, self.acting, reason=self.cleaned_data["reason"], expected=self.cleaned_data["version"]
        )
