"""What may be kept of an answer, and by whom?

A public page by everybody, as long as we say that it is the same; what only some may read, or was
drawn for somebody, by nobody.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from handrail import __version__
from handrail.mediums.docs.actions.drawing import DRAWN_BY
from handrail.people.requests import ViewerRequest

PUBLIC = "public, max-age=0, must-revalidate"
"""Kept, and asked for again every time: a page that is withdrawn is gone at once."""

PRIVATE = "private, no-store"


def answer(
    request: ViewerRequest,
    make: Callable[[], HttpResponse],
    *parts: object,
    is_public: bool = True,
    vary: tuple[str, ...] = ("Accept",),
) -> HttpResponseBase:
    """What `make` draws, or 304 where the client has it already.

    `parts` say what it hangs on beside the language, the release and the address. `is_public`:
    everybody may read all of it.
    """
    if not (is_public and request.viewer.is_nobody):
        response: HttpResponseBase = make()
        response["Cache-Control"] = PRIVATE
    else:
        tag = _tag(request.get_full_path(), get_language(), *parts)
        response = get_conditional_response(request, etag=tag) or make()
        if response.status_code in (200, 304):
            response["ETag"] = tag
            response["Cache-Control"] = PUBLIC
    patch_vary_headers(response, vary)
    return response


def _tag(*parts: object) -> str:
    """A weak one: proxies compress on the way (RFC 9110, 8.8.1)."""
    said = "\n".join(map(str, (_release(), *parts)))
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def _release() -> str:
    """The code, the renderer, the static files, and whether pages tell programs how to ask."""
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return f"{__version__} {DRAWN_BY} {files} {settings.HANDRAIL_ASK}"
