"""Does an agent know the story at once?"""

from handrail.mediums.chat import actions
from handrail.mediums.chat.models import Chat
from handrail.people.access import viewer_of_session
from handrail.people.actions import start_session
from handrail.people.models import Agent, Member
from tests.browsing import client_for
from tests.chats import live_chat_of
from tests.help_pages import page_of, section_of
from tests.making import ticket_of, viewer_of, words


def story(agent: Agent, chat: Chat) -> str:
    path = f"/console/chat/{chat.conversation.public_id}/story"
    return client_for(agent).get(path).content.decode()


def test_who_what_and_where_from(dora: Agent, alice: Member) -> None:
    chat = live_chat_of(alice, dora)
    Chat.objects.filter(pk=chat.pk).update(page="/reports", summary="Clicks are <missing>.")
    page = story(dora, chat)
    for fact in ("Alice", "Acme", "Enterprise", "/reports", "Clicks are &lt;missing&gt;."):
        assert fact in page
    assert "Europe/Berlin" in page


def test_where_the_member_was_at_the_host_as_the_host_says(dora: Agent, alice: Member) -> None:
    where = {"page": "https://platform.example/campaigns/7?key=secret#top", "title": "Campaign"}
    session = start_session(alice, context=where).session
    chat = actions.begin(viewer_of_session(session), words("Where are my clicks?"))
    assert chat.page == "/campaigns/7"
    page = story(dora, chat)
    assert "<bdi>/campaigns/7</bdi>" in page
    assert "secret" not in page


def test_what_is_no_address_names_no_page(alice: Member) -> None:
    session = start_session(alice, context={"page": "https://["}).session
    assert actions.begin(viewer_of_session(session), words()).page == ""


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
