"""What did the client send, and is it too much? Read on the loop, before any thread is taken."""

import asyncio
import io
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from handrail.config.serving.asgi_types import Receive, Scope

IN_MEMORY = 256 * 1024
"""A larger body goes to a temporary file, so that a hundred uploads do not fill the memory."""

PATIENCE_SECONDS = 30
"""How long the next piece of a body may take before we give the client up."""


class ClientLeft(Exception):
    """The client went away before it had sent everything: there is nobody to answer."""


class TooSlow(Exception):
    """The client stopped sending (RFC 9110, 15.5.9)."""


class TooLarge(Exception):
    """The body is larger than its kind may be (RFC 9110, 15.5.14)."""


@dataclass(frozen=True)
class BodyLimits:
    """The largest body in bytes that we take. A form with files announces itself as multipart."""

    plain: int
    multipart: int

    def of(self, content_type: bytes) -> int:
        is_multipart = content_type.lower().startswith(b"multipart/form-data")
        return self.multipart if is_multipart else self.plain


async def read_body(scope: Scope, receive: Receive, limits: BodyLimits) -> tuple[IO[bytes], int]:
    """The whole body as a file, and its length; raises ClientLeft, TooSlow or TooLarge.

    What announces itself as too large is refused before a byte of it is read.
    """
    headers = dict(scope["headers"])
    announced = headers.get(b"content-length")
    if announced is None and b"transfer-encoding" not in headers:
        return io.BytesIO(), 0
    most = limits.of(headers.get(b"content-type", b""))
    if announced is not None and int(announced) > most:
        raise TooLarge
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)
    try:
        return body, await _fill(body, receive, most)
    except BaseException:
        body.close()
        raise


async def _fill(body: IO[bytes], receive: Receive, most: int) -> int:
    length = 0
    while True:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                message = await receive()
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            raise ClientLeft
        piece = message.get("body", b"")
        length += len(piece)
        if length > most:
            raise TooLarge
        body.write(piece)
        if not message.get("more_body", False):
            body.seek(0)
            return length
