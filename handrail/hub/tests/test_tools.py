"""Is a tool found, checked and done as its viewer alone?"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.hub import tools
from handrail.hub.medium import Medium
from handrail.hub.models import MediumOffer
from handrail.hub.registry import temporarily
from handrail.hub.tools import Occasion, Refused, Said, Tool
from handrail.people.models import Agent, Audience, Member
from handrail.people.viewer import Viewer
from tests.fences.postcards.ai import TOOLS
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

SEND, COUNT, _FOREIGN = TOOLS


class Postcards(Medium):
    """A medium that is not ours, which brings its tools in its `ai.py`."""

    name = "postcards"
    label = "Postcards"

    def tools(self, viewer: Viewer) -> Sequence[Tool]:
        return TOOLS


@pytest.fixture(autouse=True)
def _postcards(installation: None) -> Iterator[None]:
    everyone = Audience.objects.filter(everyone=True)[0]
    with temporarily(Postcards()):
        MediumOffer.objects.create(medium="postcards", position=99, audience=everyone)
        yield


def test_a_medium_that_comes_later_brings_its_tools(alice: Member) -> None:
    names = [tool.name for tool in tools.offered(viewer_of(alice))]
    assert names == ["tickets.open", "tickets.status", "postcards.send", "postcards.count"]


def test_a_medium_has_no_tools_in_anothers_name(alice: Member) -> None:
    assert tools.find(viewer_of(alice), "tickets.burn") is None
    assert tools.find(viewer_of(alice), "postcards.burn") is None


def test_agents_visitors_and_the_unknown_find_none(alice: Member, dora: Agent) -> None:
    for viewer in (viewer_of(dora), Viewer(), Viewer(system="x")):
        assert tools.offered(viewer) == []
        assert tools.find(viewer, "postcards.send") is None
        with pytest.raises(tools.NoSuchTool):
            tools.do(viewer, "postcards.send", {"words": "Hi"}, Occasion(once=uuid4()))
    for name in ("", ".", "nothing", "nothing.at_all", "postcards", "postcards."):
        assert tools.find(viewer_of(alice), name) is None


def test_what_the_owner_switched_off_has_no_tools(alice: Member) -> None:
    MediumOffer.objects.filter(medium="postcards").update(is_on=False)
    assert tools.find(viewer_of(alice), "postcards.count") is None
    assert len(tools.offered(viewer_of(alice))) == 2


def test_what_is_locked_has_no_tools(alice: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Postcards, "lock", lambda self, viewer: object())
    assert tools.find(viewer_of(alice), "postcards.count") is None
    assert len(tools.offered(viewer_of(alice))) == 2


def test_it_is_done_as_the_viewer(alice: Member) -> None:
    done = tools.do(viewer_of(alice), SEND.name, {"words": "Hello"}, Occasion(once=uuid4()))
    assert done.text == "Alice sent Hello"
    assert done.ref
    assert done.ref.medium == "postcards"
    assert tools.do(viewer_of(alice), COUNT.name, {}).text == "You have sent one card."


def test_what_writes_must_say_how_it_is_done_once(alice: Member) -> None:
    with pytest.raises(PermissionDenied):
        tools.do(viewer_of(alice), SEND.name, {"words": "Hello"})


def test_a_preview_says_what_people_read() -> None:
    assert SEND.preview(SEND.check({"words": " Hello \r\n you "})) == [
        Said("What it says", "Hello \n you"),
        Said("Stamp", "The sea"),
    ]


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({}, "words"),
        ({"words": ""}, "words"),
        ({"words": " \n"}, "words"),
        ({"words": 5}, "words"),
        ({"words": ["a"]}, "words"),
        ({"words": {"a": "b"}}, "words"),
        ({"words": "x" * 201}, "words"),
        ({"words": "x", "stamp": "The sea"}, "stamp"),
        ({"words": "x", "stamp": True}, "stamp"),
        ({"words": "x", "to": "carol"}, ""),
        ({"words": "x", 5: "carol"}, ""),
        (None, ""),
        ("words", ""),
        ([("words", "x")], ""),
    ],
)
def test_what_is_not_asked_for_is_refused(arguments: Any, field: str) -> None:
    with pytest.raises(Refused) as refused:
        SEND.check(arguments)
    assert set(refused.value.errors) == {field}
    assert str(refused.value)


def test_what_no_database_takes_is_left_out() -> None:
    assert SEND.check({"words": "a\0b\ud800"}) == {"words": "ab?", "stamp": "sea"}


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(_anything | st.fixed_dictionaries({"words": _anything}, optional={"stamp": _anything}))
@settings(deadline=None)
def test_whatever_comes_is_taken_as_text_or_refused(arguments: Any) -> None:
    try:
        checked = SEND.check(arguments)
    except Refused:
        return
    assert set(checked) == {"words", "stamp"}
    assert 0 < len(checked["words"]) <= 200
    assert checked["stamp"] in ("sea", "hills")
    assert SEND.check(checked) == checked
