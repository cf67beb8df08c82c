"""How long may the endpoint take, and how much may it send? A connection with limits.

The SDK's own timeouts begin anew with every byte, and its decoder waits for the end of a line
however long it is: an endpoint that drips, or sends without end, would hold a thread for ever.
Here every wait ends at a deadline, and every byte is counted, before the library sees it.
"""

import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import httpcore2
import httpx
import httpx2

from handrail.base import outbound

CONNECT_SECONDS = 5.0
STALL_SECONDS = 10.0
"""From one piece of the answer to the next."""
MOST_BYTES = 2 * 1024 * 1024
"""Of a whole answer with its headers: a piece of a few letters comes in some 300 bytes."""


class TooMuch(Exception):
    """The endpoint sent more than MOST_BYTES."""


class Clock:
    """When the patience with one answer ends. Signs of life do not count, only what it says."""

    def __init__(self, seconds: float) -> None:
        """`seconds` for the whole answer, half of it for the first piece."""
        now = time.monotonic()
        self.end = now + seconds
        self._next = now + seconds / 2

    def said_something(self) -> None:
        self._next = time.monotonic() + STALL_SECONDS

    @property
    def deadline(self) -> float:
        return min(self.end, self._next)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.deadline

    def left(self) -> float:
        """Seconds to wait at most; raises TimeoutError when there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Transport(httpx2.BaseTransport):
    """One connection to where the operator says, which may be inside the own network. Nothing is
    followed, no proxy of the environment is asked, nothing is unpacked."""

    def __init__(self, clock: Clock) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(), max_connections=1, network_backend=_Backend(clock)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        assert isinstance(request.stream, httpx2.SyncByteStream)  # noqa: S101  ours is never async
        answer = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        assert isinstance(answer.stream, Iterable)  # noqa: S101  nor is what comes back
        packed = {name.lower(): value for name, value in answer.headers}.get(b"content-encoding")
        if packed not in (None, b"identity"):  # it was not asked for, and may be a bomb
            answer.close()
            raise httpcore2.RemoteProtocolError("packed")
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        until = min(self._clock.deadline, time.monotonic() + CONNECT_SECONDS)
        addresses = outbound.resolved(host, port, until)
        for address in addresses[:-1]:
            try:
                return self._connected(address, port, until, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue  # a name may have an address of a kind that this machine has no way to
        return self._connected(addresses[-1], port, until, socket_options)

    def _connected(
        self, address: str, port: int, until: float, socket_options: Any
    ) -> httpcore2.NetworkStream:
        left = until - time.monotonic()
        if left <= 0:
            raise httpcore2.ConnectTimeout
        stream = self._backend.connect_tcp(
            address, port, timeout=left, socket_options=socket_options
        )
        return _Stream(stream, self._clock)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._bytes = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        read = self._stream.read(max_bytes, timeout=self._clock.left())
        self._bytes += len(read)
        if self._bytes > MOST_BYTES:
            raise TooMuch
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname=server_hostname, timeout=self._clock.left()
        )
        return _Stream(stream, self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """As every outgoing request of the hub; made once, since it reads all authorities."""
    return httpx.create_ssl_context()
