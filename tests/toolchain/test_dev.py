"""Does ./dev work with nothing but Python, and say plainly what is in its way?"""

import ast
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import commands, processes, running
from tools.progress import ROOT, Stopped

pytestmark = pytest.mark.once

BUILD_HOOK = "wheel_hook.py"
"""Run by hatchling, not by ./dev."""


def test_an_old_python_is_told_what_is_missing() -> None:
    program = "import sys; sys.version_info = (3, 9); exec(open('dev').read())"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Handrail needs Python 3.11 or newer, and this is 3.9.")


def test_dev_needs_nothing_but_the_standard_library() -> None:
    paths = [ROOT / "dev", *(ROOT / "tools").glob("*.py")]
    for path in paths:
        if path.name != BUILD_HOOK:
            foreign = _imported(path.read_text()) - sys.stdlib_module_names - {"tools"}
            assert not foreign, f"{path.name} imports {foreign}"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"./dev {name} " in listed for name in commands.OWN)


@pytest.mark.parametrize(
    ("name", "host"),
    [("PORT", "127.0.0.1"), ("DEMO_PORT", "localhost"), ("DEMO_SMTP_PORT", "127.0.0.1")],
)
def test_a_taken_port_is_refused_with_the_variable_to_set(
    name: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PORT", "DEMO_PORT", "DEMO_SMTP_PORT"):
        monkeypatch.setenv(variable, "0")
    with socket.create_server((host, 0)) as taken:
        monkeypatch.setenv(name, str(taken.getsockname()[1]))
        with pytest.raises(Stopped, match=rf"example: {name}=\d+ ./dev run"):
            running.run_demo()


def test_one_port_for_two_servers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    port = processes.free_port()
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("DEMO_PORT", str(processes.free_port("localhost")))
    monkeypatch.setenv("DEMO_SMTP_PORT", str(port))
    with pytest.raises(Stopped, match=f"Port {port} is for the demo's mail"):
        running.run_demo()


def test_a_port_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(Stopped, match="PORT must be a number"):
        running.run_demo()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_what_was_begun_ends_with_us_even_if_we_are_killed(tmp_path: Path) -> None:
    """Else who starts again would meet it, at work in the same database. In the background of a
    script, where nobody heeds a Ctrl-C."""
    told = tmp_path / "pid"
    child = f"import os, pathlib, time; pathlib.Path({str(told)!r}).write_text(str(os.getpid()))"
    work = [sys.executable, "-c", f"{child}; time.sleep(600)"]
    program = f"from tools.progress import run; run({work!r})"
    us = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, preexec_fn=_ignore_ctrl_c)
    while not (told.exists() and told.read_text()):
        time.sleep(0.01)
    us.kill()
    us.wait()
    while not _is_dead(told.read_text()):
        time.sleep(0.01)


def _ignore_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_dead(pid: str) -> bool:
    """Also where nobody asks for its end: what starts this machine may not."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True


def _imported(source: str) -> set[str]:
    """The top-level packages that a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
