"""How do the hub and the demo's host platform start and end together? `./dev run`."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.environment import PYTHON, REQUIREMENTS, fingerprint
from tools.processes import answers, running, wait_until
from tools.progress import ROOT, Stopped, run, step
from tools.welcome import CONTENT, welcome


@dataclass(frozen=True)
class Addresses:
    """Where the two servers listen: different sites, since cookies do not know ports."""

    port: int
    demo_port: int
    mail_port: int
    """Where the demo's platform takes the hub's mail in, on 127.0.0.1."""

    @property
    def hub(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def demo(self) -> str:
        return f"http://localhost:{self.demo_port}"

    @property
    def mail(self) -> str:
        return f"smtp://127.0.0.1:{self.mail_port}"


def run_demo() -> int:
    """Serves until Ctrl-C; returns the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    addresses = _free_addresses()
    data = Path(os.environ.get("HANDRAIL_DATA", ROOT / "var")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    env = _environment(addresses, data)
    _prepare_data(env, data)
    hub: list[str | Path] = [PYTHON, "-m", "handrail", "serve"]
    demo: list[str | Path] = [PYTHON, "-m", "uvicorn", "--factory", "handrail.demo.platform:app"]
    demo += ["--host", "localhost", "--port", str(addresses.demo_port), "--log-level", "warning"]
    with running(hub, env=env) as hub_process, running(demo, env=env) as demo_process:
        wait_until(lambda: answers(f"{addresses.hub}/healthz"), hub_process, "The hub")
        wait_until(lambda: answers(addresses.demo), demo_process, "The demo's platform")
        try:  # from the very line that names Ctrl-C
            print(welcome(addresses.hub, addresses.demo), flush=True)
            return _wait_for_the_first_end(hub_process, demo_process)
        except KeyboardInterrupt:
            print("\nStopping.", flush=True)
            return 0


def _free_addresses() -> Addresses:
    """The ports that the developer chose, or ours; raises Stopped when one cannot be used."""
    demo_port = _port("DEMO_PORT", 8001)
    mail_port = _port("DEMO_SMTP_PORT", demo_port + 1)
    addresses = Addresses(_port("PORT", 8000), demo_port, mail_port)
    _refuse_taken(addresses.port, "PORT", "127.0.0.1")
    _refuse_taken(addresses.demo_port, "DEMO_PORT", "localhost")
    _refuse_taken(addresses.mail_port, "DEMO_SMTP_PORT", "127.0.0.1")
    if addresses.mail_port in (addresses.port, addresses.demo_port):
        raise Stopped(
            f"Port {mail_port} is for the demo's mail. Let PORT and DEMO_PORT be others, "
            "or choose another DEMO_SMTP_PORT."
        )
    return addresses


def _environment(addresses: Addresses, data: Path) -> dict[str, str]:
    """What both servers are told. Mail goes to the demo's mailboxes unless the developer has
    chosen a mail server."""
    is_mail_chosen = "EMAIL_URL" in os.environ or "EMAIL_URL_FILE" in os.environ
    mailboxes = {"EMAIL_URL": addresses.mail, "EMAIL_FROM": "Larkspan Help <help@larkspan.example>"}
    return {
        **({} if is_mail_chosen else mailboxes),
        **os.environ,
        "HANDRAIL_DATA": str(data),
        "HANDRAIL_DEMO": "1",
        "HANDRAIL_URL": addresses.hub,
        "HOST": "127.0.0.1",
        "PORT": str(addresses.port),
        "DEMO_PORT": str(addresses.demo_port),
        "DEMO_SMTP_PORT": str(addresses.mail_port),
    }


def _prepare_data(env: Mapping[str, str], data: Path) -> None:
    """Migrates and loads the demo, unless this very state of both is known to be done.

    The stamp saves a second at each start. It is trusted only beside our own SQLite file: another
    database may have been emptied behind our back.
    """
    stamp = data / "prepared.stamp"
    state = _state(env)
    is_own_file = "DATABASE_URL" not in env and (data / "handrail.sqlite3").exists()
    if is_own_file and stamp.is_file() and stamp.read_text() == state:
        return
    with step("Preparing the database and the demo's data"):
        run([PYTHON, "-m", "handrail", "demo", "--load"], env)  # which also migrates
    stamp.write_text(state)


def _state(env: Mapping[str, str]) -> str:
    """Everything that decides what a prepared database holds."""
    content = [path for path in CONTENT.rglob("*") if path.is_file()]
    sources = sorted([*ROOT.glob("handrail/**/migrations/*.py"), *content])
    files = fingerprint(REQUIREMENTS / "run.txt", *sources)
    return f"{files} {env['HANDRAIL_URL']} {env['DEMO_PORT']}"


def _port(name: str, default: int) -> int:
    try:
        return int(os.environ.get(name, default))
    except ValueError:
        raise Stopped(f"{name} must be a number, not “{os.environ[name]}”.") from None


def _refuse_taken(port: int, name: str, host: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise Stopped(
                f"Port {port} cannot be used ({problem.strerror}). "
                f"Choose another one, for example: {name}={port + 10} ./dev run"
            ) from None


def _wait_for_the_first_end(*servers: subprocess.Popen[bytes]) -> int:
    """Returns the exit code of the server that ends first; normally Ctrl-C comes before."""
    while True:
        for server in servers:
            if server.poll() is not None:
                return server.returncode or 1
        time.sleep(0.2)
