"""What does an issue type ask for of its own, and what is kept of it?"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from handrail.engines.conversations import archive
from handrail.engines.search.words import question
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import KIND
from handrail.mediums.tickets.fields import answers_of, name_of
from handrail.mediums.tickets.forms import TicketForm
from handrail.mediums.tickets.models import IssueType, IssueTypeField, Ticket
from handrail.people.models import Agent, Member
from handrail.people.viewer import system_viewer
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
OWNER = system_viewer("test")


def asks(issue_type: IssueType, label: str, kind: str = "text", **more: Any) -> IssueTypeField:
    return actions.add_field(OWNER, issue_type, label=label, kind=kind, **more)


@pytest.fixture
def technical(alice: Member) -> IssueType:
    return actions.add_issue_type(name="Technical", position=9)


@pytest.fixture
def place(technical: IssueType) -> IssueTypeField:
    return asks(technical, "Where?", "choice", choices=["Website", "Report"], is_required=True)


@pytest.fixture
def page(technical: IssueType, place: IssueTypeField) -> IssueTypeField:
    """Asked for where the website is meant."""
    return asks(technical, "Page", is_required=True, shown_when=place, shown_value="Website")


def sent(member: Member, issue_type: IssueType, **own: str) -> TicketForm:
    """The form of a new ticket as a browser sends it."""
    query = QueryDict(mutable=True)
    query.update(
        {
            "subject": "No clicks",
            "issue_type": issue_type.public_id,
            "body": "Since Monday.",
            "client_id": str(uuid4()),
            **own,
        }
    )
    return TicketForm(viewer_of(member), query)


def kept(form: TicketForm) -> dict[str, str]:
    assert form.is_valid(), form.errors
    return form.ticket_draft().answers


def said(form: TicketForm, field: IssueTypeField) -> list[str]:
    return [str(error) for error in form.errors.get(name_of(field), [])]


# --- What is asked ------------------------------------------------------------------------------


def test_only_the_chosen_types_fields_are_asked_for(
    alice: Member, technical: IssueType, place: IssueTypeField, page: IssueTypeField
) -> None:
    form = sent(alice, technical)
    assert [str(field.label) for field in form.own_fields()] == ["Where?", "Page"]
    others = IssueType.objects.exclude(pk=technical.pk)
    assert sent(alice, others[0]).own_fields() == []
    assert TicketForm(viewer_of(alice)).own_fields() == []


def test_what_is_required_is_required_only_where_it_is_shown(
    alice: Member, technical: IssueType, place: IssueTypeField, page: IssueTypeField
) -> None:
    form = sent(alice, technical)
    assert said(form, place) == ["Choose one of these."]
    assert said(form, page) == []
    form = sent(alice, technical, **{name_of(place): "Website"})
    assert said(form, page) == ["Fill this in."]
    assert kept(sent(alice, technical, **{name_of(place): "Report"})) == {place.public_id: "Report"}


def test_what_is_not_shown_is_not_kept_and_cannot_be_wrong(
    alice: Member, technical: IssueType, place: IssueTypeField
) -> None:
    clicks = asks(technical, "Clicks", "number", shown_when=place, shown_value="Report")
    given = {name_of(place): "Website", name_of(clicks): "many"}
    assert kept(sent(alice, technical, **given)) == {place.public_id: "Website"}
    given[name_of(place)] = "Report"
    assert said(sent(alice, technical, **given), clicks)


def test_a_field_below_a_hidden_one_is_hidden_too(
    alice: Member, technical: IssueType, place: IssueTypeField
) -> None:
    which = asks(
        technical, "Which?", "choice", choices=["A", "B"], shown_when=place, shown_value="Report"
    )
    why = asks(technical, "Why?", is_required=True, shown_when=which, shown_value="A")
    given = {name_of(place): "Website", name_of(which): "A", name_of(why): "Because"}
    assert kept(sent(alice, technical, **given)) == {place.public_id: "Website"}
    given[name_of(place)] = "Report"
    assert kept(sent(alice, technical, **given))[why.public_id] == "Because"


@pytest.mark.parametrize(
    ("kind", "given", "text"),
    [
        ("text", "  LK-58240 ", "LK-58240"),
        ("number", "12", "12"),
        ("number", "-0012.50", "-12.50"),
        ("number", "1e3", "1000"),
        ("number", "0", "0"),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "0001-01-01", "0001-01-01"),
    ],
)
def test_answers_are_kept_as_text_that_any_language_reads(
    alice: Member, technical: IssueType, kind: str, given: str, text: str
) -> None:
    field = asks(technical, "Asked", kind)
    for language in ("en", "de", "ar"):
        with translation.override(language):
            assert kept(sent(alice, technical, **{name_of(field): given})) == {
                field.public_id: text
            }


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("text", "x" * 501, "Keep it within 500 characters"),
        ("text", "a\0b", "Null characters are not allowed"),
        ("choice", "Elsewhere", "That is not offered any more"),
        ("number", "many", "Write a number, such as 12"),
        ("number", "1,5", "Write a number, such as 12"),
        ("number", "NaN", "Write a number, such as 12"),
        ("number", "Infinity", "Write a number, such as 12"),
        ("number", "9" * 40, "Write a number, such as 12"),
        ("number", "1e999", "Write a number, such as 12"),
        ("date", "2026-02-30", "Choose a day that the calendar has"),
        ("date", "28.02.2026", "Choose a day that the calendar has"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_lost(
    alice: Member, technical: IssueType, kind: str, given: str, words: str
) -> None:
    choices = ["Here", "There"] if kind == "choice" else []
    field = asks(technical, "Asked", kind, choices=choices)
    form = sent(alice, technical, **{name_of(field): given})
    assert not form.is_valid()
    assert said(form, field)[0].startswith(words)
    assert form[name_of(field)].value() == given


def test_an_empty_answer_is_no_answer(alice: Member, technical: IssueType) -> None:
    for kind in ("text", "number", "date"):
        asks(technical, kind, kind)
    assert kept(sent(alice, technical)) == {}


def test_a_retired_field_is_asked_of_nobody(
    alice: Member, technical: IssueType, place: IssueTypeField
) -> None:
    actions.set_field_retired(OWNER, place, True)
    form = sent(alice, technical, **{name_of(place): "Website"})
    assert form.own_fields() == []
    assert kept(form) == {}


# --- What is shown of it ------------------------------------------------------------------------


def answered(member: Member, issue_type: IssueType, **answers: str) -> Ticket:
    return ticket_of(member, issue_type=issue_type, answers=answers)


def test_answers_are_read_in_the_order_of_the_form_and_in_ones_language(
    alice: Member, technical: IssueType
) -> None:
    amount, day = asks(technical, "Amount", "number"), asks(technical, "Day", "date")
    ticket = answered(
        alice, technical, **{day.public_id: "2026-02-28", amount.public_id: "58240.5"}
    )
    assert [(a.label, a.value) for a in answers_of(ticket)] == [
        ("Amount", "58240.5"),
        ("Day", "Feb. 28, 2026"),
    ]
    with translation.override("de"):
        assert [a.value for a in answers_of(ticket)] == ["58240,5", "28. Februar 2026"]


def test_a_retired_fields_answers_stay_and_one_of_another_kind_is_as_it_was_written(
    alice: Member, technical: IssueType
) -> None:
    field = asks(technical, "When", "text")
    ticket = answered(alice, technical, **{field.public_id: "last week"})
    IssueTypeField.objects.filter(pk=field.pk).update(kind="date")
    actions.set_field_retired(OWNER, field, True)
    assert [a.value for a in answers_of(ticket)] == ["last week"]
    IssueTypeField.objects.filter(pk=field.pk).update(kind="number")
    assert [a.value for a in answers_of(ticket)] == ["last week"]


def test_a_ticket_without_answers_asks_the_database_nothing(
    alice: Member, django_assert_num_queries: Any
) -> None:
    ticket = ticket_of(alice)
    with django_assert_num_queries(0):
        assert answers_of(ticket) == []


def test_answers_are_found_by_whoever_finds_the_ticket(
    alice: Member, bob: Member, carol: Member, technical: IssueType
) -> None:
    field = asks(technical, "Link")
    ticket = answered(alice, technical, **{field.public_id: "LK-58240"})
    found = [ticket.conversation_id]

    def finds(member: Member) -> list[int]:
        return archive.find(viewer_of(member), KIND, question("LK-58240"))

    assert (finds(alice), finds(bob), finds(carol)) == (found, [], [])
    actions.share(viewer_of(alice), ticket, True)
    assert finds(bob) == found
    archive.write(ticket.conversation)  # as `handrail reindex` does
    assert (finds(alice), finds(carol)) == (found, [])


# --- In the pages -------------------------------------------------------------------------------


def test_a_page_holds_the_fields_of_the_chosen_type_alone(
    alice: Member, technical: IssueType, place: IssueTypeField, page: IssueTypeField, browse: Browse
) -> None:
    other = IssueType.objects.get(name="Billing")
    invoice = asks(other, "Invoice")
    browser, address = browse(alice), "/help/tickets/new/fields?issue_type="
    part = browser.get(address + technical.public_id).content.decode()
    assert name_of(place) in part
    assert f'data-shown-when="{name_of(place)}" data-shown-value="Website" hidden' in part
    assert name_of(invoice) not in part
    assert name_of(invoice) in browser.get(address + other.public_id).content.decode()
    for nothing in ("", "x", "\0", "A" * 22):
        part = browser.get("/help/tickets/new/fields", {"issue_type": nothing}).content.decode()
        assert "<input" not in part


def test_the_form_comes_back_with_all_that_was_typed_and_then_is_submitted(
    alice: Member,
    dora: Agent,
    technical: IssueType,
    place: IssueTypeField,
    page: IssueTypeField,
    browse: Browse,
) -> None:
    browser = browse(alice)
    given = {
        "subject": "No clicks",
        "issue_type": technical.public_id,
        "body": "",
        name_of(place): "Website",
        name_of(page): "https://shop.example/<b>",
    }
    answer = browser.post("/help/tickets/new", given)
    assert answer.status_code == 422
    assert 'value="https://shop.example/&lt;b&gt;"' in answer.content.decode()
    restored = browser.get("/help/tickets/?createTicket=true").content.decode()
    assert 'value="https://shop.example/&lt;b&gt;"' in restored
    browser.post("/help/tickets/new", {**given, "body": "Since Monday."})
    ticket = Ticket.objects.get()
    assert ticket.answers == {
        place.public_id: "Website",
        page.public_id: "https://shop.example/<b>",
    }
    address = ticket.conversation.public_id
    for reader, path in (
        (alice, f"/help/tickets/{address}/"),
        (alice, f"/help/tickets/{address}/ticket.txt"),
        (dora, f"/console/tickets/{address}/answers"),
        (dora, f"/console/tickets/{address}/ticket.txt"),
    ):
        read = browse(reader).get(path).content.decode()
        assert "https://shop.example/" in read, path
        assert "<b>" not in read or path.endswith(".txt"), path
    assert browse(alice).get(f"/help/tickets/{address}/ticket.pdf").status_code == 200
