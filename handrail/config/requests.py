"""What is known of every request? Its id, its line in the log, its place in the metrics."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from handrail.base.ids import public_id
from handrail.config import errors
from handrail.config.measures import REQUEST_SECONDS, REQUESTS
from handrail.config.serving.pages import TOO_LARGE

log = structlog.get_logger("handrail.request")

QUIET_PATHS = ("/healthz", "/readyz", "/metrics")
"""Asked every few seconds by machines: worth a line only when the answer is bad."""

FAILED = 500


class RequestMiddleware:
    """Gives each request an id that its log lines and its answer carry, and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = public_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        self._write_down(request, response, time.perf_counter() - started)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answers what came without its body because that was too large."""
        return errors.too_large(request) if TOO_LARGE in request.META else None

    def _write_down(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        """Labels by route, not by path: a path holds ids, and ids would make endless series."""
        match = request.resolver_match
        route = match.view_name if match and match.view_name else "none"
        REQUESTS.labels(request.method, route, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(route).observe(seconds)
        if request.path not in QUIET_PATHS or response.status_code >= FAILED:
            log.info(
                "request",
                method=request.method,
                route=route,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
