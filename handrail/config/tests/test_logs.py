"""What is written down, and are secrets kept out of it?"""

import json
import subprocess
import sys
from typing import Any

import pytest

from handrail.config.logs import REDACTED, redact
from tests.fences.code import ROOT

pytestmark = pytest.mark.once

SPEECH = """
import logging, structlog
from handrail.config import logs
logs.configure({"format": "FORMAT"})
log = structlog.get_logger("handrail.tests")
structlog.contextvars.bind_contextvars(request_id="abc")
log.info("signed_in", token="planted-1", member=7)
log.warning("asked", headers={"Cookie": "planted-2", "Accept": "text/html"}, api_key="planted-3")
logging.getLogger("library").warning("plain words, %s", "with arguments")
try:
    raise ValueError("it broke")
except ValueError:
    log.exception("failed", password="planted-4", Authorization="planted-5", a_code="planted-6")
logging.getLogger("uvicorn.access").info("GET /secret")
"""


def spoken(form: str) -> list[str]:
    """The lines that a program of its own writes to stderr in this format."""
    done = subprocess.run(
        [sys.executable, "-c", SPEECH.replace("FORMAT", form)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_for_machines_every_line_is_json() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in spoken("json")]
    assert [line["event"] for line in lines] == [
        "signed_in",
        "asked",
        "plain words, with arguments",
        "failed",
    ]
    assert {line["request_id"] for line in lines} == {"abc"}
    assert all({"timestamp", "level", "logger"} <= set(line) for line in lines)
    assert lines[0]["member"] == 7
    assert lines[1]["headers"] == {"Cookie": REDACTED, "Accept": "text/html"}
    assert "ValueError: it broke" in lines[3]["exception"]


@pytest.mark.parametrize("form", ["json", "console"])
def test_no_planted_secret_is_written_down(form: str) -> None:
    written = "\n".join(spoken(form))
    assert "signed_in" in written
    assert REDACTED in written
    assert "planted" not in written


@pytest.mark.parametrize(
    "key",
    ["token", "X-Handrail-Token", "SECRET_KEY", "new_password", "Set-Cookie", "one_time_code"],
)
def test_a_name_that_says_secret_is_enough(key: str) -> None:
    assert redact(None, "info", {key: "planted", "event": "x"}) == {key: REDACTED, "event": "x"}


def test_what_is_not_secret_stays() -> None:
    event = {"event": "request", "status": 200, "route": "tickets:index", "reason": "expired"}
    assert redact(None, "info", dict(event)) == event
