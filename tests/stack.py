"""How does a story get everything that runs in production? Real servers on ports of their own.

The hub listens on `127.0.0.1` and the demo's platform on `localhost`: two sites, as in production,
so that a cookie which a browser would lose there is lost here.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

from tests.loaded import Place, give_demo, place
from tests.mailbox import Mailbox
from tools import processes
from tools.progress import ROOT

WAIT_SECONDS = 30
"""How long a page that is published may not be found."""

PASSWORD = "handrail-demo-only"
"""Of every agent of the demo."""


class Server:
    """A program of ours that a story can stop, and start again at the same address."""

    def __init__(self, name: str, url: str, command: list[str], env: Mapping[str, str]) -> None:
        self.name = name
        self.url = url
        self._command = [sys.executable, "-m", *command]
        self._env = env
        self._log = Path(env["HANDRAIL_DATA"]) / f"{name}.log"
        self._ending = ExitStack()

    def start(self) -> None:
        """Starts it and waits for its first answer."""
        server = self._ending.enter_context(
            processes.running(self._command, env=self._env, log=self._log)
        )
        self._pid = server.pid
        processes.wait_until(lambda: processes.answers(f"{self.url}/"), server, self.name)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile it takes what it is sent, and does nothing: a machine that is very busy."""
        os.kill(self._pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._pid, signal.SIGCONT)

    def stop(self) -> None:
        self._ending.close()


@dataclass(frozen=True)
class Stack:
    """An installation: its servers, the mail that it sent, and its command line."""

    hub: Server
    platform: Server
    mailbox: Mailbox
    env: Mapping[str, str]

    def handrail(self, *arguments: str, typed: str = "") -> str:
        """What an owner types at the server: one of Handrail's commands. Takes a second or two."""
        done = subprocess.run(
            [sys.executable, "-m", "handrail", *arguments],
            cwd=ROOT,
            env=self.env,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, code: str) -> str:
        """Runs Python with Handrail's models, as `handrail shell` does."""
        return self.handrail("shell", "--command", code, "--verbosity", "0").strip()

    def publish(self, code: str, title: str) -> str:
        """Runs Python that publishes help pages, and waits until a visitor finds that of this
        title: a server may not know for a second what another program wrote."""
        printed = self.run(code)
        query = urlencode({"q": title})
        opener = build_opener(ProxyHandler({}))
        for _ in range(WAIT_SECONDS * 10):
            with opener.open(f"{self.hub.url}/docs/search?{query}", timeout=WAIT_SECONDS) as found:
                shown = re.sub("</?mark>", "", found.read().decode())
                if re.search(rf"{title}\s*</a></h2>", shown):
                    return printed
            time.sleep(0.1)
        raise AssertionError(f"“{title}” is not found.")


@contextmanager
def running_stack(
    folder: Path, database_url: str, serve: Sequence[str] = (), **choices: str
) -> Iterator[Stack]:
    """The hub with the demo's data, the demo's platform and a mail server. `serve` are options of
    `handrail serve`, `choices` more variables of the environment."""
    with Mailbox() as mailbox, place() as where:
        stack = _planned(folder, database_url, mailbox, serve, choices, where)
        if "DJANGO_SETTINGS_MODULE" in choices:  # which may install more tables
            stack.handrail("demo", "--load")
        else:
            give_demo(stack, where)
        try:
            stack.hub.start()
            stack.platform.start()
            yield stack
        finally:
            stack.platform.stop()
            stack.hub.stop()


@contextmanager
def running_hub(folder: Path, database_url: str, **choices: str) -> Iterator[Stack]:
    """A hub as it is right after its installation: without the demo, and nobody is known yet."""
    with Mailbox() as mailbox, place() as where:
        choices = {"HANDRAIL_DEMO": "0", **choices}
        stack = _planned(folder, database_url, mailbox, (), choices, where)
        try:
            stack.hub.start()
            yield stack
        finally:
            stack.hub.stop()


def _planned(
    folder: Path,
    database_url: str,
    mailbox: Mailbox,
    serve: Sequence[str],
    choices: Mapping[str, str],
    where: Place,
) -> Stack:
    port, demo_port = where.hub_port, where.platform_port
    env = {
        **os.environ,
        "HANDRAIL_DATA": str(folder),
        "DATABASE_URL": database_url,
        "HANDRAIL_URL": f"http://127.0.0.1:{port}",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEMO_PORT": str(demo_port),
        "DEMO_SMTP_PORT": "0",  # our mailbox takes the mail
        "HANDRAIL_DEMO": "1",
        "EMAIL_URL": mailbox.url,
        **choices,
    }
    hub = Server("hub", env["HANDRAIL_URL"], ["handrail", "serve", *serve], env)
    command = ["uvicorn", "--factory", "handrail.demo.platform:app", "--host", "localhost"]
    command += ["--port", str(demo_port), "--log-level", "warning"]
    platform = Server("platform", f"http://localhost:{demo_port}", command, env)
    return Stack(hub, platform, mailbox, env)
