"""How does a server live as long as what needs it? Started, waited for, ended by its pid."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.progress import ROOT, Stopped, ending_with_us

START_SECONDS = 60
END_SECONDS = 15


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    log: Path | None = None,
    user: str | None = None,
    end: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server while the block runs; on Linux it ends with us even if we are killed.

    Its output goes to our own terminal, or to the file `log`. A Ctrl-C in the terminal does not
    reach it: it is ended by us, with the signal `end`, and killed if that takes too long.
    """
    output = None if log is None else log.open("ab")
    try:
        server = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=ending_with_us(signal.SIGINT),
        )
    finally:
        if output is not None:
            output.close()
    try:
        yield server
    finally:
        server.send_signal(end)
        try:
            server.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until(is_ready: Callable[[], bool], server: subprocess.Popen[bytes], name: str) -> None:
    """Waits for a started server; raises Stopped when it ends instead or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        if server.poll() is not None:
            raise Stopped(f"{name} ended at once, with {server.returncode}.")
        if time.monotonic() > deadline:
            raise Stopped(f"{name} does not answer after {START_SECONDS} seconds.")
        time.sleep(0.02)


def answers(url: str) -> bool:
    """Whether a page of a server on this machine is there; a proxy is never asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except OSError:  # refused, timed out, or an HTTP error
        return False
    return True


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port
