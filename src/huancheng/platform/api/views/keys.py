"""A person's own keys and webhooks."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huancheng.evidence import InputFault
from huancheng.platform.api.domain.tokens import give_token, take_back
from huancheng.platform.api.domain.webhooks import add_webhook, remove_webhook
from huancheng.platform.api.forms.keys import TokenForm, WebhookForm
from huancheng.platform.api.models import Delivery, Token, Webhook
from huancheng.platform.bodies.requests import ActingRequest


@login_required
@require_GET
def keys(request: ActingRequest) -> HttpResponse:
    """Show the keys and webhooks of the person who looks, and nobody else's."""
    return _page(request, TokenForm(), WebhookForm())


@login_required
@require_POST
def give(request: ActingRequest) -> HttpResponse:
    """Make a key and show it this once."""
    form = TokenForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            token, text = give_token(
                request.acting, wanted["name"], expires_on=wanted["expires_on"], may_act=wanted["may_act"]
            )
        except InputFault as fault:
            _refuse(form, fault)
        else:
            return _page(request, TokenForm(), WebhookForm(), given=token, text=text)
    return _page(request, form, WebhookForm(), status=400)


@login_required
@require_POST
def revoke(request: ActingRequest, token: int) -> HttpResponse:
    """Take a key back."""
    found = get_object_or_404(Token, pk=token, person=request.user, revoked_at__isnull=True)
    take_back(found, request.acting)
    messages.success(request, _("密钥已作废"))
    return redirect("api-pages:keys")


@login_required
@require_POST
def subscribe(request: ActingRequest) -> HttpResponse:
    """Add a webhook."""
    form = WebhookForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            hook = add_webhook(request.acting, wanted["name"], wanted["address"], wanted["acts"])
        except InputFault as fault:
            _refuse(form, fault)
        else:
            return _page(request, TokenForm(), WebhookForm(), hooked=hook)
    return _page(request, TokenForm(), form, status=400)


@login_required
@require_POST
def unsubscribe(request: ActingRequest, webhook: int) -> HttpResponse:
    """Remove a webhook."""
    found = get_object_or_404(Webhook, pk=webhook, person=request.user, active=True)
    remove_webhook(found, request.acting)
    messages.success(request, _("已停止通知"))
    return redirect("api-pages:keys")


def _refuse(form: TokenForm | WebhookForm, fault: InputFault) -> None:
    form.add_error(fault.field if fault.field in form.fields else None, f"{fault.message}，{fault.cure}")


def _page(
    request: ActingRequest,
    token_form: TokenForm,
    webhook_form: WebhookForm,
    *,
    given: Token | None = None,
    text: str = "",
    hooked: Webhook | None = None,
    status: int = 200,
) -> HttpResponse:
    if request.acting.post is None:
        return HttpResponseForbidden(_("没有岗位的账号不能使用接口"))
    person = request.user
    content = {
        "tokens": Token.objects.filter(person=person).select_related("post__body"),
        "webhooks": Webhook.objects.filter(person=person, active=True).select_related("post__body"),
        "deliveries": Delivery.objects.filter(webhook__person=person).select_related("webhook")[:20],
        "token_form": token_form,
        "webhook_form": webhook_form,
        "given": given,
        "text": text,
        "hooked": hooked,
    }
    return render(request, "api/keys.html", content, status=status)
