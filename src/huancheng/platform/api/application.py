"""The API itself: its routers, who may call it, how faults are told."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.throttling import AuthRateThrottle

from huancheng import __version__
from huancheng.evidence import InputFault
from huancheng.platform.api.auth import PageAuth, TokenAuth
from huancheng.platform.api.routers.acts import router as acts
from huancheng.platform.api.routers.cases import router as cases
from huancheng.platform.api.routers.register import router as register
from huancheng.platform.api.routers.worklist import router as worklist
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken


class PersonThrottle(AuthRateThrottle):
    """Counts the calls of one person, whichever key they use."""

    def get_cache_key(self, request: HttpRequest) -> str:
        """Return the name under which the calls are counted."""
        person = getattr(getattr(request, "acting", None), "person", "nobody")
        return self.cache_format % {"scope": self.scope, "ident": person}


api = NinjaAPI(
    title="Huancheng 焕城",
    version=__version__,
    description="The same reads and acts as the pages, under the same permissions.",
    auth=[TokenAuth(), PageAuth()],
    throttle=[PersonThrottle("300/m")],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/v1", cases)
api.add_router("/v1", acts)
api.add_router("/v1", worklist)
api.add_router("/v1", register)


def _tell(request: HttpRequest, status: int, fault: InputFault) -> HttpResponse:
    content: dict[str, Any] = {"error": fault.message, "field": fault.field, "cure": fault.cure}
    return api.create_response(request, content, status=status)


@api.exception_handler(InputFault)
def _input_fault(request: HttpRequest, fault: InputFault) -> HttpResponse:
    return _tell(request, 400, fault)


@api.exception_handler(NotAllowed)
def _not_allowed(request: HttpRequest, fault: NotAllowed) -> HttpResponse:
    return _tell(request, 403, fault)


@api.exception_handler(Overtaken)
def _overtaken(request: HttpRequest, fault: Overtaken) -> HttpResponse:
    return _tell(request, 409, fault)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
    return _tell(request, 404, InputFault("没有这一项，或您无权查看", cure="请核对编号"))


@api.exception_handler(DatabaseError)
def _database_away(request: HttpRequest, _error: DatabaseError) -> HttpResponse:
    return _tell(request, 503, InputFault("数据库暂时不可用，没有任何改动", cure="请稍后重试"))
