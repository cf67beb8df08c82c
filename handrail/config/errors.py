"""What does a person see when something went wrong? Our own pages, in plain words."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from handrail.base.object_storage import FilesUnreachable

RETRY_AFTER_SECONDS = 5


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(request, 413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database is locked or gone, or the bucket with people's files is, which
    a moment's patience may mend.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError | FilesUnreachable):
        response = _page(request, 503)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
    return _page(request, 500)


def _page(request: HttpRequest, status: int) -> HttpResponse:
    """These templates ask neither the database nor the viewer: they must work without both."""
    return render(request, f"base/errors/{status}.html", status=status)
