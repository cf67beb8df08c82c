"""Does any address fall over what somebody makes up? Each form and each parameter gets nonsense.

The parameters are found in the code, so a new one is asked for without being listed here.
"""

import re
from typing import Any

import pytest
from django import forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.people.models import Agent, Member
from tests.fences.code import ROOT
from tests.fences.database import undone
from tests.fences.table import ROWS, Row
from tests.fences.world import World

ASKED_FOR = re.compile(r"""\b(?:GET|POST)(?:\.get(?:list)?\(|\[)\s*["'](\w+)["']""")

NASTY = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "\0",
            "-1",
            "0",
            "9" * 40,
            "1e999",
            "NaN",
            "null",
            "None",
            "[]",
            '{"a": {}}',
            "../../etc/passwd",
            "%s%n{0}{{7*7}}",
            "' OR 1=1 --",
            '" NEAR( * AND',
            "\u202egnp.exe",
            "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
            "a" * 5000,
            "2026-02-30",
            "0001-01-01T00:00:00+23:59~1",
            "9999-12-31T23:59:59-23:59~9223372036854775807",
        ]
    ),
    st.text(max_size=60),
)


def parameters() -> list[str]:
    """Every name that a view asks its request for, and every field of a form."""
    sources = [path.read_text() for path in (ROOT / "handrail").rglob("*.py")]
    asked_for = {name for source in sources for name in ASKED_FOR.findall(source)}
    return sorted(asked_for | {name for form in _forms(forms.Form) for name in form.base_fields})


def _forms(form: Any) -> set[Any]:
    """Our own forms, whoever they come from."""
    below = {kind for child in form.__subclasses__() for kind in {child, *_forms(child)}}
    return {kind for kind in below if kind.__module__.startswith("handrail.")}


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


def test_the_parameters_are_found() -> None:
    assert {"before", "subject", "act", "status", "view"} <= set(parameters())


@pytest.mark.parametrize("person", ["alice", "admin", "visitor"])
def test_nonsense_is_answered_and_never_an_accident(world: World, person: str) -> None:
    browser = world.browser(person)
    browser.raise_request_exception = False
    rows = st.sampled_from([row for row in ROWS if row.statuses[person] not in {302, 401, 404}])
    sent = st.dictionaries(st.sampled_from(parameters()), NASTY, max_size=6)

    @settings(
        max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(row=rows, query=sent, body=sent)
    def ask(row: Row, query: dict[str, str], body: dict[str, str]) -> None:
        with undone():
            path = world.path(row).partition("?")[0]
            if row.method == "GET":
                answer = browser.get(path, query)
            else:
                answer = browser.post(path, {**world.given(row), **body}, query_params=query)
            assert answer.status_code < 500, f"{row} with {query} and {body}"

    ask()
