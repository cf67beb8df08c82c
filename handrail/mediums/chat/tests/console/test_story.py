"""Does an agent know the story at once?"""

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import live_chat_of
from tests.help_pages import page_of, section_of
from tests.making import ticket_of, viewer_of


def story(agent: Agent, chat: Chat) -> str:
    path = f"/console/chat/{chat.conversation.public_id}/story"
    return client_for(agent).get(path).content.decode()


def test_who_what_and_where_from(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora)
    Chat.objects.filter(pk=chat.pk).update(page="/reports", summary="Clicks are <missing>.")
    page = story(dora, chat)
    for words in ("Alice", "Acme", "Enterprise", "/reports", "Clicks are &lt;missing&gt;."):
        assert words in page
    assert "Europe/Berlin" in page


def test_pages_that_were_read_are_named_newest_first(dora: Agent, alice: Member) -> None:
    section = section_of("Brands")
    first, second = page_of(section, "First page"), page_of(section, "Second page")
    chat = live_chat_of(alice, dora)
    read = [f"docs/{first.public_id}", f"docs/{second.public_id}", "docs/gone", "junk"]
    Chat.objects.filter(pk=chat.pk).update(pages_read=read)
    page = story(dora, chat)
    assert page.index("Second page") < page.index("First page")


def test_open_tickets_and_earlier_chats_stand_beside(
    dora: Agent, alice: Member, carol: Member
) -> None:
    ticket_of(alice, "A ticket of Alice's")
    ticket_of(carol, "A ticket of Carol's")
    actions.end(viewer_of(dora), live_chat_of(alice, dora, "What I asked before"))
    page = story(dora, live_chat_of(alice, dora, "What I ask now"))
    assert "A ticket of Alice&#x27;s" in page
    assert "What I asked before" in page
    assert "Carol" not in page


def test_it_is_for_agents_who_answer(alice: Member, dora: Agent) -> None:
    path = f"/console/chat/{live_chat_of(alice, dora).conversation.public_id}/story"
    assert client_for(alice).get(path).status_code == 302
