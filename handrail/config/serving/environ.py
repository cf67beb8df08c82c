"""How does a request of ASGI look in WSGI? (PEP 3333.)"""

import sys
from functools import lru_cache
from typing import IO, Any

from handrail.config.serving.asgi_types import Scope

Environ = dict[str, Any]

UNPREFIXED = {"CONTENT_TYPE", "CONTENT_LENGTH"}


def environ_of(scope: Scope, body: IO[bytes], length: int, scheme: str) -> Environ:
    """The request as Django's WSGI handler reads it.

    `scheme` is that of our public address: whether a proxy in front speaks TLS for us is the
    operator's word, not a header's. REMOTE_ADDR is the peer, which may be that proxy:
    `base.limits.client_address` says who stands behind it.
    """
    server, client = scope.get("server"), scope.get("client")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0] if server else "localhost",
        "SERVER_PORT": str(server[1]) if server else "80",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        if key := _key(name):
            text = value.decode("latin-1")
            environ[key] = _joined(key, environ[key], text) if key in environ else text
    if length:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


@lru_cache(maxsize=512)
def _key(name: bytes) -> str | None:
    """The variable of a header; None for one with an underscore.

    WSGI writes `X-Forwarded-For` and `X_Forwarded_For` alike: a proxy that replaces the first
    lets the second through, and a client could say who it is.
    """
    if b"_" in name:
        return None
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in UNPREFIXED else f"HTTP_{key}"


def _joined(key: str, earlier: str, value: str) -> str:
    """A header that came twice (RFC 9110, 5.3); cookies have a comma of their own (RFC 9113)."""
    return f"{earlier}; {value}" if key == "HTTP_COOKIE" else f"{earlier},{value}"
