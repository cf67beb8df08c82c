"""How is the one script that hosts carry sent? From memory, compressed, seldom, and to anybody."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

SCRIPT = Path(__file__).parent / "static/help/v1.js"
FRESH_SECONDS = 60 * 60
"""How long browsers do not even ask. Longer would spare members a request an hour, which a 304
answers from memory; shorter would bring a repair sooner than within the hour."""


class Script(NamedTuple):
    plain: bytes
    zipped: bytes
    etag: str


@require_safe
def v1(request: HttpRequest) -> HttpResponse:
    """The loader. Its address never changes, so it is asked for again, and mostly answered 304."""
    script = _script()
    if script.etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(script.zipped, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(script.plain)
    if response.status_code == 200:
        response["Content-Type"] = "text/javascript; charset=utf-8"
    response["ETag"] = script.etag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # for hosts that isolate themselves
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=1)
def _script() -> Script:
    try:
        plain = SCRIPT.read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    # Weak: the same script, whether compressed or not (RFC 9110, 8.8.1).
    etag = f'W/"{hashlib.sha256(plain).hexdigest()[:32]}"'
    return Script(plain, gzip.compress(plain, mtime=0), etag)
