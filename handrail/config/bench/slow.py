"""How long do others wait while slow clients send files? One more upload than there are threads."""

import asyncio
import socket
import statistics
import time
from dataclasses import dataclass

from websockets.sync.client import connect
from websockets.typing import Origin

from handrail.config.bench import load
from handrail.config.bench.rows import Visitor
from handrail.config.bench.servers import HOST, Installation, Server

UPLOADS = 20
"""More than a hub has threads by default."""

PIECES = b"-" * 1000
ANNOUNCED = 1_000_000
PAGES = 100


@dataclass(frozen=True)
class Waiting:
    """Milliseconds, in quiet and while `uploads` clients each hold an upload open."""

    uploads: int
    page_quiet_p50: float
    page_quiet_p99: float
    page_busy_p50: float
    page_busy_p99: float
    socket_quiet: float
    socket_busy: float


def measure(installation: Installation, visitor: Visitor) -> Waiting:
    with installation.hub() as server:
        quiet, socket_quiet = _page(server, visitor), _socket(server, visitor)
        uploads = [_begin_upload(server, visitor) for _ in range(UPLOADS)]
        busy, socket_busy = _page(server, visitor), _socket(server, visitor)
        for upload in uploads:
            upload.close()
    return Waiting(
        uploads=UPLOADS,
        page_quiet_p50=round(quiet.percentile(50), 1),
        page_quiet_p99=round(quiet.percentile(99), 1),
        page_busy_p50=round(busy.percentile(50), 1),
        page_busy_p99=round(busy.percentile(99), 1),
        socket_quiet=socket_quiet,
        socket_busy=socket_busy,
    )


def _page(server: Server, visitor: Visitor) -> load.Timing:
    return asyncio.run(
        load.get(server.port, "/help/tickets/", visitor.headers, PAGES, connections=1)
    )


def _begin_upload(server: Server, visitor: Visitor) -> socket.socket:
    """Announces a file and sends its beginning, as over a bad line; the rest never comes."""
    lines = [
        "POST /help/tickets/files/ HTTP/1.1",
        f"Host: {HOST}:{server.port}",
        f"Origin: http://{HOST}:{server.port}",
        "Content-Type: multipart/form-data; boundary=b",
        f"Content-Length: {ANNOUNCED}",
        *(f"{name}: {value}" for name, value in visitor.headers.items()),
    ]
    opened = socket.create_connection((HOST, server.port))
    opened.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + PIECES)
    return opened


def _socket(server: Server, visitor: Visitor) -> float:
    """How long a page takes to follow something, from connecting on."""
    address = f"{HOST}:{server.port}"
    headers = {"Cookie": visitor.headers["Cookie"]}
    each = []
    for _ in range(10):
        began = time.perf_counter()
        with connect(
            f"ws://{address}/help/live",
            origin=Origin(f"http://{address}"),
            additional_headers=headers,
            proxy=None,
        ) as opened:
            opened.send('{"type": "follow", "topic": "nothing:"}')
            opened.recv(timeout=30)
            each.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(each), 1)
