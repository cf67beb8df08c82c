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
from handrail.mediums.tickets.models import SignInRequest
from handrail.people.actions import apply_claims
from handrail.people.models import Agent, Host, Member
from tests.making import reply, ticket_of, viewer_of
from tests.strangers import asked, letters, proved, send

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


# --- The form that needs no session -------------------------------------------------------------


@pytest.mark.usefixtures("installation")
def test_a_strangers_name_carries_no_header_and_turns_no_text() -> None:
    assert send(name=EVIL, account_name="A\u202ecod.exe\u202c").status_code == 302
    request = SignInRequest.objects.get()
    assert request.name == "Hello Bcc: everybody@elsewhere.example Buy now"
    assert request.account_name == "A cod.exe"
    assert request.ticket.conversation.subject.isprintable()
    for letter in letters():
        assert letter.message()["Bcc"] is None


@pytest.mark.usefixtures("installation")
@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\0",
        "a b@c.example",
        "a@b.example, c@d.example",
    ],
)
def test_a_strangers_address_is_one_address_and_nothing_more(address: str) -> None:
    assert send(email=address).status_code == 422
    assert not SignInRequest.objects.exists()


@pytest.mark.usefixtures("installation")
def test_a_name_may_be_of_any_language_and_hold_emoji() -> None:
    names = ("Жанна Дарк", "مريم", "山田 太郎", "Kim 👩\u200d🚀")
    for number, name in enumerate(names):
        assert send(name=name, email=f"k{number}@elsewhere.example").status_code == 302
    assert set(SignInRequest.objects.values_list("name", flat=True)) == set(names)


def test_a_domain_of_another_alphabet_is_kept_as_mail_servers_know_it(dora: Agent) -> None:
    """Letters that look like others show as what they are."""
    assert send(email="kim@bücher.example").status_code == 302
    assert SignInRequest.objects.get().email == "kim@xn--bcher-kva.example"
    [letter] = letters("kim@xn--bcher-kva.example")
    assert "xn--bcher-kva" in str(letter.message()["To"])


def test_an_answer_to_a_stranger_carries_no_header(dora: Agent) -> None:
    ticket = proved(dora, name=EVIL)
    reply(dora, ticket, EVIL)
    asked(name=EVIL, email="lee@elsewhere.example")
    for letter in letters():
        assert letter.message()["Bcc"] is None
        assert letter.recipients() == ["kim@elsewhere.example"]
