"""Pages of a case's papers."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.papers import (
    ACT,
    add_paper,
    describe_paper,
    offer_public_copy,
    publish_paper,
    replace_paper,
    settle_public_copy,
    unpublish_paper,
)
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.forms.papers import (
    DescriptionForm,
    PaperForm,
    PublicCopyForm,
    ReasonForm,
    SettlingForm,
    VersionForm,
)
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.paper_differences import differences
from huancheng.platform.casework.queries.papers import PaperView, paper_view, slots_of
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import may

_STATUS: dict[type[InputFault], int] = {NotAllowed: 403, Overtaken: 409}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, case: int) -> HttpResponse:
    """Add a paper to a case."""
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    standing = _demanded(request, row)
    wanted = request.GET.get("slot", "")
    slots = slots_of(standing)
    initial = {"slot": wanted, "title": wanted if wanted in {slot.name for slot in slots} else "", "kind": "annex"}
    form = PaperForm(
        request.POST or None, request.FILES or None, slots=slots, initial={**initial, "version": row.version}
    )
    form.brought_by(request.acting)
    title, verb = _("添加附件"), _("添加")
    page = _Page(request, row, title, verb, form)
    return page.answer(
        lambda: add_paper(
            row.pk, form.cleaned_data["file"], form.description(), request.acting,
            expected=form.cleaned_data["version"],
        ).pk
    )  # fmt: skip


@login_required
@require_safe
def paper(request: ActingRequest, number: int) -> HttpResponse:
    """Show a paper: what it is, its versions, its copies for the public."""
    view = _view(request, number)
    standing = standing_of(_case(view))
    return render(
        request,
        "casework/papers/paper.html",
        {
            "view": view,
            "case": view.paper.case,
            "may_attach": may(request.acting, ACT, standing),
            "is_maker": view.waiting_copy is not None and view.waiting_copy.made_by == request.acting.person,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def replace(request: ActingRequest, number: int) -> HttpResponse:
    """Bring a new version."""
    view = _view(request, number)
    row = _case(view)
    _demanded(request, row)
    form = VersionForm(request.POST or None, request.FILES or None, initial={"version": row.version})
    form.brought_by(request.acting)

    def act() -> int:
        data = form.cleaned_data
        replace_paper(view.paper, data["file"], request.acting, expected=data["version"])
        return number

    return _Page(request, row, _("上传新版本：%s") % view.paper.title, _("上传新版本"), form, number=number).answer(act)


@login_required
@require_http_methods(["GET", "POST"])
def describe(request: ActingRequest, number: int) -> HttpResponse:
    """Mend what is said of a paper."""
    view = _view(request, number)
    row = _case(view)
    standing = _demanded(request, row)
    known = {name: getattr(view.paper, name) for name in ("title", "kind", "slot", "number", "dated")}
    form = DescriptionForm(request.POST or None, slots=slots_of(standing), initial={**known, "version": row.version})

    def act() -> int:
        return describe_paper(view.paper, form.description(), request.acting, expected=form.cleaned_data["version"]).pk

    return _Page(request, row, _("修改著录：%s") % view.paper.title, _("保存"), form, number=number).answer(act)


@login_required
@require_http_methods(["GET", "POST"])
def public_copy(request: ActingRequest, number: int) -> HttpResponse:
    """Offer a copy for the public."""
    view = _view(request, number)
    row = _case(view)
    _demanded(request, row)
    form = PublicCopyForm(request.POST or None, request.FILES or None, initial={"version": row.version})
    form.brought_by(request.acting)

    def act() -> int:
        data = form.cleaned_data
        offer_public_copy(view.newest.version, data["file"], request.acting, expected=data["version"])
        return number

    return _Page(request, row, _("提交公开版：%s") % view.paper.title, _("提交复核"), form, number=number).answer(act)


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: ActingRequest, number: int) -> HttpResponse:
    """Compare the waiting copy with the original, and let it out or send it back."""
    view = _view(request, number)
    row = _case(view)
    _demanded(request, row)
    copy = view.waiting_copy
    if copy is None or copy.made_by == request.acting.person:
        raise PermissionDenied(_("没有待您复核的公开版"))
    form = SettlingForm(request.POST or None, initial={"version": row.version})

    def act() -> int:
        data = form.cleaned_data
        settle_public_copy(
            copy, request.acting, confirmed=data["confirmed"], words=data["words"], expected=data["version"]
        )
        return number

    page = _Page(request, row, _("复核公开版：%s") % view.paper.title, _("提交复核结果"), form, number=number)
    page.template, page.more = "casework/papers/settle.html", {"view": view, "copy": copy}
    return page.answer(act)


@login_required
@require_POST
def publish(request: ActingRequest, number: int) -> HttpResponse:
    """Let the public read the confirmed copy."""
    view = _view(request, number)
    _demanded(request, _case(view))
    try:
        publish_paper(view.paper, request.acting)
    except InputFault as fault:
        messages.error(request, f"{fault.message}。{fault.cure}")
    return redirect("casework:paper", number)


@login_required
@require_http_methods(["GET", "POST"])
def unpublish(request: ActingRequest, number: int) -> HttpResponse:
    """Take a paper back from the public."""
    view = _view(request, number)
    row = _case(view)
    _demanded(request, row)
    form = ReasonForm(request.POST or None, initial={"version": row.version})

    def act() -> int:
        data = form.cleaned_data
        return unpublish_paper(view.paper, request.acting, reason=data["reason"], expected=data["version"]).pk

    return _Page(request, row, _("撤回公开：%s") % view.paper.title, _("撤回公开"), form, number=number).answer(act)


@login_required
@require_safe
def difference(request: ActingRequest, number: int) -> HttpResponse:
    """Show what changed between two versions: by default the last two."""
    view = _view(request, number)
    by_number = {str(item.version.number): item.version for item in view.versions}
    after = by_number.get(request.GET.get("to", ""), view.newest.version)
    before = by_number.get(request.GET.get("from", ""), by_number.get(str(after.number - 1)))
    if before is None:
        raise Http404
    context = {"view": view, "case": view.paper.case, "before": before, "after": after}
    return render(request, "casework/papers/difference.html", {**context, "lines": differences(before, after)})


def _view(request: ActingRequest, number: int) -> PaperView:
    view = paper_view(request.acting, number)
    if view is None:
        raise Http404
    return view


def _case(view: PaperView) -> Case:
    return Case.objects.select_related("subject", "opened_by").get(pk=view.paper.case_id)


def _demanded(request: ActingRequest, case: Case) -> CaseStanding:
    """Return where a case stands; refuse those who see it and may not change its papers."""
    standing = standing_of(case)
    if not may(request.acting, ACT, standing):
        raise PermissionDenied(_("您现在不能改动此案卷的附件"))
    return standing


class _Page:
    """A page with one form: shows it, does the act, or tells why not."""

    template = "casework/papers/form.html"

    def __init__(
        self, request: ActingRequest, case: Case, title: str, verb: str, form: forms.Form, *, number: int | None = None
    ) -> None:
        self.request, self.case, self.title, self.verb, self.form = request, case, title, verb, form
        self.back = reverse("casework:paper", args=[number]) if number else reverse("casework:case", args=[case.pk])
        self.more: dict[str, object] = {}

    def answer(self, act: Callable[[], int]) -> HttpResponse:
        """Do the act where the form is well filled in, and lead to the paper."""
        status = 200
        if self.request.method == "POST":
            status = 422
            if self.form.is_valid():
                try:
                    return redirect("casework:paper", act())
                except InputFault as fault:
                    self.form.tell(fault)  # type: ignore[attr-defined]
                    status = _STATUS.get(type(fault), 422)
        context = {"case": self.case, "title": self.title, "verb": self.verb, "form": self.form, "back": self.back}
        return render(self.request, self.template, {**context, **self.more}, status=status)
