"""Which site is this, and where on ours does a path lead? Exact comparisons, nothing guessed."""

import posixpath
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}


class BadOrigin(ValueError):
    """Not an exact origin such as `https://app.example.com`."""


def exact_origin(text: str) -> str:
    """An origin as browsers write it (RFC 6454, 6.2); raises BadOrigin for all that is more."""
    parts, port = _taken_apart(text.strip())
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise BadOrigin(text)
    hostname = str(parts.hostname)
    if ":" in hostname:
        hostname = f"[{hostname}]"
    return f"{parts.scheme}://{hostname}" + ("" if port == PORTS[parts.scheme] else f":{port}")


def own_origin() -> str:
    """Our own origin: the one under which the operator says that members reach us."""
    parts = urlsplit(settings.HANDRAIL_URL)
    return exact_origin(f"{parts.scheme}://{parts.netloc}")


def local_path(wanted: str, below: str) -> str | None:
    """A path of ours `below` a prefix, or None when it leads anywhere else.

    Our own absolute address is taken too. What browsers would read as another site or another
    place is refused: `//host`, backslashes, control characters, dot segments, encoded or not.
    """
    if wanted.startswith(f"{own_origin()}/"):
        wanted = wanted.removeprefix(own_origin())
    path = unquote(wanted.partition("?")[0].partition("#")[0])
    is_clean = path.isprintable() and "\\" not in path and "//" not in path
    if not is_clean or not wanted.isprintable() or "\\" in wanted or len(wanted) > 500:
        return None
    if posixpath.normpath(path) != path.rstrip("/") or not path.startswith(below):
        return None
    return wanted


def _taken_apart(text: str) -> tuple[SplitResult, int]:
    """The parts of an http(s) address without a name, password or wildcard, and its port."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise BadOrigin(text) from None
    if parts.scheme not in PORTS or not parts.hostname or "@" in parts.netloc or "*" in text:
        raise BadOrigin(text)
    return parts, PORTS[parts.scheme] if port is None else port
