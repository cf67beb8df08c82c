"""Is the hub alive, is it ready, and how is it doing? For load balancers and monitoring."""

import hmac
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

PROXIED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""Headers by which proxies say that somebody else asks."""


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database and the cache answer, else 503 and which one does not."""
    parts = {"database": _database_answers(), "cache": _cache_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text format, for the holder of METRICS_TOKEN; where none is set, for this machine.

    With several processes each counts for itself, and the one that is asked answers.
    """
    if not _may_read_metrics(request):
        return HttpResponseForbidden()
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics(request: HttpRequest) -> bool:
    if token := settings.ENV.metrics_token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return _is_from_this_machine(request)


def _is_from_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine asks from loopback too, for anybody: it gives itself away by what
    it forwards, or by the name that its client asked for.
    """
    asked = urlsplit(f"//{request.get_host()}").hostname or ""
    is_direct = not any(header in request.headers for header in PROXIED)
    return is_direct and _is_loopback(asked) and _is_loopback(request.META["REMOTE_ADDR"])


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        cache.set("readyz", "1", 5)
        return bool(cache.get("readyz") == "1")
    except Exception:  # each cache backend raises errors of its own library
        return False
