"""Who is told what about a ticket, and how does it arrive at a real mail server?"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from conftest import ACME
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets import actions, letters
from handrail.mediums.tickets.models import Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.actions import apply_claims, create_agent
from handrail.people.models import Agent, Host, Member
from tests.mailbox import Mailbox, text_of
from tests.making import note, reply, ticket_of, viewer_of

pytestmark = pytest.mark.django_db

ClaimsOf = Callable[..., dict[str, Any]]


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A real mail server that the hub sends to."""
    with Mailbox() as mailbox:
        host, _, port = mailbox.url.removeprefix("smtp://").partition(":")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, int(port)
        yield mailbox


def sent(mailbox: Mailbox, address: str, words: str = "") -> list[EmailMessage]:
    """What has come for an address after everything that is due was done."""
    Worker().run_ready()
    return mailbox.letters_to(address, words)


def told(kind: str) -> list[str]:
    """The addresses that the ledger has for letters of a kind."""
    letters_of_kind = OutgoingMail.objects.filter(kind=kind).order_by("pk")
    return list(letters_of_kind.values_list("to_address", flat=True))


def notices(reader: Member | Agent) -> list[str]:
    rows = Notice.objects.visible_to(viewer_of(reader)).order_by("pk")
    return list(rows.values_list("title", flat=True))


# --- Who is told --------------------------------------------------------------------------------


def test_the_creator_hears_that_we_have_it(alice: Member, bob: Member) -> None:
    ticket_of(alice, is_shared=True)
    assert told("tickets.opened") == ["alice@acme.example"]
    assert notices(alice) == notices(bob) == []


def test_an_answer_goes_to_the_creator_by_mail_and_notice(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, "No clicks", is_shared=True)
    reply(dora, ticket)
    assert told("tickets.reply") == ["alice@acme.example"]
    assert notices(alice) == ["New reply: No clicks"]
    assert notices(bob) == []


def test_a_members_answer_goes_to_the_assignee_by_notice_alone(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, "No clicks", is_shared=True)
    reply(alice, ticket)
    assert notices(dora) == [], "nobody has the ticket yet"
    actions.assign(viewer_of(dora), ticket, dora)
    mails = OutgoingMail.objects.count()
    reply(bob, ticket)
    assert notices(dora) == ["Bob replied: No clicks"]
    assert OutgoingMail.objects.count() == mails


@pytest.mark.parametrize(
    ("before", "act", "line"),
    [
        (Act.OFFER, Act.ACCEPT, "Alice accepted the solution: No clicks"),
        (Act.OFFER, Act.REJECT, "Alice says that the solution did not help: No clicks"),
        (Act.ASK, Act.CLOSE, "Alice closed: No clicks"),
    ],
)
def test_a_members_move_is_told_to_the_assignee(
    alice: Member, dora: Agent, before: Act, act: Act, line: str
) -> None:
    ticket = ticket_of(alice, "No clicks")
    reply(dora, ticket, act=before)
    actions.move(viewer_of(alice), ticket, act)
    assert notices(dora) == [line]


def test_our_closing_and_reopening_are_told_and_our_starting_is_not(
    alice: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, "No clicks")
    actions.move(viewer_of(dora), ticket, Act.START)
    assert notices(alice) == []
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    assert notices(alice) == ["Closed by us: No clicks"]
    actions.move(viewer_of(dora), ticket, Act.REOPEN)
    assert notices(alice) == ["Reopened by us: No clicks"], "the newer takes the older's place"
    assert told("tickets.close") == told("tickets.reopen") == ["alice@acme.example"]


def test_a_note_is_told_to_nobody(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    actions.assign(viewer_of(dora), ticket, dora)
    finn = create_agent(email="finn@handrail.example", name="Finn")
    before = OutgoingMail.objects.count()
    note(finn, ticket)
    assert notices(alice) == notices(dora) == []
    assert OutgoingMail.objects.count() == before


# --- What is told -------------------------------------------------------------------------------


def test_an_answer_arrives_with_what_a_mail_program_wants(
    mailbox: Mailbox, alice: Member, dora: Agent, settings: Any
) -> None:
    ticket = ticket_of(alice, "No clicks")
    reply(dora, ticket, "Turn on <tracking> & try again.")
    [letter] = sent(mailbox, "alice@acme.example", "New reply")
    assert letter["Subject"] == f"[#{ticket.conversation.number}] New reply: No clicks"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["X-Auto-Response-Suppress"] == "All"
    assert letter["From"] == settings.DEFAULT_FROM_EMAIL
    mail = OutgoingMail.objects.get(kind="tickets.reply")
    assert letter["Message-ID"] == f"<{mail.public_id}@127.0.0.1>"
    assert letter["Reply-To"] is None
    assert letter["Cc"] is None
    assert letter.get_content_type() == "multipart/alternative"
    html = letter.get_body(("html",))
    assert html is not None
    assert "Turn on &lt;tracking&gt; &amp; try again." in html.get_content()
    text = text_of(letter)
    assert "Turn on <tracking> & try again." in text
    assert f"{settings.HANDRAIL_URL}/help/link/" in text
    assert "This mailbox is not read" in text


def test_a_long_answer_is_shown_in_part(mailbox: Mailbox, alice: Member, dora: Agent) -> None:
    reply(dora, ticket_of(alice), "x" * 2 * letters.EXCERPT_LENGTH)
    [letter] = sent(mailbox, "alice@acme.example", "New reply")
    assert text_of(letter).replace("\n", "").count("x" * 100) <= letters.EXCERPT_LENGTH / 100


def test_an_added_address_learns_number_subject_and_link_alone(
    mailbox: Mailbox, alice: Member, dora: Agent, settings: Any
) -> None:
    ticket = ticket_of(alice, "No clicks", is_shared=True, added_addresses=["finance@else.example"])
    reply(dora, ticket, "A secret.")
    [letter] = sent(mailbox, "finance@else.example")
    text = text_of(letter)
    assert f"#{ticket.conversation.number}" in text
    assert "No clicks" in text
    assert f"{settings.HANDRAIL_URL}/help/tickets/{ticket.conversation.public_id}/" in text
    whole = letter.as_string()
    assert "/help/link/" not in whole, "an added address is never signed in"
    for word in ("Since Monday", "A secret", "Alice", "Acme"):
        assert word not in whole


def test_an_address_that_nobody_verified_gets_no_content(
    mailbox: Mailbox, host: Host, claims_of: ClaimsOf, dora: Agent, settings: Any
) -> None:
    member = apply_claims(host, {**claims_of("Alice", ACME), "email_verified": False})
    ticket = ticket_of(member, "No clicks")
    reply(dora, ticket, "Your password is in the post.")
    [letter] = sent(mailbox, "alice@acme.example", "New reply")
    whole = letter.as_string() + text_of(letter)
    assert "Your password" not in whole
    assert "/help/link/" not in whole
    assert f"{settings.HANDRAIL_URL}/help/tickets/{ticket.conversation.public_id}/" in whole


def test_a_member_without_an_address_gets_a_notice_alone(
    host: Host, claims_of: ClaimsOf, dora: Agent
) -> None:
    member = apply_claims(host, {**claims_of("Alice", ACME), "email": None})
    reply(dora, ticket_of(member, "No clicks"))
    assert not OutgoingMail.objects.exists()
    assert notices(member) == ["New reply: No clicks"]


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: all@else.example",
        "Hello\nX-Evil: 1",
        "Hello\u2028Bcc: all@else.example",
        "Hello\x0b\x0c\x1c\x85there",
        "=?utf-8?q?Hello=0ABcc:_all?=",
    ],
)
def test_a_subject_stays_one_line_on_its_way(mailbox: Mailbox, alice: Member, subject: str) -> None:
    ticket_of(alice, subject, is_shared=True, added_addresses=["finance@else.example"])
    for address in ("alice@acme.example", "finance@else.example"):
        [letter] = sent(mailbox, address)
        assert letter["Bcc"] is None
        assert letter["X-Evil"] is None
        assert "Hello" in letter["Subject"]
    assert mailbox.letters_to("all@else.example") == []


def test_words_of_any_script_arrive(mailbox: Mailbox, alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, "הקמפיין לא עובד 🦊")
    reply(dora, ticket, "نحن نعمل على ذلك.")
    [letter] = sent(mailbox, "alice@acme.example", "New reply")
    assert "הקמפיין לא עובד 🦊" in letter["Subject"]
    assert "نحن نعمل على ذلك." in text_of(letter)


def test_notices_speak_their_readers_language(host: Host, claims_of: ClaimsOf, dora: Agent) -> None:
    """Until German is translated its words are English; the subject is the member's own."""
    member = apply_claims(host, {**claims_of("Alice", ACME), "locale": "de"})
    reply(dora, ticket_of(member, "Keine Klicks"))
    [title] = notices(member)
    assert title.endswith("Keine Klicks")


# --- How often ----------------------------------------------------------------------------------


def open_for(member: Member, *addresses: str) -> Ticket:
    return ticket_of(member, is_shared=True, added_addresses=list(addresses))


def test_an_outside_address_is_told_five_times_a_day(alice: Member, carol: Member) -> None:
    """Whoever adds it, from whichever ticket: it is nobody's mail bomb."""
    for member in (alice, carol, alice, carol, alice):
        open_for(member, "victim@else.example")
    late = open_for(carol, "victim@else.example", "other@else.example")
    assert told("tickets.added").count("victim@else.example") == letters.ADDED_PER_ADDRESS == 5
    kept = {row.address: row.was_told for row in late.added_addresses.all()}
    assert kept == {"victim@else.example": False, "other@else.example": True}


def test_the_next_day_is_another_day(alice: Member) -> None:
    for _ in range(letters.ADDED_PER_ADDRESS + 1):
        open_for(alice, "finance@else.example")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert open_for(alice, "finance@else.example").added_addresses.get().was_told


def test_an_account_causes_a_hundred_such_mails_a_day(alice: Member, carol: Member) -> None:
    for number in range(11):
        open_for(alice, *(f"a{number}-{n}@else.example" for n in range(10)))
    assert OutgoingMail.objects.filter(kind="tickets.added", account=alice.account).count() == 100
    assert open_for(carol, "finance@else.example").added_addresses.get().was_told


def test_the_ticket_says_who_was_not_told(alice: Member, browse: Callable[..., Any]) -> None:
    for _ in range(letters.ADDED_PER_ADDRESS):
        open_for(alice, "finance@else.example")
    ticket = open_for(alice, "finance@else.example")
    page = browse(alice).get(f"/help/tickets/{ticket.conversation.public_id}/").content.decode()
    assert "finance@else.example (not told: too many mails today)" in page
