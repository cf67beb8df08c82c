"""Does a thread only ever work? What comes is whole before, and what leaves needs it no more."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from handrail.config.bucket import Bucket
from handrail.config.serving import BodyLimits, ThreadedPages, bodies, pages

LIMITS = BodyLimits(plain=100, multipart=1000)
MULTIPART = (b"content-type", b"multipart/form-data; boundary=b")

View = Callable[[dict[str, Any]], HttpResponseBase]


class Exchange:
    """One request of a client that says exactly this, and what it is answered."""

    def __init__(self, view: View, *, threads: int = 1, scheme: str = "http") -> None:
        self.environ: dict[str, Any] = {}
        self.view = view
        self.pages = ThreadedPages(self._django, threads=threads, limits=LIMITS, scheme=scheme)
        self.sent: list[dict[str, Any]] = []
        self.reads = 0

    def _django(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        self.environ = environ
        response = self.view(environ)
        cookies = [("Set-Cookie", c.output(header="")) for c in response.cookies.values()]
        start_response(
            f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies]
        )
        return response

    def ask(
        self,
        pieces: Iterable[bytes | None] = (b"",),
        *,
        method: str = "GET",
        path: str = "/",
        headers: Iterable[tuple[bytes, bytes]] = (),
    ) -> None:
        """`pieces` of the body arrive one by one; at a None, or at their end, the client stays
        silent or leaves.
        """
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "query_string": b"q=1",
            "headers": list(headers),
            "server": ("127.0.0.1", 8000),
            "client": ("192.0.2.1", 50000),
        }
        asyncio.run(self._ask(scope, list(pieces)))

    async def _ask(self, scope: dict[str, Any], pieces: list[bytes | None]) -> None:
        async def receive() -> dict[str, Any]:
            self.reads += 1
            if not pieces:
                return await self._leave()
            piece = pieces.pop(0)
            if piece is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

        async def send(message: Any) -> None:
            self.sent.append(message)

        await self.pages(scope, receive, send)

    async def _leave(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


def echo(environ: dict[str, Any]) -> HttpResponse:
    return HttpResponse(environ["wsgi.input"].read(), content_type="text/plain")


# --- what comes -----------------------------------------------------------------------------


def test_a_body_that_comes_in_pieces_reaches_the_view_whole() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"one ", b"two"], headers=[(b"content-length", b"7")])
    assert (exchange.status, exchange.body) == (200, b"one two")
    assert exchange.environ["CONTENT_LENGTH"] == "7"


def test_a_chunked_body_gets_the_length_that_django_needs_to_read_it() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"one ", b"two"], headers=[(b"transfer-encoding", b"chunked")])
    assert exchange.environ["CONTENT_LENGTH"] == "7"
    assert exchange.body == b"one two"


def test_no_thread_is_taken_while_a_client_sends() -> None:
    """One thread, one upload that stops half-way, and another request that is answered."""
    exchange = Exchange(echo)

    async def both() -> None:
        stuck = asyncio.create_task(
            exchange._ask(_scope([(b"content-length", b"9")]), [b"half"])  # then silence
        )
        await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            await exchange._ask(_scope([]), [b""])
        stuck.cancel()

    asyncio.run(both())
    assert exchange.status == 200


def test_a_client_that_leaves_half_way_reaches_no_view() -> None:
    """A half-sent file must not be kept as a whole one."""
    exchange = Exchange(echo)
    exchange.ask([b"half", None], headers=[(b"content-length", b"9")])
    assert exchange.sent == []
    assert exchange.environ == {}


def test_a_client_that_stops_sending_is_told_that_it_took_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE_SECONDS", 0.05)
    exchange = Exchange(echo)
    exchange.ask([], headers=[(b"content-length", b"9")])
    assert exchange.status == 408
    assert exchange.headers[b"connection"] == b"close"


def test_a_body_that_announces_itself_too_large_is_refused_unread() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"x" * 101], headers=[(b"content-length", b"101")])
    assert exchange.environ[pages.TOO_LARGE] is True
    assert exchange.reads == 0


def test_a_body_that_grows_too_large_is_refused_as_soon_as_it_is() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"x" * 60] * 9, headers=[(b"transfer-encoding", b"chunked")])
    assert exchange.environ[pages.TOO_LARGE] is True
    assert exchange.reads == 2


def test_a_form_with_files_may_be_larger_than_other_bodies() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"x" * 900], headers=[(b"content-length", b"900"), MULTIPART])
    assert pages.TOO_LARGE not in exchange.environ
    assert len(exchange.body) == 900


def test_what_is_refused_comes_to_django_without_its_body() -> None:
    exchange = Exchange(echo)
    exchange.ask([b"x" * 1001], headers=[(b"content-length", b"1001"), MULTIPART])
    assert exchange.body == b""


# --- how it looks to Django -----------------------------------------------------------------


def test_a_header_with_underscores_cannot_stand_for_one_with_hyphens() -> None:
    """Class 24: it would pass a proxy that replaces X-Forwarded-For."""
    exchange = Exchange(echo)
    exchange.ask(headers=[(b"x_forwarded_for", b"1.2.3.4"), (b"x-forwarded-for", b"192.0.2.9")])
    assert exchange.environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.9"


def test_the_peer_is_the_peer_whoever_it_says_that_it_stands_for() -> None:
    exchange = Exchange(echo)
    exchange.ask(headers=[(b"x-forwarded-for", b"1.2.3.4")])
    assert exchange.environ["REMOTE_ADDR"] == "192.0.2.1"


def test_the_scheme_is_that_of_our_public_address() -> None:
    exchange = Exchange(echo, scheme="https")
    exchange.ask(headers=[(b"x-forwarded-proto", b"http")])
    assert exchange.environ["wsgi.url_scheme"] == "https"


def test_cookies_in_two_headers_are_all_there() -> None:
    exchange = Exchange(echo)
    exchange.ask(headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2")])
    assert exchange.environ["HTTP_COOKIE"] == "a=1; b=2"


def test_a_path_may_hold_any_letter() -> None:
    exchange = Exchange(echo)
    exchange.ask(path="/help/żółw")
    assert exchange.environ["PATH_INFO"].encode("latin-1").decode() == "/help/żółw"


# --- what leaves ----------------------------------------------------------------------------


def test_an_answer_says_how_long_it_is() -> None:
    exchange = Exchange(lambda environ: HttpResponse("four"))
    exchange.ask()
    assert exchange.headers[b"content-length"] == b"4"


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_body_does_not_say_how_long_it_is(status: int) -> None:
    exchange = Exchange(lambda environ: HttpResponse(status=status))
    exchange.ask()
    assert b"content-length" not in exchange.headers


def test_every_cookie_has_a_header_of_its_own() -> None:
    def two(environ: dict[str, Any]) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("a", "1")
        response.set_cookie("b", "2")
        return response

    exchange = Exchange(two)
    exchange.ask()
    assert len([name for name, _ in exchange.sent[0]["headers"] if name == b"set-cookie"]) == 2


def test_what_django_streams_is_sent_whole() -> None:
    exchange = Exchange(lambda environ: StreamingHttpResponse(iter([b"a", b"b"])))
    exchange.ask()
    assert exchange.body == b"ab"


def test_a_file_in_memory_is_sent_whole() -> None:
    exchange = Exchange(lambda environ: FileResponse(ContentFile(b"content")))
    exchange.ask()
    assert exchange.body == b"content"


def test_a_file_on_disk_leaves_in_blocks_and_is_closed(tmp_path: Path) -> None:
    path, before = _file(tmp_path), _open_files()
    exchange = Exchange(lambda environ: FileResponse(path.open("rb")))
    exchange.ask()
    assert exchange.body == path.read_bytes()
    assert len(exchange.sent) == 5  # head, three blocks, end
    assert exchange.headers[b"content-length"] == str(path.stat().st_size).encode()
    assert _open_files() == before


@pytest.mark.once
def test_a_file_of_a_bucket_leaves_as_one_on_disk(bucket: Bucket) -> None:
    default_storage.save("ab/abc", ContentFile(b"x" * 600_000))

    def view(environ: dict[str, Any]) -> FileResponse:
        return FileResponse(default_storage.open("ab/abc"))

    Exchange(view).ask()  # the store's client keeps the connection of a first download
    before, exchange = _open_files(), Exchange(view)
    exchange.ask()
    assert exchange.body == b"x" * 600_000
    assert len(exchange.sent) == 5  # head, three blocks, end
    assert exchange.headers[b"content-length"] == b"600000"
    # The store of these tests is in this process, and closes its side when it comes to it.
    _wait_until_open(before)
    assert _open_files() == before


def test_head_reads_no_file(tmp_path: Path) -> None:
    path = _file(tmp_path)
    exchange = Exchange(lambda environ: FileResponse(path.open("rb")))
    exchange.ask(method="HEAD")
    assert exchange.body == b""
    assert exchange.headers[b"content-length"] == str(path.stat().st_size).encode()


def test_no_more_of_a_file_is_read_when_the_client_has_left(tmp_path: Path) -> None:
    path, before = _file(tmp_path), _open_files()
    exchange = Exchange(lambda environ: FileResponse(path.open("rb")))
    exchange.ask([b"", None])
    assert len(exchange.body) < path.stat().st_size
    assert _open_files() == before


def test_a_response_is_closed_in_the_thread_that_made_it(tmp_path: Path) -> None:
    """Else the thread would keep its connection to the database."""
    path, threads = _file(tmp_path), []

    class Seen(FileResponse):
        def close(self) -> None:
            threads.append(threading.current_thread().name)
            super().close()

    def view(environ: dict[str, Any]) -> HttpResponseBase:
        threads.append(threading.current_thread().name)
        return Seen(path.open("rb"))

    Exchange(view).ask()
    assert threads[0].startswith("page")
    assert set(threads) == {threads[0]}


def test_requests_beyond_the_threads_wait_for_their_turn() -> None:
    most, at_work = 0, 0
    lock = threading.Lock()

    def view(environ: dict[str, Any]) -> HttpResponse:
        nonlocal most, at_work
        with lock:
            at_work += 1
            most = max(most, at_work)
        time.sleep(0.02)
        with lock:
            at_work -= 1
        return HttpResponse("done")

    exchange = Exchange(view, threads=2)

    async def many() -> None:
        await asyncio.gather(*(exchange._ask(_scope([]), [b""]) for _ in range(8)))

    asyncio.run(many())
    assert most == 2
    assert exchange.body == b"done" * 8


def _scope(headers: list[tuple[bytes, bytes]]) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": headers,
        "server": None,
        "client": None,
    }


def _file(folder: Path) -> Path:
    path = folder / "file"
    path.write_bytes(os.urandom(pages.FILE_BLOCK * 2 + 100))
    return path


def _wait_until_open(files: int) -> None:
    until = time.monotonic() + 5
    while _open_files() != files and time.monotonic() < until:
        time.sleep(0.02)


def _open_files() -> int:
    return len(os.listdir("/proc/self/fd"))
