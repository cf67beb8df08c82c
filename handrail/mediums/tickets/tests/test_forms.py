"""What input do we accept, and what do we say to the rest?"""

from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict

from handrail.engines.conversations.actions import MESSAGE_LENGTH
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.forms import (
    AgentReplyForm,
    FilterForm,
    PriorityForm,
    ReplyForm,
    TicketForm,
)
from handrail.mediums.tickets.models import IssueType
from handrail.mediums.tickets.states import Act, Status, Who, acts_for
from handrail.people.models import Agent, Member
from tests.making import upload, viewer_of

pytestmark = pytest.mark.django_db

MADE_UP = "AAAAAAAAAAAAAAAAAAAAAA"


def sent(**fields: Any) -> QueryDict:
    """A form as a browser sends it; lists become repeated fields."""
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def ticket_form(member: Member, **changes: Any) -> TicketForm:
    given = {
        "subject": "The spring campaign shows no clicks",
        "issue_type": IssueType.objects.all()[0].public_id,
        "body": "Since Monday the report is empty.",
        "client_id": str(uuid4()),
        **changes,
    }
    return TicketForm(viewer_of(member), sent(**given))


def errors(form: Any, field: str) -> list[str]:
    return [str(error) for error in form.errors.get(field, [])]


# --- The fields of a new ticket -----------------------------------------------------------------


def test_the_fields_stand_in_the_order_that_people_know(alice: Member) -> None:
    visible = [field.name for field in TicketForm(viewer_of(alice)).visible_fields()]
    assert visible == [
        "subject",
        "issue_type",
        "is_shared",
        "added_addresses",
        "body",
        "attachments",
    ]


def test_an_empty_form_says_what_is_missing_in_plain_words(alice: Member) -> None:
    form = TicketForm(viewer_of(alice), QueryDict())
    assert form.errors == {
        "subject": ["Sum up your issue in a few words."],
        "issue_type": ["Choose what your issue is about."],
        "body": ["Describe what happens."],
    }


@pytest.mark.parametrize("letter", ["x", "ü", "中", "🦊"])
def test_a_subject_has_140_letters_of_any_kind(alice: Member, letter: str) -> None:
    form = ticket_form(alice, subject=letter * 140)
    assert form.is_valid(), form.errors
    ticket = actions.open_ticket(viewer_of(alice), form.ticket_draft())
    ticket.conversation.refresh_from_db()
    assert ticket.conversation.subject == letter * 140
    too_long = ticket_form(alice, subject=letter * 141)
    assert errors(too_long, "subject") == [
        "Keep the subject within 140 characters; the description has room."
    ]


@pytest.mark.parametrize("subject", ["", "   ", "\t\n", "\u00a0"])
def test_a_subject_of_nothing_is_no_subject(alice: Member, subject: str) -> None:
    assert errors(ticket_form(alice, subject=subject), "subject")


@pytest.mark.parametrize("field", ["subject", "body", "added_addresses", "issue_type"])
def test_nul_is_refused_before_a_database_sees_it(alice: Member, field: str) -> None:
    assert errors(ticket_form(alice, **{field: "before\0after"}), field)


@pytest.mark.parametrize(
    "words",
    [
        "👩‍👩‍👧‍👦 it broke 🔥",
        "הקמפיין לא עובד",
        "الحملة لا تعمل",
        "\u202eevil\u202c",
        "<b>bold</b> & 'so'",
    ],
)
def test_words_of_any_script_stay_as_they_are(alice: Member, words: str) -> None:
    form = ticket_form(alice, subject=words, body=words)
    assert form.is_valid(), form.errors
    ticket = actions.open_ticket(viewer_of(alice), form.ticket_draft())
    ticket.conversation.refresh_from_db()
    assert ticket.conversation.subject == words
    assert ticket.conversation.messages.get().body == words


def test_a_very_long_text_is_asked_for_as_a_file(alice: Member) -> None:
    assert ticket_form(alice, body="x" * MESSAGE_LENGTH).is_valid()
    assert errors(ticket_form(alice, body="x" * (MESSAGE_LENGTH + 1)), "body") == [
        "That is too long to send as one message. Attach it as a text file."
    ]


# --- Issue types --------------------------------------------------------------------------------


def test_a_type_that_is_not_offered_cannot_be_chosen(alice: Member) -> None:
    retired = actions.add_issue_type(name="Old")
    actions.retire_issue_type(retired)
    foreign = actions.add_issue_type(name="Payouts", account_kind="partner")
    for given in (retired.public_id, foreign.public_id, MADE_UP, "1", "' OR 1=1 --"):
        assert errors(ticket_form(alice, issue_type=given), "issue_type") == [
            "That type is not offered any more. Choose another."
        ]


def test_types_are_offered_in_the_owners_order(alice: Member) -> None:
    last = actions.add_issue_type(name="Last", position=99)
    first = actions.add_issue_type(name="First", position=0)
    offered = list(TicketForm(viewer_of(alice)).fields["issue_type"].queryset)  # type: ignore[attr-defined]
    assert (offered[0], offered[-1]) == (first, last)


# --- Added addresses ----------------------------------------------------------------------------


def test_ten_addresses_can_be_added_and_not_eleven(alice: Member) -> None:
    addresses = [f"person-{number}@acme.example" for number in range(11)]
    ten = ticket_form(alice, is_shared="on", added_addresses=", ".join(addresses[:10]))
    assert ten.is_valid(), ten.errors
    assert ten.ticket_draft().added_addresses == addresses[:10]
    eleven = ticket_form(alice, is_shared="on", added_addresses=", ".join(addresses))
    assert errors(eleven, "added_addresses") == ["You can add ten addresses at most."]


def test_an_address_that_is_given_twice_counts_once(alice: Member) -> None:
    given = " Finance@Acme.example;finance@acme.example\nfinance@acme.example,, other@b.example "
    form = ticket_form(alice, is_shared="on", added_addresses=given)
    assert form.is_valid(), form.errors
    assert form.ticket_draft().added_addresses == ["finance@acme.example", "other@b.example"]


@pytest.mark.parametrize(
    "address", ["finance", "a@b", "@acme.example", "a@@b.example", "<a@b.example>", "a@b.example>"]
)
def test_what_is_no_address_is_named(alice: Member, address: str) -> None:
    form = ticket_form(alice, added_addresses=f"good@acme.example, {address}")
    assert errors(form, "added_addresses") == [f"“{address}” is not an email address."]


# --- Files and ids ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("most", "words"), [(1, "1 file"), (3, "3 files at most"), (10, "10 files at most")]
)
def test_as_many_files_come_with_a_message_as_the_operator_says(
    alice: Member, settings: Any, most: int, words: str
) -> None:
    settings.MOST_FILES = most
    ids = [f"{number:022d}" for number in range(most + 1)]
    assert ticket_form(alice, attachments=ids[:most]).is_valid()
    assert errors(ticket_form(alice, attachments=ids), "attachments") == [
        f"A message can carry {words}. Remove some, or send a second message."
    ]


@pytest.mark.parametrize("given", ["1", "../../etc/passwd", "x" * 23, "x" * 21 + "\0", "' OR 1=1"])
def test_an_id_that_is_none_of_ours_is_refused(alice: Member, given: str) -> None:
    assert errors(ticket_form(alice, attachments=[given]), "attachments")
    assert ticket_form(alice, attachments=[given]).uploads(viewer_of(alice)) == []


@pytest.mark.parametrize("given", ["1", "not-a-uuid", "x" * 36, "\0"])
def test_a_malformed_client_id_is_refused(given: str) -> None:
    assert errors(ReplyForm(sent(body="Hello", client_id=given)), "client_id")


def test_a_page_without_scripts_needs_no_client_id() -> None:
    form = ReplyForm(sent(body="Hello"))
    assert form.is_valid()
    assert form.draft().client_id is None


def test_a_form_that_comes_back_shows_ones_own_files_alone(alice: Member, bob: Member) -> None:
    mine, his = upload(alice), upload(bob)
    form = ticket_form(alice, subject="", attachments=[mine.public_id, his.public_id])
    assert form.uploads(viewer_of(alice)) == [mine]


# --- Agents' forms ------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["accept", "close", "start", "", "x", "ask\0"])
def test_an_agents_message_is_one_of_four_things(act: str) -> None:
    form = AgentReplyForm(sent(body="Hello", act=act))
    assert not form.is_valid()
    for good in ("ask", "offer", "reply", "note"):
        assert AgentReplyForm(sent(body="Hello", act=good)).is_valid()


def test_on_a_closed_ticket_a_message_can_only_be_a_note() -> None:
    on_closed = AgentReplyForm.kinds(acts_for(Who.AGENT, Status.CLOSED))
    assert [str(key) for key, _words in on_closed] == ["note"]
    on_open = AgentReplyForm.kinds(acts_for(Who.AGENT, Status.OPEN))
    assert [str(key) for key, _words in on_open] == [Act.ASK, Act.OFFER, Act.REPLY, "note"]


@pytest.mark.parametrize("given", ["", "0", "25", "-10", "x", "1e9", "10; DROP TABLE", "\0"])
def test_a_priority_is_one_of_four(given: str, dora: Agent) -> None:
    assert not PriorityForm(sent(priority=given)).is_valid()
    assert PriorityForm(sent(priority="40")).is_valid()


# --- Filters ------------------------------------------------------------------------------------


def test_filters_that_are_nonsense_filter_nothing() -> None:
    form = FilterForm(sent(status="x\0", creator="'; --", view="[]"))
    form.is_valid()
    assert not any(form.cleaned_data.values())
    good = FilterForm(sent(status="open", creator="me", view="unread"))
    good.is_valid()
    chosen = {name: value for name, value in good.cleaned_data.items() if value}
    assert chosen == {"status": "open", "creator": "me", "view": "unread"}
