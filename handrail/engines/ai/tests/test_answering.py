"""Is everybody answered, whatever the model does?"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from handrail.engines.ai import quoting
from handrail.engines.ai.answering import answer, whole
from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.model.tests.pages import evidence
from handrail.engines.search.library.evidence import NO_EVIDENCE
from tests.model_endpoint import Endpoint, Gone, Send, chosen_model, event

pytestmark = pytest.mark.django_db

QUESTION = "How long is an export kept?"


@pytest.fixture
def here(settings: Any) -> Iterator[Endpoint]:
    with chosen_model(settings, ai_seconds=1) as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def sdk() -> None:
    import openai.resources.chat.completions  # noqa: F401


def test_without_a_model_it_is_quoted(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        events = list(answer(QUESTION, evidence()))
    quoted = quoting.answer(QUESTION, evidence())
    assert events == [*(("piece", piece) for piece in quoted.pieces), ("done", quoted)]


def test_with_one_the_model_says_it(here: Endpoint) -> None:
    here.says("An export is kept for 30 days [1].")
    assert whole(answer(QUESTION, evidence())).engine == "small"
    assert whole(answer(QUESTION, evidence(), goal="x", before=["y"])).engine == "small"
    assert "y" in here.prompt


def test_the_library_is_not_loaded_without_a_model() -> None:
    code = (
        "import django, sys; django.setup(); import handrail.engines.ai.answering; "
        "sys.exit(bool({'openai', 'httpx2', 'pydantic'} & set(sys.modules)))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "handrail.config.settings"}
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **environment}, check=True)


def _cut_off(send: Send) -> None:
    send(event({"content": "An export is kept for 30 days [1]. Th"}))
    raise Gone


MISDEEDS = {
    "silent": lambda here: here.plays(lambda send: time.sleep(1.2)),
    "cut off": lambda here: here.plays(_cut_off),
    "malformed": lambda here: here.sends(b"data: {\n\n"),
    "html": lambda here: here.sends(b"<h1>Hi</h1>", Content_Type="text/html"),
    "429": lambda here: here.fails(429, "Slow down", Retry_After="5"),
    "401": lambda here: here.fails(401, "Who are you?"),
    "500": lambda here: here.fails(500, "Oops"),
    "redirect": lambda here: here.sends(b"", 302, Location="http://127.0.0.1:1/"),
    "tools": lambda here: here.sends(event({"tool_calls": [{"index": 0}]})),
    "empty": lambda here: here.says(),
    "chatter": lambda here: here.says("Hello! I am happy to help."),
    "made up": lambda here: here.says("An export is kept for 90 years [1]."),
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_whatever_it_does_there_is_the_built_in_answer(here: Endpoint, misdeed: str) -> None:
    MISDEEDS[misdeed](here)
    calls: list[int] = []
    events = list(answer(QUESTION, evidence(), calls=calls))
    assert events[-1] == ("done", quoting.answer(QUESTION, evidence()))
    assert [kind for kind, _said in events].count("done") == 1
    assert len(calls) == 1


def test_with_nothing_found_nothing_is_asked(here: Endpoint) -> None:
    assert whole(answer(QUESTION, NO_EVIDENCE)).outcome is Outcome.NOTHING
    assert not here.asked
