"""How does an endpoint with OpenAI's protocol behave, and misbehave? A real server on loopback."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-test-of-a-key-that-nobody-may-read"

Send = Callable[[bytes], None]
Script = Callable[[Send], None]
"""Writes the body of an answer; what it raises ends the connection in the middle."""


@dataclass
class Endpoint:
    """What it was asked, and what it answers next."""

    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    sent: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/event-stream"})
    script: Script = field(default=lambda send: None)
    refuse: Callable[[dict[str, Any]], dict[str, Any] | None] = field(default=lambda asked: None)
    """What it answers with 400 instead, if anything."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def says(self, *pieces: str, finish: str | None = "stop", usage: Any = None) -> None:
        """A well-behaved answer in these pieces."""
        self.status, self.sent = 200, {"Content-Type": "text/event-stream"}

        def script(send: Send) -> None:
            for piece in pieces:
                send(event({"content": piece}))
            send(event({}, finish=finish))
            if usage:
                send(line({"id": "x", "object": "chat.completion.chunk", "choices": [], **usage}))
            send(b"data: [DONE]\n\n")

        self.script = script

    def sends(self, body: bytes, status: int = 200, **headers: str) -> None:
        """These bytes as they are."""
        self.status = status
        self.sent = {name.replace("_", "-"): value for name, value in headers.items()}
        self.sent.setdefault("Content-Type", "text/event-stream")
        self.script = lambda send: send(body)

    def fails(self, status: int, message: str, **headers: str) -> None:
        """An error as OpenAI writes it."""
        body = json.dumps({"error": {"message": message, "type": "error", "code": None}})
        self.sends(body.encode(), status, Content_Type="application/json", **headers)

    def plays(self, script: Script) -> None:
        self.status, self.sent, self.script = 200, {"Content-Type": "text/event-stream"}, script

    @property
    def prompt(self) -> str:
        """Both messages of the last call."""
        return "\n".join(each["content"] for each in self.asked[-1]["messages"])

    def number_of(self, words: str) -> int:
        """The passage of the last call that says so, as a model that reads would cite it: their
        order depends on what the library has read by then. 0: none does."""
        for number, text in re.findall(
            r"<<passage (\d+) .*?>>\n(.*?)\n<<end ", self.prompt, re.DOTALL
        ):
            if words in text:
                return int(number)
        return 0


def line(chunk: Any) -> bytes:
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def event(delta: Any, *, finish: str | None = None) -> bytes:
    """One piece of an answer."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return line({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    """A server for the length of a test; each connection is one answer."""
    here = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.asked.append(json.loads(body))
            here.headers.append({name.lower(): value for name, value in self.headers.items()})
            if refused := here.refuse(here.asked[-1]):
                here_status, sent, script = 400, {"Content-Type": "application/json"}, None
                told = json.dumps({"error": refused}).encode()
            else:
                here_status, sent, script, told = here.status, here.sent, here.script, b""
            self.send_response(here_status)
            for name, value in sent.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(told)
                if script:
                    script(self._send)
            except (BrokenPipeError, ConnectionResetError, Gone):
                pass

        def _send(self, body: bytes) -> None:
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as running:
        here.port = running.server_port
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield here
        finally:
            running.shutdown()
            thread.join()


class Gone(Exception):
    """The server goes away in the middle."""


@contextmanager
def chosen_model(settings: Any, **choices: Any) -> Iterator[Endpoint]:
    """Such a server as the model of this installation, with what the operator chose beside it."""
    from handrail.engines.ai.model import bounds

    bounds.breaker.reset()
    with endpoint() as here:
        settings.ENV = replace(
            settings.ENV,
            **{"ai_url": here.url, "ai_model": "small", "ai_key": KEY, "ai_seconds": 4, **choices},
        )
        yield here
