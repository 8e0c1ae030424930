"""The reference of the API as a page, made from its OpenAPI description."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huancheng.platform.api.application import api
from huancheng.platform.bodies.requests import ActingRequest


@login_required
@require_GET
def reference(request: ActingRequest) -> HttpResponse:
    """List every operation with what it takes and says."""
    described = api.get_openapi_schema()
    operations = [
        {"method": method.upper(), "path": path, **operation, "fields": _fields(described, operation)}
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    return render(request, "api/reference.html", {"operations": operations, "version": described["info"]["version"]})


def _fields(described: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an operation takes: in the path, in the query, and in the body."""
    taken = [
        {"name": item["name"], "place": item["in"], "required": item.get("required", False), **item["schema"]}
        for item in operation.get("parameters", [])
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    name = body.get("$ref", "").rsplit("/", 1)[-1]
    schema = described["components"]["schemas"].get(name, {})
    needed = schema.get("required", [])
    taken += [
        {"name": field, "place": "body", "required": field in needed, **about}
        for field, about in schema.get("properties", {}).items()
    ]
    return taken
