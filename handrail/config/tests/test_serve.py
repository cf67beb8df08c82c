"""Does `handrail serve` keep its word as a real process: under load, under signals, in a crowd?"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from handrail.config.bench.rows import Visitor
from handrail.config.management.commands.serve import embedded_worker
from handrail.engines.conversations.files import most_bytes
from handrail.engines.tasks import task
from tests.object_store import ObjectStore
from tests.servers import postgres
from tools import processes

pytestmark = pytest.mark.once

PYTHON = [sys.executable, "-m", "handrail"]
THREADS = 2


class Hub:
    """A running hub with the bench's member in it."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", port: int, visitor: Visitor, log: Path
    ) -> None:
        self.process = process
        self.port = port
        self.visitor = visitor
        self.log = log
        self.address = f"http://127.0.0.1:{port}"

    def get(self, path: str, **headers: str) -> httpx.Response:
        sent = {**self.visitor.headers, **headers}
        return httpx.get(self.address + path, headers=sent, trust_env=False, timeout=10)

    def send_up(self, name: str, content: bytes) -> httpx.Response:
        """Sends a file up as a page does."""
        sent = {**self.visitor.headers, "Origin": self.address}
        url, files = self.address + "/help/tickets/files/", {"files": (name, content)}
        return httpx.post(url, headers=sent, files=files, trust_env=False, timeout=30)

    def live(self) -> ClientConnection:
        """A socket of the member's, as a page opens it."""
        return connect(
            f"ws://127.0.0.1:{self.port}/help/live",
            origin=Origin(self.address),
            additional_headers={"Cookie": self.visitor.headers["Cookie"]},
            proxy=None,
        )

    def post_head(self, path: str, length: int, kind: str) -> socket.socket:
        """Announces a body of this length, and sends none of it."""
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: {self.address}",
            f"Content-Type: {kind}",
            f"Content-Length: {length}",
            *(f"{name}: {value}" for name, value in self.visitor.headers.items()),
        ]
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        opened.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        return opened


Start = Callable[..., AbstractContextManager[Hub]]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Starts `handrail serve` on a copy of the same data; keywords are environment variables."""
    filled = tmp_path_factory.mktemp("filled")
    made = subprocess.run(
        [*PYTHON, "bench", "rows"], env=_environment(filled, 0), capture_output=True, check=True
    )
    visitor = Visitor(**json.loads(made.stdout.splitlines()[-1]))

    @contextmanager
    def started(*options: str, **chosen: str) -> Iterator[Hub]:
        folder, port = tmp_path_factory.mktemp("hub"), processes.free_port()
        shutil.copytree(filled, folder, dirs_exist_ok=True)
        env, log = _environment(folder, port) | chosen, folder / "log"
        with processes.running([*PYTHON, "serve", *options], env=env, log=log) as process:
            address = f"http://127.0.0.1:{port}/healthz"
            processes.wait_until(lambda: processes.answers(address), process, "The hub")
            yield Hub(process, port, visitor, log)

    return started


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "HANDRAIL_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'handrail.sqlite3'}",
        "HANDRAIL_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
        "HANDRAIL_THREADS": str(THREADS),
        "EMAIL_URL": "dummy:",
        "LOG_FORMAT": "json",
    }


@pytest.fixture(scope="module")
def hub(start: Start) -> Iterator[Hub]:
    with start() as running:
        yield running


# --- under load -----------------------------------------------------------------------------


def test_hanging_uploads_keep_neither_pages_nor_sockets_waiting(hub: Hub) -> None:
    """Four times as many as there are threads."""
    with ExitStack() as uploads:
        for _ in range(4 * THREADS):
            upload = hub.post_head("/help/tickets/files/", 1000, "multipart/form-data; boundary=b")
            uploads.enter_context(upload)
            upload.sendall(b"half")
        assert hub.get(hub.visitor.ticket_path).status_code == 200
        with hub.live() as opened:
            opened.send('{"type": "follow", "topic": "no such topic"}')
            assert json.loads(opened.recv(timeout=10)) == {"type": "refused"}


@pytest.mark.parametrize(
    ("path", "length", "kind"),
    [
        ("/help/tickets/files/", most_bytes() + 2 * 1024 * 1024, "multipart/form-data; boundary=b"),
        ("/help/tickets/new", 2 * 1024 * 1024, "application/x-www-form-urlencoded"),
        ("/help/session", 2 * 1024 * 1024, "application/json"),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_sent(
    hub: Hub, path: str, length: int, kind: str
) -> None:
    with hub.post_head(path, length, kind) as opened:
        head, _, body = _read_answer(opened).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"content-security-policy: " in head.lower()
    assert b"larger than we accept" in body


@pytest.mark.parametrize("most", [1, 30])
def test_the_operator_says_how_large_a_file_may_be(start: Start, most: int) -> None:
    """A body with the largest file is taken, and what cannot be one is not even read."""
    with start(HANDRAIL_MOST_FILE_MB=str(most)) as hub:
        taken = hub.send_up("large.txt", b"x" * most * 1024 * 1024)
        assert 'name="attachments"' in taken.text
        over = hub.send_up("larger.txt", b"x" * (most * 1024 * 1024 + 1))
        assert f"is larger than {most} MB" in over.text
        length = (most + 2) * 1024 * 1024
        kind = "multipart/form-data; boundary=b"
        with hub.post_head("/help/tickets/files/", length, kind) as opened:
            assert _read_answer(opened).startswith(b"HTTP/1.1 413 ")
        assert f"{most} MB each" in hub.get("/help/tickets/?createTicket=true").text


def test_a_file_goes_into_a_bucket_and_comes_back(start: Start, object_store: ObjectStore) -> None:
    """In blocks: a hub with four large files on their way holds none of them in its memory."""
    content = b"0123456789abcdef" * (20 * 1024 * 1024 // 16)
    with start(S3_URL=object_store.new_bucket()) as hub:
        idle = _memory(hub)
        [public_id] = re.findall(r'value="([\w-]{22})"', hub.send_up("large.txt", content).text)
        path = f"/help/tickets/files/{public_id}/"
        with ThreadPoolExecutor(4) as readers:
            answers = list(readers.map(hub.get, [path] * 4))
        for answer in answers:
            assert answer.content == content
            assert answer.headers["content-length"] == str(len(content))
            assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
            assert answer.headers["content-disposition"] == 'attachment; filename="large.txt"'
        assert _memory(hub) - idle < 80, "the bucket's client and some blocks, no files"
        assert hub.get(path, Cookie="").status_code == 401


def _memory(hub: Hub) -> float:
    """What the server's process holds, in MB."""
    pages = int(Path(f"/proc/{hub.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def test_every_answer_has_an_id_and_a_length(hub: Hub) -> None:
    answer = hub.get("/help/tickets/")
    assert answer.headers["x-request-id"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "transfer-encoding" not in answer.headers


def test_behind_tls_a_proxy_need_not_say_so(start: Start) -> None:
    """Whether browsers speak https is known from HANDRAIL_URL."""
    with start(HANDRAIL_URL="https://help.example") as hub:
        answer = hub.get("/healthz", host="help.example")
    assert "strict-transport-security" in answer.headers


def test_without_its_database_the_hub_says_so_and_lives_on(start: Start) -> None:
    with ExitStack() as database, start(DATABASE_URL=database.enter_context(postgres())) as hub:
        assert hub.get("/help/").status_code == 200
        database.close()
        answer = hub.get("/help/")
        assert answer.status_code == 503
        assert "One moment, please" in answer.text
        assert hub.get("/readyz").json() == {"database": False, "cache": True}
        assert hub.get("/healthz").status_code == 200


# --- under signals --------------------------------------------------------------------------


def test_a_signal_ends_it_soon_and_well_with_sockets_open(start: Start) -> None:
    with start() as hub, hub.live() as opened:
        began = time.monotonic()
        hub.process.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            opened.recv(timeout=10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012  # "service restart": our pages connect again
        assert hub.process.wait(10) == 0
        assert time.monotonic() - began < 8
    assert "Traceback" not in hub.log.read_text()


_at_work, _may_end = threading.Event(), threading.Event()
_ended: list[bool] = []


@task()
def slow_task() -> None:
    _at_work.set()
    _may_end.wait(10)
    _ended.append(True)


@pytest.mark.django_db(transaction=True)
def test_the_embedded_worker_ends_after_its_task_at_hand() -> None:
    slow_task.enqueue()
    with embedded_worker():
        assert _at_work.wait(10)
        threading.Timer(0.2, _may_end.set).start()
    assert _ended == [True]


# --- in a crowd -----------------------------------------------------------------------------


def test_several_processes_without_redis_are_refused_in_plain_words(tmp_path: Path) -> None:
    env = {**os.environ, "HANDRAIL_DATA": str(tmp_path)}
    done = subprocess.run(
        [*PYTHON, "serve", "--processes", "2"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "REDIS_URL" in done.stderr


def test_what_one_process_changes_the_pages_of_all_processes_hear(
    start: Start, redis_url: str
) -> None:
    """Eight pages spread over two processes follow a ticket; one reply reaches every one."""
    with start("--processes", "2", REDIS_URL=redis_url) as hub, ExitStack() as pages:
        public_id = hub.visitor.ticket_path.split("/")[-2]
        followers = [pages.enter_context(hub.live()) for _ in range(8)]
        for page in followers:
            page.send(json.dumps({"type": "follow", "topic": f"conversation:{public_id}"}))
            assert json.loads(page.recv(timeout=10))["type"] == "following"
        answer = httpx.post(
            f"{hub.address}{hub.visitor.ticket_path}reply",
            data={"body": "Does everybody hear me?"},
            headers={**hub.visitor.headers, "Origin": hub.address},
            trust_env=False,
        )
        assert answer.status_code == 200
        for page in followers:
            # A process that has just begun to hear the others lets its pages look once more.
            while (heard := json.loads(page.recv(timeout=10))["type"]) == "following":
                pass
            assert heard == "changed"


def _read_answer(opened: socket.socket) -> bytes:
    """The whole answer: as long as its head says."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += opened.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += opened.recv(65536)
    return head + b"\r\n\r\n" + body
