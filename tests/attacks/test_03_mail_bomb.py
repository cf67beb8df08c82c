"""An open form as a mail bomb or spam relay. Zendesk, 2025/26.

Members can add addresses that are told of a ticket, and anybody can ask for help with signing in
in anybody's name. Nobody can make us write to a stranger often; what is written holds number,
subject and link, or fixed words alone, grants nothing and says nothing of the text. The open form
costs work.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from handrail.base.limits import Limit
from handrail.engines.notify.models import OutgoingMail
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import NotNow
from handrail.mediums.tickets.letters import ADDED_PER_ADDRESS
from handrail.mediums.tickets.models import AddedAddress
from handrail.mediums.tickets.public import pages
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Host, Member
from tests.making import reply, ticket_of, viewer_of, words
from tests.strangers import PAGE, asked, form, letters, proof_link, send, visitor, worked

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


# --- The form that needs no session -------------------------------------------------------------

SPAM = "BUY CHEAP WATCHES at http://spam.example/"


@pytest.fixture
def _offered(installation: None) -> None:
    """The public form, in an installation without a member."""


@pytest.mark.usefixtures("_offered")
def test_whatever_is_sent_one_mail_reaches_a_stranger_and_it_is_fixed() -> None:
    for number in range(8):
        changes = {"name": f"{SPAM} {number}", "body": SPAM, "account_name": SPAM}
        send(visitor(f"198.51.100.{number}"), email=VICTIM, **changes)
        send(visitor(f"198.51.100.{number}"), email="someone@elsewhere.example")
    [mine] = letters(VICTIM)
    [other] = letters("someone@elsewhere.example")
    assert (mine.subject, mine.body) == (other.subject, other.body)
    for letter in OutgoingMail.objects.all():
        assert "spam.example" not in letter.subject + letter.text + letter.html
        assert "WATCHES" not in letter.subject + letter.text + letter.html


@pytest.mark.usefixtures("_offered")
@pytest.mark.parametrize(
    "spelling",
    ["VICTIM@Elsewhere.Example", "victim+1@elsewhere.example", "vic.tim@elsewhere.example"],
)
def test_another_spelling_of_a_mailbox_is_not_another_mailbox(spelling: str) -> None:
    send(email=VICTIM)
    send(email=spelling)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.usefixtures("_offered")
def test_from_everywhere_together_only_so_much_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "IN_ALL", Limit("all", most=3, seconds=3600))
    statuses = [
        send(visitor(f"198.51.100.{number}"), email=f"v{number}@elsewhere.example").status_code
        for number in range(5)
    ]
    assert statuses == [302, 302, 302, 429, 429]
    assert OutgoingMail.objects.count() == 3


def test_an_agents_words_are_not_relayed_to_an_address_that_nobody_proved(dora: Agent) -> None:
    ticket = asked(email=VICTIM)
    with pytest.raises(NotNow):
        reply(dora, ticket, SPAM, act=Act.ASK)
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    actions.move(viewer_of(dora), ticket, Act.REOPEN)
    proof_link(dora, ticket)
    assert [letter.subject for letter in letters(VICTIM)] == [
        "We have your request for help with signing in",
        "Please confirm your address",
    ]
    assert not any("WATCHES" in letter.body for letter in letters(VICTIM))


# --- The work -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("_offered")
def test_no_work_no_ticket() -> None:
    browser = visitor()
    for proof in ("", "e30=", "[]", "\x00", "x" * 5000, "bm90IGpzb24="):
        assert send(browser, proof=proof).status_code == 422
    assert OutgoingMail.objects.count() == 0


@pytest.mark.usefixtures("_offered")
def test_the_same_work_does_not_count_twice() -> None:
    browser = visitor()
    proof = worked(browser)
    assert send(browser, proof=proof).status_code == 302
    answer = send(browser, proof=proof, email=VICTIM)
    assert answer.status_code == 422
    assert "press the button once more" in answer.content.decode()
    assert letters(VICTIM) == []


@pytest.mark.usefixtures("_offered")
def test_work_for_nothing_or_of_ones_own_making_does_not_count() -> None:
    from altcha import Challenge, Payload, create_challenge, solve_challenge

    easy = create_challenge("PBKDF2/SHA-256", 1, key_prefix="", hmac_secret="guessed")
    solution = solve_challenge(easy)
    assert solution
    forged = str(Payload(easy, solution).to_base64())
    browser = visitor()
    asked_for = Challenge.from_dict(browser.get(f"{PAGE}/challenge").json())
    solution.derived_key = asked_for.parameters.key_prefix + "00" * 16
    guessed = str(Payload(asked_for, solution).to_base64())
    solved = solve_challenge(asked_for)
    assert solved
    asked_for.parameters.cost = 0
    cheaper = str(Payload(asked_for, solved).to_base64())
    for proof in (forged, guessed, cheaper):
        assert send(browser, proof=proof).status_code == 422


@pytest.mark.usefixtures("_offered")
def test_work_for_another_form_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handrail.mediums.tickets.public.work.FORM", {"form": "another"})
    browser = visitor()
    proof = worked(browser)
    monkeypatch.undo()
    assert send(browser, proof=proof).status_code == 422


@pytest.mark.usefixtures("_offered")
def test_old_work_does_not_count() -> None:
    browser = visitor()
    given = form(browser)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert browser.post(PAGE, given).status_code == 422
