"""Pages of the register of plans."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.queries.words import jurisdiction_word
from huancheng.platform.common import clock, xlsx
from huancheng.platform.common.look.records import light
from huancheng.platform.common.tables import Column, Filter, Table, is_panel
from huancheng.platform.planning.domain.importing import import_plans
from huancheng.platform.planning.forms.register import ImportForm, RecordForm
from huancheng.platform.planning.models import BureauOpinion, PlanRecord
from huancheng.platform.planning.queries.history import happenings_of
from huancheng.platform.planning.queries.register import due_on, is_due, visible_records
from huancheng.platform.planning.rules import may_keep_register, may_read_plans, register_home
from huancheng.platform.planning.workbooks.reading import RowFault
from huancheng.platform.planning.workbooks.template import plans_template

TONES = {
    PlanRecord.State.COMPILING: "teal", PlanRecord.State.APPROVED: "green", PlanRecord.State.REVISING: "amber",
    PlanRecord.State.REPEALED: "grey",
}  # fmt: skip


def _places() -> list[tuple[str, str]]:
    return [("city", _("全市")), *((item.id, item.title) for item in current_book().jurisdictions)]


def _place(row: PlanRecord) -> str:
    return jurisdiction_word(row.jurisdiction) if row.jurisdiction else _("全市")


class Records(Table):
    """The register as a list."""

    name = "plan-records"
    title = gettext_lazy("规划台账")
    nothing = gettext_lazy("登记或导入总体规划、详细规划、专项规划和单元规划后列在这里。")
    columns = (
        Column(
            "title", gettext_lazy("名称"), order="title",
            link=lambda row: reverse("planning:register-record", args=[row.pk]),
        ),
        Column("kind", gettext_lazy("类型"), value=lambda row: row.get_kind_display(), order="kind"),
        Column("jurisdiction", gettext_lazy("辖区"), value=_place, order="jurisdiction"),
        Column(
            "state", gettext_lazy("状态"), value=lambda row: row.get_state_display(), order="state",
            cell=lambda row: light(TONES[PlanRecord.State(row.state)], row.get_state_display()),
        ),
        Column("number", gettext_lazy("批准文号"), order="number"),
        Column("approved_on", gettext_lazy("批准日期"), kind="day", order="approved_on"),
        Column("evaluated_on", gettext_lazy("上次评估日期"), kind="day", order="evaluated_on"),
        Column(
            "evaluate_by", gettext_lazy("下次评估期限"), kind="day", order="evaluate_by",
            tone=lambda row: "late" if is_due(row, clock.today()) else "",
        ),
        Column("valid_until", gettext_lazy("规划期限"), kind="day", order="valid_until", shown=False),
        Column("trigger", gettext_lazy("修编触发条件"), shown=False),
        Column("coverage", gettext_lazy("范围图层"), order="coverage", shown=False),
    )  # fmt: skip
    filters = (
        Filter("kind", gettext_lazy("类型"), choices=PlanRecord.Kind.choices, lookup="kind"),
        Filter(
            "place", gettext_lazy("辖区"), choices=_places,
            narrow=lambda wanted: Q(jurisdiction="" if wanted == "city" else wanted),
        ),
        Filter("state", gettext_lazy("状态"), choices=PlanRecord.State.choices, lookup="state"),
        Filter(
            "due", gettext_lazy("评估"), choices=(("yes", gettext_lazy("应评估未评估")),),
            narrow=lambda _wanted: due_on(clock.today()),
        ),
        Filter(
            "q", gettext_lazy("名称或文号"),
            narrow=lambda words: Q(title__icontains=words) | Q(number__icontains=words),
        ),
    )  # fmt: skip
    default_order = ("kind", "-approved_on", "-id")
    beside = True


@login_required
@require_safe
def register(request: ActingRequest) -> HttpResponse:
    """List the register."""
    _demand_reader(request)
    rows = visible_records(request.acting)
    due = rows.filter(due_on(clock.today())).count()
    keeps = register_home(request.acting) is not None
    return Records(request, rows).answer("planning/register/list.html", {"due": due, "keeps": keeps})


@login_required
@require_safe
def record(request: ActingRequest, record: int) -> HttpResponse:
    """Show a plan with its history and the opinions given on its account."""
    row = get_object_or_404(visible_records(request.acting), pk=record)
    context = {
        "record": row,
        "due": is_due(row, clock.today()),
        "place": _place(row),
        "tone": TONES[PlanRecord.State(row.state)],
        "keeps": may_keep_register(request.acting, row.jurisdiction),
        "cited": row.cited_by.count(),
        "opinions": BureauOpinion.objects.filter(plan=row).select_related("scan")[:100],
        "happenings": happenings_of(row.stream),
    }
    page = "planning/register/panel.html" if is_panel(request) else "planning/register/record.html"
    return render(request, page, context)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest) -> HttpResponse:
    """Enter a plan."""
    _demand_keeper(request)
    return _form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, record: int) -> HttpResponse:
    """Change what the register says of a plan."""
    row = get_object_or_404(visible_records(request.acting), pk=record)
    if not may_keep_register(request.acting, row.jurisdiction):
        raise Http404
    return _form(request, row)


@login_required
@require_http_methods(["GET", "POST"])
def import_page(request: ActingRequest) -> HttpResponse:
    """Enter the plans of a workbook: all of them, or none with what is wrong in each row."""
    _demand_keeper(request)
    form = ImportForm(request.acting)
    faults: list[RowFault] = []
    status = HTTPStatus.OK
    if request.method == "POST":
        form = ImportForm(request.acting, request.POST, request.FILES)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        found = None
        if form.is_valid():
            found = form.carry_out(lambda: import_plans(form.cleaned_data["file"], request.acting))
        if found is not None:
            entered, faults = found
            if entered:
                told = ngettext("已录入 %(count)d 个规划", "已录入 %(count)d 个规划", len(entered))
                messages.success(request, told % {"count": len(entered)})
                return redirect("planning:register")
    return render(request, "planning/register/import.html", {"form": form, "faults": faults}, status=status)


@login_required
@require_safe
def template(request: ActingRequest) -> HttpResponse:
    """Give the empty workbook."""
    _demand_keeper(request)
    home = register_home(request.acting) or ""
    names = [item.title for item in current_book().jurisdictions if home in ("", item.id)]
    return xlsx.download(_("规划台账模板"), plans_template(names))


def _form(request: ActingRequest, row: PlanRecord | None) -> HttpResponse:
    form, status = RecordForm(request.acting, row), HTTPStatus.OK.value
    if request.method == "POST":
        form = RecordForm(request.acting, row, request.POST, request.FILES)
        saved = form.save() if form.is_valid() else None
        if saved is not None:
            messages.success(request, _("已保存"))
            return HttpResponseRedirect(reverse("planning:register-record", args=[saved.pk]))
        status = form.status
    return render(request, "planning/register/form.html", {"form": form, "record": row}, status=status)


def _demand_reader(request: ActingRequest) -> None:
    if not may_read_plans(request.acting):
        raise Http404


def _demand_keeper(request: ActingRequest) -> None:
    if register_home(request.acting) is None:
        raise Http404
