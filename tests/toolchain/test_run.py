"""Does one command open the whole demo, say where it is, and leave nothing behind?"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tools import processes
from tools.progress import ROOT

pytestmark = pytest.mark.once

HUB, DEMO, MAIL = (processes.free_port(host) for host in ("127.0.0.1", "localhost", "127.0.0.1"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@contextmanager
def started(data: Path) -> Iterator[str]:
    """`./dev run`, with what it printed until it was ready; a Ctrl-C ends it."""
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"HANDRAIL_DATA": str(data), "PORT": str(HUB), "DEMO_PORT": str(DEMO)}
    env |= {"DEMO_SMTP_PORT": str(MAIL)}
    process = subprocess.Popen(
        ["./dev", "run"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    )
    try:
        yield _read_until_ready(process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 0


def test_the_first_start_opens_the_demo_and_says_where_it_is(data: Path) -> None:
    with started(data) as printed:
        assert f"http://127.0.0.1:{HUB}/help/" in printed
        assert all(name in printed for name in ("Alice", "Bob", "Carol", "Dora"))
        page = httpx.get(f"http://localhost:{DEMO}/", trust_env=False, follow_redirects=True)
        assert page.status_code == 200
        assert f"http://127.0.0.1:{HUB}/help/v1.js" in page.text
        assert f"http://localhost:{DEMO}/mailbox" in printed
        mailbox = httpx.get(f"http://localhost:{DEMO}/mailbox", trust_env=False)
        assert f"smtp://127.0.0.1:{MAIL}" in mailbox.text


def test_ctrl_c_ends_both_servers_and_the_next_start_prepares_nothing(data: Path) -> None:
    for port in (HUB, DEMO, MAIL):
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://localhost:{port}/", trust_env=False)
    with started(data) as printed:
        assert "Preparing" not in printed


def _read_until_ready(process: subprocess.Popen[str]) -> str:
    """All lines up to the last one, which tells how to stop it."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    return "".join(lines)


def _heed_ctrl_c() -> None:
    """As in a terminal; what a script starts in the background is told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
