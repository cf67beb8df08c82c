"""An open form as a mail bomb or spam relay. Zendesk, 2025/26.

Members can add addresses that are told of a ticket. Nobody can make us write to a stranger often,
and what is written holds number, subject and link, grants nothing and says nothing of the text.
"""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from handrail.engines.notify.models import OutgoingMail
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets.letters import ADDED_PER_ADDRESS
from handrail.mediums.tickets.models import AddedAddress
from handrail.people.models import Host, Member
from tests.making import ticket_of, words

pytestmark = pytest.mark.django_db

VICTIM = "victim@elsewhere.example"


def mails_to(address: str) -> list[str]:
    Worker().run_ready()
    return [str(letter.body) for letter in mail.outbox if address in letter.to]


def test_many_tickets_do_not_flood_one_address(alice: Member, carol: Member) -> None:
    for number in range(30):
        ticket_of([alice, carol][number % 2], is_shared=True, added_addresses=[VICTIM])
    assert len(mails_to(VICTIM)) == ADDED_PER_ADDRESS
    assert AddedAddress.objects.filter(was_told=False).count() == 30 - ADDED_PER_ADDRESS


def test_one_account_cannot_write_to_any_number_of_strangers(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handrail.mediums.tickets.letters.ADDED_PER_ACCOUNT", 12)
    for number in range(3):
        strangers = [f"s{number}-{index}@elsewhere.example" for index in range(10)]
        ticket_of(alice, is_shared=True, added_addresses=strangers)
    assert OutgoingMail.objects.filter(kind="tickets.added").count() == 12


def test_the_mail_to_an_added_address_carries_none_of_the_text(alice: Member) -> None:
    text = "BUY CHEAP WATCHES at http://spam.example/"
    ticket_of(alice, message=words(text), is_shared=True, added_addresses=[VICTIM])
    [body] = mails_to(VICTIM)
    [letter] = OutgoingMail.objects.filter(to_address=VICTIM)
    assert "WATCHES" not in body + letter.html + letter.subject
    assert "spam.example" not in body + letter.html


def test_the_link_in_that_mail_grants_nothing(alice: Member, browse: Callable[..., Client]) -> None:
    ticket = ticket_of(alice, is_shared=True, added_addresses=[VICTIM])
    [body] = mails_to(VICTIM)
    path = f"/help/tickets/{ticket.conversation.public_id}/"
    assert path in body
    assert "/help/link/" not in body
    answer = browse(None).get(path)
    assert answer.status_code == 401
    assert ticket.conversation.subject not in answer.content.decode()


def test_nobody_is_told_of_a_private_ticket(alice: Member) -> None:
    ticket_of(alice, is_shared=False, added_addresses=[VICTIM])
    assert mails_to(VICTIM) == []


def test_an_address_that_the_host_has_not_verified_gets_no_content_and_no_way_in(
    host: Host, claims_of: Callable[..., dict[str, object]]
) -> None:
    from conftest import ACME
    from handrail.people.actions import apply_claims

    host.sign_in_url = ""
    host.save()
    claims = {**claims_of("Mallory", ACME), "email": VICTIM, "email_verified": False}
    ticket_of(apply_claims(host, claims), message=words("the text of the attacker"))
    [body] = mails_to(VICTIM)
    assert "the text of the attacker" not in body
    assert "/help/link/" not in body
