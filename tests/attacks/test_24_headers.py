"""Header and mail injection. RT CVE-2012-4730.

CR, LF and NUL reach no header of a mail or an answer; the client's address comes from trusted
proxies only.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory

from handrail.base.limits import client_address
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets.forms import TicketForm
from handrail.people.actions import apply_claims
from handrail.people.models import Agent, Host, Member
from tests.making import reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db

EVIL = "Hello\r\nBcc: everybody@elsewhere.example\r\n\r\nBuy now"


def test_a_subject_carries_no_header_into_a_mail(alice: Member, dora: Agent) -> None:
    reply(dora, ticket_of(alice, subject=EVIL, is_shared=True, added_addresses=["a@b.example"]))
    Worker().run_ready()
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        headers = letter.message()
        assert headers["Bcc"] is None
        assert "\n" not in letter.subject
        assert letter.recipients() in (["alice@acme.example"], ["a@b.example"])


def test_a_name_carries_no_header_into_a_mail(
    host: Host, claims_of: Callable[..., dict[str, Any]], dora: Agent
) -> None:
    from conftest import ACME

    claims = {**claims_of("Mallory", ACME), "name": EVIL}
    ticket_of(apply_claims(host, claims))
    Worker().run_ready()
    [letter] = mail.outbox
    assert letter.message()["Bcc"] is None


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: c@d.example", "a@b.example\0", "a b@c"])
def test_an_added_address_is_an_address_and_nothing_more(address: str, alice: Member) -> None:
    form = TicketForm(viewer_of(alice), {"added_addresses": address})
    form.is_valid()
    given = form.cleaned_data.get("added_addresses", [])
    assert form.errors.get("added_addresses") or all("\n" not in one for one in given)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "junk", "unknown"),
    ],
)
def test_only_a_trusted_proxy_says_where_a_request_comes_from(
    peer: str, forwarded: str, address: str, settings: Any
) -> None:
    import dataclasses

    settings.ENV = dataclasses.replace(settings.ENV, trusted_proxies=["10.0.0.0/8"])
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_a_query_carries_no_header_into_an_answer(
    alice: Member, browse: Callable[..., Client]
) -> None:
    answer = browse(alice).get("/help/tickets/?status=%0d%0aX-Evil:%201&before=%0d%0aX-Evil:1")
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
