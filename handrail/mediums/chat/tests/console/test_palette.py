"""Does the palette offer what can be done with a chat?"""

from handrail.mediums.chat.console import palette
from handrail.people.models import Agent, Member
from tests.chats import live_chat_of, waiting_chat_of
from tests.making import viewer_of


def labels(agent: Agent, public_id: str) -> list[str]:
    return [command.label for command in palette.acts(viewer_of(agent), public_id)]


def test_acts_follow_the_status(dora: Agent, alice: Member, bob: Member) -> None:
    waiting, live = waiting_chat_of(alice), live_chat_of(bob, dora)
    assert "Accept" in labels(dora, waiting.conversation.public_id)
    acts = labels(dora, live.conversation.public_id)
    assert "End the chat" in acts
    assert "Accept" not in acts


def test_chats_are_found_by_what_was_said(dora: Agent, alice: Member, bob: Member) -> None:
    waiting_chat_of(alice, "My invoice is missing")
    waiting_chat_of(bob, "Where are my clicks?")
    assert [one.label for one in palette.search(viewer_of(dora), "invoice")] == [
        "My invoice is missing"
    ]


def test_the_pages_beside_the_desk_are_found_by_their_names(dora: Agent) -> None:
    [found] = palette.search(viewer_of(dora), "past")
    assert found.url == "/console/chat/past/"
    [found] = palette.search(viewer_of(dora), "away")
    assert found.url == "/console/chat/"


def test_what_was_seen_comes_in_its_order(dora: Agent, alice: Member, bob: Member) -> None:
    ids = [waiting_chat_of(one).conversation.public_id for one in (alice, bob)]
    urls = [one.url for one in palette.seen(viewer_of(dora), [*reversed(ids), "nothing"])]
    assert urls == [f"/console/chat/{one}/" for one in reversed(ids)]
