"""How is a plain request answered? By Django's WSGI handler, on a bounded pool of threads."""

import asyncio
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse

from django.http.response import HttpResponseBase

from handrail.config.serving.asgi_types import Receive, Scope, Send
from handrail.config.serving.bodies import BodyLimits, ClientLeft, TooLarge, TooSlow, read_body
from handrail.config.serving.environ import Environ, environ_of

Django = Callable[[Environ, StartResponse], HttpResponseBase]
"""Django's WSGI handler, which returns the response itself as the iterable of WSGI."""

TOO_LARGE = "handrail.too_large"
"""In the environ of a request whose body we refused: `RequestMiddleware` answers it with 413."""

FILE_BLOCK = 256 * 1024

WITHOUT_LENGTH = {204, 304}
"""Statuses whose answers have no body, and so do not say how long it is (RFC 9110, 8.6)."""


@dataclass(frozen=True)
class OpenFile:
    """A file on disk that is still to be sent; whoever sends it closes the descriptor."""

    descriptor: int
    start: int


@dataclass(frozen=True)
class Answer:
    """What Django said, with nothing left for its thread to do."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes | OpenFile


REQUEST_TIMEOUT = Answer(408, [(b"connection", b"close"), (b"content-length", b"0")], b"")


class ThreadedPages:
    """An ASGI application, HTTP only: Django at work in at most `threads` threads.

    `scheme` is that of our public address. What Django streams is gathered before it is sent,
    unless it is a file on disk: nothing that we serve is made while it is read.
    """

    def __init__(self, django: Django, *, threads: int, limits: BodyLimits, scheme: str) -> None:
        self.django = django
        self.limits = limits
        self.scheme = scheme
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            environ = await self._environ(scope, receive)
        except ClientLeft:
            return
        except TooSlow:
            await _send(send, REQUEST_TIMEOUT)
            return
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self.pool, self._work, environ)
        if isinstance(answer.body, OpenFile):
            await _send_file(answer, answer.body, scope, receive, send)
        else:
            await _send(send, answer)

    def close(self) -> None:
        """Ends the threads after the work at hand; what still waits for one is dropped."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    async def _environ(self, scope: Scope, receive: Receive) -> Environ:
        """The request for Django; one that is too large comes without its body."""
        try:
            body, length = await read_body(scope, receive, self.limits)
        except TooLarge:
            return environ_of(scope, io.BytesIO(), 0, self.scheme) | {TOO_LARGE: True}
        return environ_of(scope, body, length, self.scheme)

    def _work(self, environ: Environ) -> Answer:
        """In a thread of the pool. The response is closed here too, since the thread's database
        connection goes back to its pool by that.
        """
        headers: list[tuple[str, str]] = []

        def start_response(status: str, given: Any, error: Any = None, /) -> Any:
            headers.extend(given)

        response = self.django(environ, start_response)
        try:
            return _answer(response, headers)
        finally:
            response.close()
            environ["wsgi.input"].close()


def _answer(response: HttpResponseBase, given: list[tuple[str, str]]) -> Answer:
    status = response.status_code
    headers = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in given]
    if file := _file_of(response):
        return Answer(status, headers, file)
    body = b"".join(response)
    if status not in WITHOUT_LENGTH and not response.has_header("Content-Length"):
        headers.append((b"content-length", b"%d" % len(body)))
    return Answer(status, headers, body)


def _file_of(response: Any) -> OpenFile | None:
    """The file of a FileResponse, where it is one of the operating system's, as a copy of its
    descriptor: Django closes its own.
    """
    file = getattr(response, "file_to_stream", None)
    try:
        return OpenFile(os.dup(file.fileno()), file.tell()) if file else None
    except (AttributeError, io.UnsupportedOperation):  # in memory
        return None


async def _send(send: Send, answer: Answer) -> None:
    await send(_start(answer))
    await send({"type": "http.response.body", "body": answer.body})


async def _send_file(
    answer: Answer, file: OpenFile, scope: Scope, receive: Receive, send: Send
) -> None:
    """Block by block, as fast as the client takes it, and no further once the client has left."""
    left = asyncio.ensure_future(_until_left(receive))
    try:
        await send(_start(answer))
        at = file.start
        while scope["method"] != "HEAD" and not left.done():
            block = await asyncio.to_thread(os.pread, file.descriptor, FILE_BLOCK, at)
            if not block:
                break
            await send({"type": "http.response.body", "body": block, "more_body": True})
            at += len(block)
        await send({"type": "http.response.body", "body": b""})
    finally:
        left.cancel()
        os.close(file.descriptor)


async def _until_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(answer: Answer) -> dict[str, Any]:
    return {
        "type": "http.response.start",
        "status": answer.status,
        "headers": answer.headers,
    }
