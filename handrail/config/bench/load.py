"""How fast are the answers? A client so plain that it hardly costs what it measures."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

CONNECTIONS = 4


class WrongAnswer(Exception):
    """An answer that is not 200: the figures would be those of an error page."""


@dataclass(frozen=True)
class Timing:
    """How long `count` requests took, one after the other on each of a few connections."""

    count: int
    seconds: float
    each_ms: list[float]
    """Sorted."""

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    def percentile(self, percent: float) -> float:
        """The milliseconds within which so many of the answers came."""
        return self.each_ms[min(int(self.count * percent / 100), self.count - 1)]


async def get(
    port: int, path: str, headers: Mapping[str, str], count: int, connections: int = CONNECTIONS
) -> Timing:
    """Asks for one page `count` times over kept connections; raises WrongAnswer."""
    request = _request(port, path, headers)
    return await _timed(port, lambda: request, count, connections)


async def post(
    port: int, path: str, headers: Mapping[str, str], count: int, body: Callable[[], str]
) -> Timing:
    """Sends a form `count` times, each time with a body of its own; raises WrongAnswer."""

    def request() -> bytes:
        return _request(port, path, headers, body().encode())

    return await _timed(port, request, count, CONNECTIONS)


async def _timed(port: int, request: Callable[[], bytes], count: int, connections: int) -> Timing:
    each_ms: list[float] = []
    began = time.perf_counter()
    share = count // connections
    await asyncio.gather(*(_ask(port, request, share, each_ms) for _ in range(connections)))
    return Timing(len(each_ms), time.perf_counter() - began, sorted(each_ms))


async def _ask(port: int, request: Callable[[], bytes], count: int, each_ms: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for _ in range(count):
            sent = request()
            began = time.perf_counter()
            writer.write(sent)
            await _read_answer(reader)
            each_ms.append((time.perf_counter() - began) * 1000)
    finally:
        writer.close()
        await writer.wait_closed()


async def _read_answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise WrongAnswer(head.partition(b"\r\n")[0].decode())
    _, found, rest = head.partition(b"\r\ncontent-length: ")
    if found:
        await reader.readexactly(int(rest.partition(b"\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):  # chunked (RFC 9112, 7.1)
        await reader.readexactly(size + 2)
    await reader.readline()


def _request(port: int, path: str, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
    """As long as a browser's, since headers cost something too."""
    sent = {
        "Host": f"127.0.0.1:{port}",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-GB,en;q=0.8,de;q=0.5",
        "Accept-Encoding": "gzip, deflate, br",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Site": "same-origin",
        **headers,
    }
    if body is not None:
        sent["Content-Length"] = str(len(body))
    method = "GET" if body is None else "POST"
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + (body or b"")
