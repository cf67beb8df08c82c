"""IDOR. Chatwoot CVE-2026-115725.

Every route with every foreign id, in the address and in the body, answers a stranger exactly as
for what does not exist.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from handrail.base.ids import public_id
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import add_issue_type, make_canned
from handrail.mediums.tickets.models import CannedReply, Ticket
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from tests.making import reply, ticket_of, upload, viewer_of, words

pytestmark = pytest.mark.django_db

READS = (
    "/help/tickets/{id}/",
    "/help/tickets/{id}/messages",
    "/help/tickets/{id}/messages?after=x",
)
FILES = ("/help/tickets/files/{file}/", "/help/tickets/files/{file}/preview")
WRITES: dict[str, dict[str, Any]] = {
    "/help/tickets/{id}/reply": {"body": "let me in"},
    "/help/tickets/{id}/move": {"act": "close"},
    "/help/tickets/{id}/share": {"is_shared": "on"},
    "/help/tickets/{id}/seen": {},
}


@pytest.fixture
def ticket(alice: Member) -> Ticket:
    """A private ticket of Alice's, with a file."""
    kept = upload(alice)
    return ticket_of(alice, message=words(attachment_ids=[kept.public_id]))


def facts(ticket: Ticket) -> list[Any]:
    """Everything that a stranger could have changed."""
    return [
        list(Conversation.objects.filter(pk=ticket.pk).values()),
        list(Message.objects.order_by("pk").values()),
        list(Attachment.objects.order_by("pk").values()),
    ]


def ask(browser: Client, path: str, ticket: Ticket, data: dict[str, Any] | None) -> Any:
    file = Attachment.objects.all()[0].public_id
    real = path.format(id=ticket.conversation.public_id, file=file)
    missing = path.format(id=public_id(), file=public_id())
    if data is None:
        return browser.get(real), browser.get(missing)
    sent = {**data, "client_id": str(uuid4())}
    return browser.post(real, sent), browser.post(missing, sent)


@pytest.mark.parametrize(
    ("path", "data"), [*((path, None) for path in READS + FILES), *WRITES.items()]
)
@pytest.mark.parametrize("stranger", ["bob", "carol"])
def test_a_stranger_cannot_tell_it_from_what_does_not_exist(
    stranger: str,
    path: str,
    data: dict[str, Any] | None,
    ticket: Ticket,
    bob: Member,
    carol: Member,
    browse: Callable[..., Client],
) -> None:
    before = facts(ticket)
    real, missing = ask(browse({"bob": bob, "carol": carol}[stranger]), path, ticket, data)
    assert (real.status_code, missing.status_code) == (404, 404)
    assert real.content == missing.content
    assert facts(ticket) == before


def test_a_members_cookie_opens_nothing_in_the_console(
    ticket: Ticket, alice: Member, browse: Callable[..., Client]
) -> None:
    browser = browse(alice)
    path = f"/console/tickets/{ticket.conversation.public_id}/"
    assert browser.get(path).status_code == 302
    assert browser.post(path + "reply", {"body": "as an agent", "act": "note"}).status_code in {
        302,
        403,
    }
    assert Message.objects.count() == 1


def test_an_agents_cookie_opens_nothing_in_the_panel(
    ticket: Ticket, dora: Agent, browse: Callable[..., Client]
) -> None:
    path = f"/help/tickets/{ticket.conversation.public_id}/"
    assert browse(dora).get(path).status_code == 401


def test_anothers_file_cannot_be_hung_on_a_message_of_ones_own(
    alice: Member, carol: Member, browse: Callable[..., Client]
) -> None:
    unsent = upload(alice)
    theirs = ticket_of(carol)
    answer = browse(carol).post(
        f"/help/tickets/{theirs.conversation.public_id}/reply",
        {"body": "look", "attachments": [unsent.public_id], "client_id": str(uuid4())},
    )
    assert answer.status_code == 200
    unsent.refresh_from_db()
    assert unsent.message_id is None
    assert browse(carol).get(f"/help/tickets/files/{unsent.public_id}/").status_code == 404
    assert browse(carol).post(f"/help/tickets/files/{unsent.public_id}/discard").status_code == 200
    assert Attachment.objects.filter(pk=unsent.pk).exists()


def test_an_issue_type_of_another_kind_of_account_cannot_be_chosen(
    carol: Member, browse: Callable[..., Client]
) -> None:
    foreign = add_issue_type(name="For brands alone", account_kind="brand")
    sent = {"subject": "s", "issue_type": foreign.public_id, "body": "b"}
    assert browse(carol).post("/help/tickets/new", sent).status_code == 422
    assert not Conversation.objects.exists()


def test_the_id_of_another_tickets_message_shows_nothing_of_it(
    alice: Member, bob: Member, browse: Callable[..., Client]
) -> None:
    hidden = reply(alice, ticket_of(alice), "a secret of Alice's")
    own = ticket_of(bob)
    page = browse(bob).get(
        f"/help/tickets/{own.conversation.public_id}/messages?after={hidden.public_id}"
    )
    assert "a secret of Alice" not in page.content.decode()


def test_anothers_canned_reply_cannot_be_told_from_what_does_not_exist(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    kept = make_canned(viewer_of(dora), title="Doras", body="for Dora alone")
    browser = browse(create_agent(email="finn@handrail.example", name="Finn"))
    before = CannedReply.objects.filter(pk=kept.pk).values().get()
    top = "/console/tickets/settings/canned/"
    for path, data in [
        ("", None),
        ("", {"title": "Mine", "body": "now"}),
        ("retire", {}),
        ("used", {}),
    ]:
        real, missing = f"{top}{kept.public_id}/{path}", f"{top}{public_id()}/{path}"
        asked = [
            browser.get(url) if data is None else browser.post(url, data) for url in (real, missing)
        ]
        assert [answer.status_code for answer in asked] == [404, 404]
        assert asked[0].content == asked[1].content
    for path in (top, f"{top}?q=dora"):
        assert "for Dora alone" not in browser.get(path).content.decode()
    assert CannedReply.objects.filter(pk=kept.pk).values().get() == before


def test_the_palette_names_nothing_that_the_agent_may_not_read(
    ticket: Ticket, alice: Member, browse: Callable[..., Client]
) -> None:
    """An editor reads no tickets, whatever their browser says that it had open or had seen."""
    eva = create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    ref = f"tickets/{ticket.conversation.public_id}"
    number, subject = ticket.conversation.number, ticket.conversation.subject
    for query in (f"here={ref}", f"seen={ref}", f"q=%23{number}", f"q={subject}"):
        page = browse(eva).get(f"/console/palette?{query}").content.decode()
        assert ticket.conversation.public_id not in page
        assert "Assign" not in page
    assert browse(eva).get(f"/console/{ref}/canned").status_code == 403
    assert browse(alice).get(f"/console/palette?here={ref}").status_code == 302


def test_a_reply_to_what_was_merged_tells_a_stranger_nothing(
    ticket: Ticket,
    alice: Member,
    bob: Member,
    carol: Member,
    dora: Agent,
    browse: Callable[..., Client],
) -> None:
    actions.merge(viewer_of(dora), ticket, ticket_of(alice, "Where it goes on"))
    path = f"/help/tickets/{ticket.conversation.public_id}/"
    before = Message.objects.count()
    for stranger in (bob, carol):
        for answer in (
            browse(stranger).get(path),
            browse(stranger).post(path + "reply", {"body": "x"}),
        ):
            assert answer.status_code == 404
            assert "Where it goes on" not in answer.content.decode()
    assert Message.objects.count() == before


def test_who_lost_sight_of_where_it_went_is_not_led_there(
    alice: Member, bob: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    one = ticket_of(alice, is_shared=True)
    other = ticket_of(bob, "Bob's plans", is_shared=True)
    actions.merge(viewer_of(dora), one, other)
    actions.share(viewer_of(bob), other, False)
    browser = browse(alice)
    path = f"/help/tickets/{one.conversation.public_id}/"
    page = browser.get(path).content.decode()
    assert "plans" not in page
    assert other.conversation.public_id not in page
    answer = browser.post(path + "reply", {"body": "and mine?"})
    assert other.conversation.public_id not in answer["HX-Redirect"]
    assert not other.conversation.messages.filter(body="and mine?").exists()
