"""IDOR in chats. A chat is its creator's and the agents': nobody else's, not even a colleague's.

Every id of another's chat in the place of one's own, in addresses and in bodies; every place that
shows words of conversations; and sockets of those who may not answer anybody.
"""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from handrail.base.ids import public_id
from handrail.engines.conversations import topics
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat, Proposal
from handrail.people.models import Agent, AgentRole, Member
from tests.chats import agent_called, chat_of, desk_of, live_chat_of, said, topic_of
from tests.making import ticket_of, upload, viewer_of, words
from tests.sockets import Socket, connected

Browse = Callable[..., Client]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("sockets_without_a_second_factor"),
]

SECRET = "tulip"


@pytest.fixture
def chat(alice: Member, dora: Agent) -> Chat:
    """Alice's, with Dora, about what nobody else should hear of."""
    chat = live_chat_of(alice, dora, f"My word is {SECRET}.")
    said(alice, chat, f"Really, {SECRET}.", attachment_ids=[upload(alice, "a.txt").public_id])
    return chat


# --- In another's place -------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["", "before", "edit", "remove"])
def test_a_line_of_another_chat_is_not_reached_by_way_of_ones_own(
    carol: Member, alice: Member, chat: Chat, browse: Browse, way: str
) -> None:
    own, theirs = chat_of(carol), Message.objects.filter(member=alice).latest("pk")
    browser = browse(carol)
    for line in (theirs.public_id, public_id()):
        path = f"/help/chat/{own.conversation.public_id}/lines/{line}/{way}"
        is_read = way in ("", "before")
        answer = browser.get(path) if is_read else browser.post(path, {"body": "Forged."})
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()
    theirs.refresh_from_db()
    assert SECRET in theirs.body


@pytest.mark.parametrize("answer", ["yes", "no", "keep"])
def test_a_form_of_another_chat_is_not_answered_by_way_of_ones_own(
    carol: Member, alice: Member, browse: Browse, answer: str
) -> None:
    hers, own = chat_of(alice, f"My word is {SECRET}."), chat_of(carol)
    proposal = actions.propose(viewer_of(alice), hers, "tickets.open")
    before = (proposal.state, proposal.arguments, Conversation.objects.count())
    for chat in (own, hers):
        path = f"/help/chat/{chat.conversation.public_id}/proposals/{proposal.public_id}"
        told = browse(carol).post(path, {"answer": answer, "subject": "Mine", "body": "Mine"})
        assert told.status_code == 404
        assert SECRET not in told.content.decode()
    fresh = Proposal.objects.get()
    assert (fresh.state, fresh.arguments, Conversation.objects.count()) == before


@pytest.mark.parametrize("way", ["begin", "say"])
def test_anothers_file_is_not_sent_with_ones_own_words(
    carol: Member, alice: Member, chat: Chat, browse: Browse, way: str
) -> None:
    """Neither what they have not sent yet, nor what is in their chat."""
    unsent = upload(alice, "unsent.txt")
    sent = Attachment.objects.exclude(message=None).get()
    own = chat_of(carol).conversation.public_id
    path = "/help/chat/begin" if way == "begin" else f"/help/chat/{own}/say"
    body = {"body": "Look.", "client_id": str(uuid4()), "has_read": "on"}
    browse(carol).post(path, {**body, "attachments": [unsent.public_id, sent.public_id]})
    assert not Attachment.objects.filter(message__conversation__creator=carol).exists()
    unsent.refresh_from_db()
    assert unsent.message_id is None


def test_a_client_id_of_anothers_first_word_opens_no_chat_of_theirs(
    carol: Member, alice: Member
) -> None:
    draft = words(f"My word is {SECRET}.")
    hers = chat_of(alice, draft=draft)
    own = chat_of(carol, draft=words("Mine.", client_id=draft.client_id))
    assert own.pk != hers.pk
    assert own.conversation.creator == carol


# --- Wherever words are shown -------------------------------------------------------------------

MEMBERS_PAGES = (
    *("/help/", "/help/unread", f"/help/search?q={SECRET}", f"/help/search?q={SECRET}&refine=on"),
    *("/help/chat/?all=1", f"/help/chat/?q={SECRET}", f"/help/chat/past?q={SECRET}"),
    *("/help/tickets/", f"/help/tickets/?q={SECRET}", f"/help/tickets/rows?q={SECRET}"),
)
EDITORS_PAGES = (
    *("/console/", f"/console/palette?q={SECRET}", "/console/notices/", "/console/here"),
    *("/console/chat/", f"/console/chat/past/?q={SECRET}", f"/console/tickets/?q={SECRET}"),
)


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_no_list_and_no_search_shows_it_to_another_member(
    who: str, bob: Member, carol: Member, chat: Chat, browse: Browse
) -> None:
    browser = browse({"bob": bob, "carol": carol}[who])
    for path in MEMBERS_PAGES:
        page = browser.get(path, follow=True).content.decode()
        assert f"My word is {SECRET}" not in page, path
        assert chat.conversation.public_id not in page, path


def test_nor_to_an_agent_who_answers_nobody(alice: Member, chat: Chat, browse: Browse) -> None:
    named = f"here=chat/{chat.conversation.public_id}&seen=chat/{chat.conversation.public_id}"
    browser = browse(agent_called("Edith", AgentRole.EDITOR))
    for path in (*EDITORS_PAGES, f"/console/palette?{named}"):
        page = browser.get(path, follow=True).content.decode()
        assert f"My word is {SECRET}" not in page, path
        assert "/console/chat/" + chat.conversation.public_id not in page, path


@pytest.mark.parametrize("who", ["alice", "dora"])
def test_a_ticket_that_it_becomes_is_as_private_as_it_was(
    who: str, alice: Member, bob: Member, carol: Member, dora: Agent, chat: Chat, browse: Browse
) -> None:
    ref = actions.make_ticket(viewer_of(alice if who == "alice" else dora), chat)
    ticket = Conversation.objects.get(public_id=ref.public_id)
    assert (ticket.creator, ticket.is_shared) == (alice, False)
    for member in (bob, carol):
        browser = browse(member)
        for path in (
            f"/help/tickets/{ref.public_id}/",
            f"/help/tickets/{ref.public_id}/ticket.txt",
        ):
            assert browser.get(path).status_code == 404
        found = browser.get(f"/help/tickets/rows?q={SECRET}").content.decode()
        assert ref.public_id not in found


def test_a_shared_ticket_does_not_tell_colleagues_of_the_chat_before_it(
    alice: Member, bob: Member, dora: Agent, chat: Chat, browse: Browse
) -> None:
    """Shared later, its text is theirs to read; the chat, and what was said after, is not."""
    ref = actions.make_ticket(viewer_of(alice), chat)
    Conversation.objects.filter(public_id=ref.public_id).update(is_shared=True)
    page = browse(bob).get(f"/help/tickets/{ref.public_id}/").content.decode()
    assert chat.conversation.public_id not in page


# --- By sockets ---------------------------------------------------------------------------------


def test_an_agent_who_answers_nobody_follows_and_does_nothing(alice: Member, chat: Chat) -> None:
    message = Message.objects.filter(member=alice).latest("pk")
    private = ticket_of(alice).conversation.public_id
    named = [
        *(topic_of(chat), desk_of(chat), f"conversation:{private}", f"desk-conversation:{private}"),
        f"{topics.PRESENCE}:{chat.conversation.public_id}",
        f"{topics.OWN}:{alice.public_id}",
        f"{topics.SHARED}:{alice.account.public_id}",
        f"{topics.QUEUE}:",
    ]

    async def visit(page: Socket) -> None:
        for topic in named:
            assert await page.follow(topic) == "refused", topic
        for topic in (topic_of(chat), desk_of(chat)):
            assert (await page.tell(topic, "Hello?"))["type"] == "refused"
            assert (await page.tell(topic, "Hello?", note=True))["type"] == "refused"
            for act in ("edit", "remove", "catch-up"):
                told = await page.ask(act, topic, id=message.public_id, text="Forged.", after=0)
                assert told["type"] == "refused"
                assert SECRET not in str(told)
        for act in ("typing", "seen"):
            await page.say(act, topic_of(chat), n=message.pk)
        assert await page.is_silent()

    before = list(Message.objects.order_by("pk").values())
    connected(agent_called("Edith", AgentRole.EDITOR), visit)
    assert list(Message.objects.order_by("pk").values()) == before


def test_no_member_follows_what_is_the_desks(
    alice: Member, bob: Member, carol: Member, chat: Chat
) -> None:
    key = chat.conversation.public_id

    async def visit(page: Socket) -> None:
        for topic in (desk_of(chat), f"{topics.PRESENCE}:{key}", f"{topics.QUEUE}:"):
            assert await page.follow(topic) == "refused", topic
        told = await page.tell(desk_of(chat), "A note of mine.", note=True)
        assert told["type"] == "refused"
        assert (await page.ask("catch-up", desk_of(chat), after=0))["type"] == "refused"

    for who in (alice, bob, carol):
        connected(who, visit)
    assert not Message.objects.filter(kind="note").exists()


@pytest.mark.parametrize("side", ["help", "console"])
def test_a_visitors_socket_is_closed_before_it_says_anything(chat: Chat, side: str) -> None:
    async def visit(page: Socket) -> int:
        return await page.close_code()

    assert connected(None, visit, side=side) >= 4000
