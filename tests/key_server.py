"""How does a test's host publish its keys? By a real server, which counts how often it is asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


class KeyServer:
    """A JWKS on loopback. `answer` is what it sends next: a status, headers and a body."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        self.answer: tuple[int, dict[str, str], bytes] = (404, {}, b"")

    @property
    def door(self) -> str:
        """What the operator allows in HANDRAIL_OUTBOUND_ALLOW."""
        return f"localhost:{self.port}"

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/keys"

    def publish(self, *keys: dict[str, Any]) -> None:
        self.answer = (200, {}, json.dumps({"keys": keys}).encode())


def published(
    key: RSAPrivateKey | EllipticCurvePrivateKey, kid: str, **more: Any
) -> dict[str, Any]:
    """The public half of a key as a JWKS lists it (RFC 7517)."""
    public = key.public_key()
    algorithm: Any = jwt.get_algorithm_by_name(
        "RS256" if isinstance(key, RSAPrivateKey) else "ES256"
    )
    return {**algorithm.to_jwk(public, as_dict=True), "kid": kid, **more}


@contextmanager
def key_server() -> Iterator[KeyServer]:
    """A server for the length of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            status, headers, body = server.answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        server = KeyServer(running.server_port)
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            running.shutdown()
            thread.join()
