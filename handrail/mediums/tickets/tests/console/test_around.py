"""What does an agent see around a ticket, and where may its page lead?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import TicketDraft
from handrail.mediums.tickets.console.around import page_url
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.access import viewer_of_session
from handrail.people.actions import start_session
from handrail.people.models import Agent, Member
from tests.making import ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
ONE = ["https://app.example"]


def around(browser: Client, ticket: Ticket) -> str:
    path = f"/console/tickets/{ticket.conversation.public_id}/around"
    return browser.get(path).content.decode()


def from_page(member: Member, **context: str) -> Ticket:
    """A ticket that was written while the member was somewhere at the host."""
    session = start_session(member, context=context).session
    draft = TicketDraft("Where am I?", IssueType.objects.all()[0], words())
    return actions.open_ticket(viewer_of_session(session), draft)


def test_the_tickets_of_the_account_and_of_the_member(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice, "This one")
    ticket_of(bob, "Open of Bob")
    closed = ticket_of(alice, "Closed of Alice")
    actions.move(viewer_of(dora), closed, Act.CLOSE)
    ticket_of(carol, "Of Globex")
    page = around(browse(dora), ticket)
    in_account, of_alice = page.split("Latest by Alice")
    assert "Open of Bob" in in_account
    assert "Closed of Alice" not in in_account
    assert "Closed of Alice" in of_alice
    assert "Open of Bob" not in of_alice
    assert "Of Globex" not in page
    assert "This one" not in page


def test_tickets_with_the_same_words_are_found_in_every_account(
    alice: Member, carol: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice, "Payment import fails with timeout")
    ticket_of(carol, "The import of a payment: timeout again")
    ticket_of(carol, "Payment wanted")
    page = around(browse(dora), ticket)
    assert "timeout again" in page.split("With the same words")[1]
    assert "Globex" in page
    assert "Payment wanted" not in page


def test_what_was_merged_away_is_not_near(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket, one, other = (ticket_of(alice, name) for name in ("This", "Merged away", "Goes on"))
    actions.merge(viewer_of(dora), one, other)
    page = around(browse(dora), ticket)
    assert "Goes on" in page
    assert "Merged away" not in page


def test_the_page_that_the_member_came_from(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = from_page(alice, page="/reports?of=june", title="Reports", host_version="7.2")
    assert ticket.came_from == {
        "page": "/reports?of=june",
        "title": "Reports",
        "host_version": "7.2",
    }
    page = around(browse(dora), ticket)
    origin = alice.person.host.origins[0]
    assert f'href="{origin}/reports?of=june"' in page
    assert "7.2" in page
    assert "Where they came from" not in around(browse(dora), ticket_of(alice))


@pytest.mark.parametrize(
    ("origins", "page", "url"),
    [
        (ONE, "https://app.example/a?b=c", "https://app.example/a?b=c"),
        (ONE, "/a", "https://app.example/a"),
        ([*ONE, "https://b.example"], "/a", ""),
        ([], "/a", ""),
        (ONE, "https://app.example.evil.example/", ""),
        (ONE, "https://app.example@evil.example/", ""),
        (ONE, "https://evil.example/https://app.example", ""),
        (ONE, "http://app.example/", ""),
        (ONE, "https://app.example:8443/", ""),
        (ONE, "//evil.example", ""),
        (ONE, "/\\evil.example", ""),
        (ONE, "javascript:alert(1)", ""),
        (ONE, "data:text/html,x", ""),
        (ONE, "reports", ""),
        (ONE, 'https://app.example/" onclick=x', ""),
        (ONE, "https://[", ""),
    ],
)
def test_only_the_hosts_own_pages_are_links(origins: list[str], page: str, url: str) -> None:
    assert page_url(origins, page) == url


def test_what_a_host_says_is_text(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket = from_page(alice, page="javascript:alert(1)", title="<script>alert(1)</script>")
    page = around(browse(dora), ticket)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert 'href="javascript' not in page


def test_of_a_stranger_nothing_is_known(alice: Member, dora: Agent, browse: Browse) -> None:
    from handrail.engines.conversations.models import Conversation

    ticket = ticket_of(alice)
    Conversation.objects.filter(pk=ticket.pk).update(account=None, creator=None)
    path = f"/console/tickets/{ticket.conversation.public_id}/around"
    answer: Any = browse(dora).get(path)
    assert answer.status_code == 200
    assert "About them" not in answer.content.decode()
