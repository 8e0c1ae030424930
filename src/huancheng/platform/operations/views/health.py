"""What a load balancer and a watchman ask; says yes or no, and nothing that helps a stranger."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huancheng.platform.operations.migrating import missing_migrations


@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django hands it over
    """Say that the program runs; asks nothing of the database, whose absence is no reason to restart us."""
    return JsonResponse({"alive": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - Django hands it over
    """Say whether requests can be answered: 503 while the database is away or of another version."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_ready = not missing_migrations()
    except DatabaseError:
        connection.close()
        is_ready = False
    return JsonResponse({"ready": is_ready}, status=200 if is_ready else 503)
