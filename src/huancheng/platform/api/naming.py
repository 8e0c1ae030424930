"""Words for those who read the log: keys given and programs that are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import register_titles

TITLES = {
    "token.given": _("申请接口密钥"),
    "token.taken_back": _("撤销接口密钥"),
    "webhook.added": _("订阅通知"),
    "webhook.removed": _("取消订阅"),
}


def offer_names() -> None:
    """Offer the words; called when the app is ready."""
    register_titles(TITLES)
