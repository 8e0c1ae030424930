"""Pages for when something went wrong: what happened, what was kept, what to do, a number to quote.

They are drawn without a database, without a session and without the frame, so that they stand when these fail.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import InputFault
from huancheng.platform.common.request_number import request_number


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a page of an error says."""

    happened: str | Promise
    kept: str | Promise
    todo: str | Promise


DRAFT = _("正在填写的表单保存在本机浏览器中，返回原页面即可继续。")
NOTHING = _("没有任何内容被改动。")

TROUBLES = {
    400: Trouble(_("这个请求无法办理"), NOTHING, _("请返回上一页，核对所填内容后再提交。")),
    403: Trouble(
        _("您现在的岗位不能办理此事"), NOTHING, _("如有别的岗位，请先切换；仍不能办理的，请联系本单位系统管理员。")
    ),
    404: Trouble(_("没有这个页面，或不在您的查看范围内"), NOTHING, _("请核对网址，或从工作台重新进入。")),
    405: Trouble(_("不能这样打开这个页面"), NOTHING, _("请从页面上的按钮或链接进入。")),
    409: Trouble(_("在您查看期间，别人已经办理了此事"), DRAFT, _("请返回并刷新页面，看清现在的状态后再决定。")),
    413: Trouble(_("提交的内容过大"), DRAFT, _("请减小附件，或分几次提交。")),
    429: Trouble(_("请求过于频繁"), DRAFT, _("请稍等一分钟再试。")),
    500: Trouble(_("系统出现故障，未能办成"), DRAFT, _("请稍后再试；再次出现的，请把下面的编号告诉系统管理员。")),
    503: Trouble(_("数据库暂时不可用"), DRAFT, _("通常几分钟内恢复，请稍后再试。")),
    507: Trouble(_("服务器磁盘已满，未能保存"), DRAFT, _("请把下面的编号告诉系统管理员，腾出空间后再试。")),
}  # fmt: skip
"""Status → what is said."""


def error_page(request: HttpRequest, status: int, happened: str = "", todo: str = "") -> HttpResponse:
    """Return the page of an error; a list of facts for the API, and for htmx also words to show in passing.

    Parameters
    ----------
    request
        The request that went wrong.
    status
        One of `TROUBLES`.
    happened, todo
        More exact words, where there are any.
    """
    trouble = TROUBLES[status]
    happened, todo = happened or str(trouble.happened), todo or str(trouble.todo)
    number = request_number()
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            {"message": happened, "cure": todo, "number": number},
            status=status,
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        context = {
            "status": status, "happened": happened, "kept": trouble.kept, "todo": todo, "number": number,
            "english": get_language() == "en", "theme": request.COOKIES.get("theme", "auto"),
        }  # fmt: skip
        answer = HttpResponse(render_to_string("common/error.html", context), status=status)
    answer["X-Said"] = quote(f"{happened}。{todo}")
    answer["Cache-Control"] = "no-store"
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense; or one whose session could not be kept, which Django takes for that."""
    status = status_of(exception)
    return error_page(request, 400 if status == 500 else status)  # noqa: PLR2004 - a status


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Answer somebody who may not."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Answer a request for what is not there or out of sight."""
    return error_page(request, 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django hands it over
    """Answer a form whose page has grown too old."""
    return error_page(request, 403, str(_("这个页面已过期，内容没有提交")), str(_("请返回并刷新页面后再提交。")))


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when we failed: the database is away, the disk is full, or a defect of ours."""
    return error_page(request, status_of(sys.exc_info()[1]))


def status_of(error: BaseException | None) -> int:
    """Return the status that tells of an error."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            text = str(error).lower()
            return 507 if "full" in text or "no space left" in text else 503
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            return 507
        error = error.__cause__ or error.__context__
    return 500


class FaultPages:
    """Turns what a person got wrong into a page in plain words, and bare refusals into pages like the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        bare = answer.status_code in {405, 413, 429} and not answer.streaming and not answer.content
        if not bare:
            return answer
        page = error_page(request, answer.status_code)
        for name in ("Allow", "Retry-After"):
            if name in answer:
                page[name] = answer[name]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a fault of the user's with its own words; its class may say the status."""
        if not isinstance(error, InputFault):
            return None
        return error_page(request, getattr(error, "status", 400), error.message, error.cure)
