"""How does a page's socket speak, at hardly any cost? RFC 6455, as far as our client needs it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from handrail.config.bench.servers import HOST

KEY = "aGFuZHJhaWwtYmVuY2gtMQ=="
"""Any 16 bytes: this client knows whom it talks to."""

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class Wire(asyncio.Protocol):
    """One connection. `heard(content)` for each message, `ended(code)` once."""

    def __init__(
        self, heard: Callable[[dict[str, Any]], None], ended: Callable[[int], None]
    ) -> None:
        self._heard = heard
        self._ended = ended
        self._buffer = b""
        self._is_open = False
        self._code = 1006
        self._transport: asyncio.Transport | None = None
        self.opened = asyncio.get_running_loop().create_future()

    def say(self, content: dict[str, Any]) -> None:
        self._send(TEXT, json.dumps(content).encode())

    def close(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for mypy
        self._transport = transport

    def ask(self, path: str, port: int, cookie: str) -> None:
        """The handshake."""
        assert self._transport  # noqa: S101 - for mypy
        lines = (
            f"GET {path} HTTP/1.1",
            f"Host: {HOST}:{port}",
            f"Origin: http://{HOST}:{port}",
            f"Cookie: {cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {KEY}",
            "Sec-WebSocket-Version: 13",
        )
        self._transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self._is_open, self._buffer = head.startswith(b"HTTP/1.1 101"), rest
            if not self._is_open:
                self.close()
                return
            if not self.opened.done():
                self.opened.set_result(True)
        while frame := self._frame():
            self._take(*frame)

    def connection_lost(self, trouble: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_result(False)
        self._ended(self._code)

    def _frame(self) -> tuple[int, bytes] | None:
        """The next whole one. A server neither masks nor, to us, divides."""
        data = self._buffer
        if len(data) < 2:
            return None
        size, at = data[1] & 127, 2
        if size >= 126:
            at = 4 if size == 126 else 10
            size = int.from_bytes(data[2:at], "big")
        if len(data) < at + size:
            return None
        self._buffer = data[at + size :]
        return data[0] & 15, data[at : at + size]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self._heard(json.loads(payload))
        elif kind == PING:
            self._send(PONG, payload)
        elif kind == CLOSE:
            self._code = int.from_bytes(payload[:2], "big")
            self.close()

    def _send(self, kind: int, payload: bytes) -> None:
        """Masked with zeros, which changes nothing: it keeps proxies safe, and there is none."""
        if self._transport is None or self._transport.is_closing():
            return
        size = len(payload)
        if size < 126:
            head = bytes((0x80 | kind, 0x80 | size))
        else:
            head = bytes((0x80 | kind, 0x80 | 126)) + size.to_bytes(2, "big")
        self._transport.write(head + b"\0\0\0\0" + payload)


async def connect(
    path: str,
    port: int,
    cookie: str,
    heard: Callable[[dict[str, Any]], None],
    ended: Callable[[int], None],
) -> Wire | None:
    """An open socket, or None where nobody answers as one."""
    loop = asyncio.get_running_loop()
    try:
        _transport, wire = await loop.create_connection(lambda: Wire(heard, ended), HOST, port)
    except OSError:
        return None
    wire.ask(path, port, cookie)
    return wire if await wire.opened else None
