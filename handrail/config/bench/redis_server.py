"""Where does the bench get a Redis? It starts one of its own, which keeps nothing on disk."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from handrail.config.bench.postgres import Missing
from handrail.config.bench.servers import HOST, DidNotStart, free_port, is_listening

START_SECONDS = 20


@dataclass
class OwnRedis:
    """A running Redis that can be killed and started again at the same address."""

    program: str
    port: int
    folder: str
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", HOST, "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(  # noqa: S603  Redis's own program
            [self.program, *options, "--dir", self.folder],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_SECONDS
        while not is_listening(self.port):
            if time.monotonic() > deadline:
                raise DidNotStart("redis-server does not answer")
            time.sleep(0.02)

    def kill(self) -> None:
        """As a machine that loses its power."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        raise Missing("redis-server is not installed; the bench starts one of its own.")
    with tempfile.TemporaryDirectory(prefix="handrail-redis-") as folder:
        server = OwnRedis(program, free_port(), folder)
        server.start()
        try:
            yield server
        finally:
            server.kill()
