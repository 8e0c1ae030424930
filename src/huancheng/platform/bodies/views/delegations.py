"""Delegations: given by me, given to me."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.domain.delegating import delegate, revoke
from huancheng.platform.bodies.domain.posts import Term
from huancheng.platform.bodies.forms.account import DelegationForm
from huancheng.platform.bodies.models import Delegation, Person, Post
from huancheng.platform.bodies.queries.people import colleagues
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import managed_bodies
from huancheng.platform.bodies.views.guards import done_or_told, tried
from huancheng.platform.common import clock


@login_required
def delegations(request: ActingRequest) -> HttpResponse:
    """List one's delegations; lend the post one acts from."""
    post = _own_post(request)
    form = DelegationForm(request.POST or None)
    form.fields["to"].queryset = colleagues(post) if post else Person.objects.none()  # type: ignore[attr-defined]
    if request.method == "POST" and post is not None and form.is_valid():
        told = form.cleaned_data
        made = tried(
            form,
            lambda: delegate(
                post, told["to"], Term(told["valid_from"], told["valid_until"]), told["paper"], request.acting
            ),
        )
        if made is not None:
            messages.success(request, _("已委托，到期自动终止；期间的办理记录在双方名下。"))
            return redirect("bodies:delegations")
    mine = Delegation.objects.select_related("post__body", "post__person", "to")
    context = {
        "form": form, "post": post, "today": clock.today(),
        "given": mine.filter(post__person=request.user), "received": mine.filter(to=request.user),
    }  # fmt: skip
    return render(request, "bodies/delegations.html", context)


@login_required
@require_POST
def revoke_delegation(request: ActingRequest, delegation: int) -> HttpResponse:
    """Revoke a delegation one gave, or of a body one manages; others are as good as not there."""
    mine = Q(post__person=request.user) | Q(post__body_id__in=managed_bodies(request.acting))
    found = get_object_or_404(Delegation.objects.select_related("post").filter(mine), pk=delegation)
    done_or_told(request, lambda: revoke(found, request.acting), _("委托已撤销，即时生效。"))
    own = found.post.person_id == request.user.pk
    return redirect("bodies:delegations") if own else redirect("bodies:person", found.post.person_id)


def _own_post(request: ActingRequest) -> Post | None:
    """Return the post one acts from, if it is one's own."""
    if request.acting.on_behalf_of is not None or request.acting.post is None:
        return None
    return Post.objects.select_related("body", "person").get(pk=request.acting.post)
