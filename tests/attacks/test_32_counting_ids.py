"""Counting up ids. Chatwoot #12719.

Addresses hold random ids; the number that people use works only within what its reader may see.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.conversations.models import Conversation
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, upload
from tests.strangers import asked, proved

pytestmark = pytest.mark.django_db


def test_ids_are_random_and_long(alice: Member, carol: Member, dora: Agent) -> None:
    tickets = [ticket_of([alice, carol][n % 2]) for n in range(20)]
    ids = [ticket.conversation.public_id for ticket in tickets]
    ids += [reply(dora, ticket).public_id for ticket in tickets]
    ids += [upload(alice, f"{n}.txt").public_id for n in range(5)]
    assert len(set(ids)) == len(ids)
    assert all(len(public_id) == 22 for public_id in ids)
    assert len({public_id[:4] for public_id in ids}) > len(ids) * 0.9


@pytest.mark.parametrize("side", ["/help/tickets/", "/console/tickets/"])
def test_neither_number_nor_row_opens_a_ticket(
    side: str, alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice)
    browser = browse(alice if side.startswith("/help") else dora)
    for guess in (ticket.pk, ticket.conversation.number, f"%23{ticket.conversation.number}"):
        assert browser.get(f"{side}{guess}/").status_code == 404


def test_a_strangers_pages_hold_no_id_or_number_of_acmes(
    alice: Member, carol: Member, browse: Callable[..., Client]
) -> None:
    for _ in range(3):
        ticket_of(alice, is_shared=True)
    browser = browse(carol)
    pages = "".join(browser.get(path).content.decode() for path in ("/help/", "/help/tickets/"))
    for conversation in Conversation.objects.all():
        assert conversation.public_id not in pages
        assert str(conversation.number) not in pages


def test_no_number_or_id_opens_the_ticket_of_a_stranger(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = proved(dora)
    for conversation in (ticket.conversation, asked(email="lee@elsewhere.example").conversation):
        for name in (conversation.number, conversation.pk, conversation.public_id):
            for browser in (browse(None), browse(alice)):
                assert browser.get(f"/sign-in-help/{name}/1").status_code == 404
                assert browser.get(f"/help/tickets/{name}/").status_code in {401, 404}
