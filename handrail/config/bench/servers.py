"""What is measured? Real servers on loopback, each a process of its own, with empty data."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handrail.config.bench.rows import Visitor

START_SECONDS = 60
END_SECONDS = 15
HOST = "127.0.0.1"

UNSET = ("DATABASE_URL", "REDIS_URL", "HANDRAIL_URL", "HANDRAIL_DEMO", "HANDRAIL_TRUSTED_PROXIES")
"""The operator's choices that must not reach a server of the bench."""


class DidNotStart(Exception):
    """A server of the bench ended or stayed silent; the text is the end of what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running server: its process, and the port on which it answers."""

    pid: int
    port: int


@dataclass(frozen=True)
class Installation:
    """A folder with data of its own, and the environment that makes it the whole world."""

    folder: Path
    database_url: str = ""
    """Empty: SQLite, in the folder."""
    settings: str = "handrail.config.settings"
    choices: Mapping[str, str] = field(default_factory=dict)
    """What else an operator chose."""

    def environment(self, port: int) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        chosen = {"DATABASE_URL": self.database_url} if self.database_url else {}
        return kept | {
            **chosen,
            **self.choices,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "HANDRAIL_DATA": str(self.folder),
            "HOST": HOST,
            "PORT": str(port),
            "HANDRAIL_URL": f"http://{HOST}:{port}",
            "EMAIL_URL": "dummy:",
            "LOG_FORMAT": "json",
        }

    def fill(self) -> Visitor:
        """Makes the measured rows."""
        return Visitor(**self.told("rows"))

    def told(self, what: str, *options: str) -> dict[str, Any]:
        """What `handrail bench` says in a process that sees nothing but this installation.

        Its progress goes where ours goes.
        """
        command = [sys.executable, "-m", "handrail", "bench", what, *options]
        done = subprocess.run(  # noqa: S603  our own command
            command, env=self.environment(0), stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise DidNotStart(f"`handrail bench {what}` failed; it says above why.")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    @contextmanager
    def hub(self, *options: str, port: int = 0) -> Iterator[Server]:
        """`handrail serve`, as an operator starts it."""
        with self._running(["handrail", "serve", *options], port=port) as server:
            yield server

    @contextmanager
    def application(self, name: str) -> Iterator[Server]:
        """uvicorn with one of our ASGI applications, quiet as the hub's own."""
        options = ["--no-access-log", "--no-proxy-headers", "--log-level", "warning"]
        with self._running(["uvicorn", name, *options], port_option=True) as server:
            yield server

    @contextmanager
    def _running(
        self, module: list[str], *, port_option: bool = False, port: int = 0
    ) -> Iterator[Server]:
        port = port or free_port()
        options = ["--port", str(port)] if port_option else []
        log = self.folder / f"{port}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, "-m", *module, *options],
                env=self.environment(port),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            _wait_until_listening(port, process, log)
            yield Server(process.pid, port)
        finally:
            _end(process)


def _wait_until_listening(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_listening(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(log.read_text()[-2000:])
        time.sleep(0.05)


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
