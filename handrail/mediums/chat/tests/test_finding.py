"""Does somebody find what was said in their own chats, and nobody else's?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.hub.registry import find
from handrail.mediums.chat import actions, finding
from handrail.people.models import Agent, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.chats import answered, chat_of, live_chat_of, said
from tests.making import viewer_of, words

pytestmark = pytest.mark.django_db


def titles(viewer: Viewer, text: str) -> list[str]:
    found = finding.search(viewer, text, 5)
    return ["".join(part.text for part in one.title) for one in found.found] if found else []


def test_by_what_either_side_said_and_by_nothing_that_is_ours(alice: Member, dora: Agent) -> None:
    chat = live_chat_of(alice, dora, "Where are my clicks?")
    said(dora, chat, "In the xylophone report.")
    actions.add_note(viewer_of(dora), chat, words("Quokka"))
    for text in ("clicks", "xylophone", "clicks xylophone"):
        assert titles(viewer_of(alice), text) == ["Where are my clicks?"]
    assert titles(viewer_of(alice), "quokka") == []


def test_what_was_taken_back_is_found_no_more(alice: Member) -> None:
    chat = chat_of(alice)
    message = said(alice, chat, "hunter2")
    actions.remove(viewer_of(alice), chat, message)
    assert titles(viewer_of(alice), "hunter2") == []


def test_nobody_finds_the_chat_of_another(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    chat = chat_of(alice, "Xylophone")
    answered(chat)
    for viewer in (viewer_of(bob), viewer_of(carol), viewer_of(dora), viewer_for_nobody()):
        assert titles(viewer, "xylophone") == []


def test_the_medium_brings_it_with_its_address_and_where_the_rest_is(alice: Member) -> None:
    for n in range(3):
        actions.end(viewer_of(alice), chat_of(alice, f"Xylophone {n}"))
    medium = find("chat")
    assert medium
    found = medium.search(viewer_of(alice), "xylophone", limit=2, refine=False)
    assert found
    assert ["".join(p.text for p in one.title) for one in found.found] == [
        "Xylophone 2",
        "Xylophone 1",
    ]
    assert found.more_url == "/help/chat/?q=xylophone"
    assert found.found[0].hint.endswith("· Ended")
    assert medium.search(viewer_of(alice), "  ", limit=2, refine=False) is None


def test_it_costs_the_same_for_one_and_for_many(alice: Member) -> None:
    actions.end(viewer_of(alice), chat_of(alice, "Xylophone"))
    with CaptureQueriesContext(connection) as one:
        finding.search(viewer_of(alice), "xylophone", 5)
    for n in range(6):
        actions.end(viewer_of(alice), chat_of(alice, f"Xylophone {n}"))
    with CaptureQueriesContext(connection) as many:
        finding.search(viewer_of(alice), "xylophone", 5)
    assert len(many) == len(one)
