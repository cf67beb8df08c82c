"""What can people do with a ticket, and what comes of it?"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from conftest import ACME, GLOBEX
from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Conversation, Message, MessageKind, Priority
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import NotNow, TicketDraft
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.people.actions import apply_claims, create_agent
from handrail.people.models import Agent, AgentRole, Host, Member, Plan, PlanEntitlement
from handrail.people.viewer import NotEntitled, NotSignedIn, Viewer, viewer_for_nobody
from tests.making import note, reply, ticket_of, upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db

ClaimsOf = Callable[..., dict[str, Any]]


@pytest.fixture
def paul(host: Host, claims_of: ClaimsOf) -> Member:
    """A member whose plan opens tickets for reading only."""
    Plan.objects.create(key="bare", name="Bare")
    return apply_claims(host, claims_of("Paul", {**ACME, "id": "initech", "plan": "bare"}))


def now(ticket: Ticket) -> Conversation:
    """The ticket's conversation as the database has it."""
    return Conversation.objects.get(pk=ticket.pk)


def activities(ticket: Ticket) -> list[str]:
    happened = Activity.objects.filter(public_id=ticket.conversation.public_id)
    return list(happened.order_by("pk").values_list("verb", flat=True))


# --- Opening ------------------------------------------------------------------------------------


def test_a_new_ticket_is_its_creators_and_waits_for_us(alice: Member) -> None:
    ticket = ticket_of(alice, "No clicks", message=words("Since Monday."))
    conversation = now(ticket)
    assert (conversation.creator, conversation.account) == (alice, alice.account)
    assert conversation.status == Status.OPEN
    assert (conversation.is_shared, conversation.is_unread) == (False, False)
    assert conversation.priority == Priority.NORMAL
    [message] = conversation.messages.all()
    assert (message.kind, message.body, message.member) == ("reply", "Since Monday.", alice)


def test_the_number_has_six_digits_and_is_nobody_elses(alice: Member, carol: Member) -> None:
    numbers = [ticket_of(member).conversation.number for member in (alice, carol, alice)]
    assert len(set(numbers)) == 3
    assert all(number is not None and 100_000 <= number < 1_000_000 for number in numbers)


def test_opening_is_on_record_once(alice: Member) -> None:
    message = words()
    ticket = ticket_of(alice, is_shared=True, message=message)
    [activity] = Activity.objects.all()
    assert (activity.verb, activity.member, activity.account) == (
        "tickets.opened",
        alice,
        alice.account,
    )
    assert activity.ref == ticket.conversation.ref
    assert message.client_id
    assert activity.detail == {"is_shared": True, "form": message.client_id.hex}


def test_what_is_sent_twice_is_one_ticket(alice: Member) -> None:
    message = words()
    first, second = (ticket_of(alice, message=message) for _ in range(2))
    assert first == second
    assert Conversation.objects.count() == Message.objects.count() == Activity.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_the_same_id_from_two_people_is_two_tickets(alice: Member, bob: Member) -> None:
    message = words()
    assert ticket_of(alice, message=message) != ticket_of(bob, message=message)


def test_who_may_not_open_tickets_opens_none(paul: Member, dora: Agent, alice: Member) -> None:
    draft = TicketDraft("Hello", IssueType.objects.all()[0], words())
    refusals: list[tuple[Viewer, type[Exception]]] = [
        (viewer_of(paul), NotEntitled),
        (viewer_of(dora), NotEntitled),
        (viewer_for_nobody(), NotSignedIn),
    ]
    for viewer, refusal in refusals:
        with pytest.raises(refusal):
            actions.open_ticket(viewer, draft)
    assert not Conversation.objects.exists()


def test_a_file_comes_along_and_anothers_does_not(alice: Member, bob: Member) -> None:
    mine, his = upload(alice), upload(bob)
    ids = [mine.public_id, his.public_id, "AAAAAAAAAAAAAAAAAAAAAA"]
    ticket = ticket_of(alice, message=words(attachment_ids=ids))
    [message] = ticket.conversation.messages.all()
    assert [sent.pk for sent in message.attachments.all()] == [mine.pk]
    his.refresh_from_db()
    assert his.message is None


def test_a_file_is_sent_once(alice: Member) -> None:
    sent = upload(alice)
    first = ticket_of(alice, message=words(attachment_ids=[sent.public_id]))
    ticket_of(alice, message=words(attachment_ids=[sent.public_id]))
    sent.refresh_from_db()
    assert sent.message == first.conversation.messages.get()


def test_added_addresses_are_kept_only_where_the_account_may_see(alice: Member) -> None:
    addresses = ["finance@acme.example", "x@else.example"]
    shared = ticket_of(alice, is_shared=True, added_addresses=addresses)
    private = ticket_of(alice, is_shared=False, added_addresses=addresses)
    assert [row.address for row in shared.added_addresses.order_by("pk")] == addresses
    assert not private.added_addresses.exists()
    assert not OutgoingMail.objects.filter(
        kind="tickets.added", thing_id=private.conversation.public_id
    ).exists()


# --- Answering ----------------------------------------------------------------------------------


def test_a_reply_of_ours_makes_it_unread_and_new(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    before = now(ticket).last_message_at
    message = reply(dora, ticket, "Which browser?", act=Act.ASK)
    conversation = now(ticket)
    assert (conversation.status, conversation.is_unread) == (Status.AWAITING, True)
    assert conversation.last_message_at == message.created_at > before
    assert activities(ticket) == ["tickets.opened", "tickets.ask"]


def test_who_answers_first_has_the_ticket(alice: Member, dora: Agent) -> None:
    finn = create_agent(email="finn@handrail.example", name="Finn")
    ticket = ticket_of(alice)
    reply(dora, ticket)
    reply(finn, ticket)
    assert now(ticket).assignee == dora


def test_a_colleague_can_answer_on_a_shared_ticket(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True)
    reply(dora, ticket, act=Act.OFFER)
    message = reply(bob, ticket, "It does not help me.")
    conversation = now(ticket)
    assert message.member == bob
    assert conversation.status == Status.IN_PROGRESS
    assert conversation.is_unread is False, "who answers has read it, for the whole account"
    assert conversation.creator == alice


def test_a_double_click_on_reply_is_one_message(alice: Member, dora: Agent) -> None:
    ticket, sent = ticket_of(alice), words("Once.")
    first, second = (actions.reply(viewer_of(dora), ticket, sent, act=Act.ASK) for _ in range(2))
    assert first == second
    assert Message.objects.filter(body="Once.").count() == 1
    assert activities(ticket) == ["tickets.opened", "tickets.ask"]
    assert OutgoingMail.objects.filter(kind="tickets.reply").count() == 1
    assert Notice.objects.count() == 1


def test_the_same_id_on_another_ticket_is_another_message(alice: Member) -> None:
    one, two, sent = ticket_of(alice), ticket_of(alice), words("Twice.")
    for ticket in (one, two):
        actions.reply(viewer_of(alice), ticket, sent)
    assert Message.objects.filter(body="Twice.").count() == 2


def test_who_may_not_reply_says_nothing(
    alice: Member, paul: Member, host: Host, claims_of: ClaimsOf
) -> None:
    ticket = ticket_of(alice)
    editor = create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    for viewer in (viewer_of(paul), viewer_of(editor)):
        with pytest.raises(NotEntitled):
            actions.reply(viewer, ticket, words())
        with pytest.raises(NotEntitled):
            actions.move(viewer, ticket, Act.CLOSE)
    with pytest.raises(NotSignedIn):
        actions.reply(viewer_for_nobody(), ticket, words())
    assert Message.objects.count() == 1


def test_a_plan_that_loses_an_entitlement_loses_it_at_once(alice: Member) -> None:
    ticket = ticket_of(alice)
    PlanEntitlement.objects.filter(plan=alice.account.plan, key="tickets.reply").delete()
    with pytest.raises(NotEntitled):
        reply(alice, ticket)


def test_what_cannot_be_done_now_is_said_with_the_status_of_now(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    stale = Ticket.objects.visible_to(viewer_of(dora)).get(pk=ticket.pk)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    with pytest.raises(NotNow) as refusal:
        reply(dora, stale, "Too late.")
    assert "“Closed”" in refusal.value.messages[0]
    assert not Message.objects.filter(body="Too late.").exists()
    with pytest.raises(NotNow) as refusal:
        actions.move(viewer_of(alice), ticket, Act.ACCEPT)
    assert "“Closed”" in refusal.value.messages[0]


def test_accepting_closes_and_reopening_opens(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.OFFER)
    actions.move(viewer_of(alice), ticket, Act.ACCEPT)
    assert (now(ticket).status, now(ticket).closed_at is not None) == (Status.CLOSED, True)
    actions.move(viewer_of(alice), ticket, Act.REOPEN)
    assert (now(ticket).status, now(ticket).closed_at) == (Status.OPEN, None)
    assert activities(ticket)[-2:] == ["tickets.accept", "tickets.reopen"]


# --- Notes --------------------------------------------------------------------------------------


def test_a_note_moves_nothing_that_a_member_could_notice(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.ASK)
    actions.assign(viewer_of(dora), ticket, None)
    before = Conversation.objects.filter(pk=ticket.pk).values().get()
    mails, notices = OutgoingMail.objects.count(), Notice.objects.count()
    written = note(dora, ticket, "They are on the old plan.")
    assert Conversation.objects.filter(pk=ticket.pk).values().get() == before
    assert (OutgoingMail.objects.count(), Notice.objects.count()) == (mails, notices)
    assert (written.kind, written.agent) == (MessageKind.NOTE, dora)
    assert activities(ticket)[-1] == "tickets.noted"


def test_a_note_can_be_written_on_a_closed_ticket(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    note(dora, ticket)
    assert now(ticket).status == Status.CLOSED


def test_only_who_works_tickets_writes_notes(alice: Member) -> None:
    ticket = ticket_of(alice)
    editor = create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    for viewer in (viewer_of(alice), viewer_of(editor)):
        with pytest.raises(NotEntitled):
            actions.add_note(viewer, ticket, words())


def test_a_note_sent_twice_is_one_note(alice: Member, dora: Agent) -> None:
    ticket, sent = ticket_of(alice), words("Once.")
    for _ in range(2):
        actions.add_note(viewer_of(dora), ticket, sent)
    assert Message.objects.filter(body="Once.").count() == 1


# --- Ticket access ------------------------------------------------------------------------------


def sees(member: Member, ticket: Ticket) -> bool:
    return Ticket.objects.visible_to(viewer_of(member)).filter(pk=ticket.pk).exists()


def test_access_changes_later_and_says_so(alice: Member, bob: Member) -> None:
    ticket = ticket_of(alice)
    assert not sees(bob, ticket)
    actions.share(viewer_of(alice), ticket, True)
    assert sees(bob, ticket)
    actions.share(viewer_of(alice), ticket, False)
    assert not sees(bob, ticket)
    events = Message.objects.filter(kind=MessageKind.EVENT).order_by("pk")
    assert [event.event for event in events] == ["shared", "made_private"]
    assert activities(ticket) == ["tickets.opened", "tickets.shared", "tickets.made_private"]


def test_access_that_stays_as_it_is_says_nothing(alice: Member) -> None:
    ticket = ticket_of(alice, is_shared=True)
    actions.share(viewer_of(alice), ticket, True)
    assert activities(ticket) == ["tickets.opened"]


def test_only_its_creator_changes_who_sees_a_ticket(
    alice: Member, bob: Member, dora: Agent
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    with pytest.raises(NotNow, match="Only the person who submitted"):
        actions.share(viewer_of(bob), ticket, False)
    with pytest.raises(NotEntitled):
        actions.share(viewer_of(dora), ticket, False)
    assert now(ticket).is_shared is True


def test_a_person_in_two_accounts_sees_in_each_what_is_its_own(
    alice: Member, host: Host, claims_of: ClaimsOf
) -> None:
    private, shared = ticket_of(alice), ticket_of(alice, is_shared=True)
    at_globex = apply_claims(host, claims_of("Alice", GLOBEX))
    assert at_globex.person == alice.person
    assert not sees(at_globex, private)
    assert not sees(at_globex, shared)


# --- Agents' acts -------------------------------------------------------------------------------


def test_a_ticket_is_given_and_given_back(alice: Member, dora: Agent) -> None:
    finn = create_agent(email="finn@handrail.example", name="Finn")
    ticket = ticket_of(alice)
    actions.assign(viewer_of(dora), ticket, finn)
    assert now(ticket).assignee == finn
    assert [row.agent for row in Notice.objects.all()] == [finn]
    actions.assign(viewer_of(dora), ticket, None)
    assert now(ticket).assignee is None
    given = Activity.objects.filter(verb="tickets.assigned").order_by("pk")
    assert [row.detail for row in given] == [{"to": finn.public_id}, {"to": None}]


def test_who_takes_a_ticket_is_not_told_of_it(alice: Member, dora: Agent) -> None:
    actions.assign(viewer_of(dora), ticket_of(alice), dora)
    assert not Notice.objects.exists()


def test_the_priority_is_set_and_on_record(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    actions.set_priority(viewer_of(dora), ticket, Priority.URGENT)
    assert now(ticket).priority == Priority.URGENT
    assert Activity.objects.get(verb="tickets.prioritised").detail == {"priority": 40}


def test_members_neither_assign_nor_prioritise(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    with pytest.raises(NotEntitled):
        actions.assign(viewer_of(alice), ticket, dora)
    with pytest.raises(NotEntitled):
        actions.set_priority(viewer_of(alice), ticket, Priority.URGENT)


# --- Issue types --------------------------------------------------------------------------------


def test_the_first_issue_types_are_made_once_and_never_again(installation: None) -> None:
    first = IssueType.objects.count()
    actions.retire_issue_type(IssueType.objects.all()[0])
    actions.install_defaults()
    assert IssueType.objects.count() == first == len(actions.FIRST_TYPES) + 1  # and Login
    assert IssueType.objects.filter(retired_at=None).count() == first - 1


def test_a_retired_type_stays_with_old_tickets_and_can_come_back(alice: Member) -> None:
    kind = actions.add_issue_type(name="Login", position=9)
    ticket = ticket_of(alice, issue_type=kind)
    actions.retire_issue_type(kind)
    assert kind not in IssueType.objects.visible_to(viewer_of(alice)).offered()
    assert Ticket.objects.get(pk=ticket.pk).issue_type == kind
    again = actions.add_issue_type(name="Login", description="New words", position=2)
    assert again == kind
    assert kind in IssueType.objects.visible_to(viewer_of(alice)).offered()


def test_a_type_for_partners_is_not_offered_to_brands(alice: Member, carol: Member) -> None:
    of_partners = actions.add_issue_type(name="Payouts", account_kind="partner")
    assert of_partners in IssueType.objects.visible_to(viewer_of(carol)).offered()
    assert of_partners not in IssueType.objects.visible_to(viewer_of(alice)).offered()


# --- At the same moment -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_ticket_sent_at_the_same_moment_is_one_ticket(alice: Member) -> None:
    message = words()
    made = at_once([partial(ticket_of, alice, message=message)] * 4)
    assert {ticket.pk for ticket in made} == {Conversation.objects.get().pk}
    assert Message.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_reply_sent_at_the_same_moment_is_one_message(alice: Member, dora: Agent) -> None:
    ticket, sent = ticket_of(alice), words("Once.")
    act = partial(actions.reply, viewer_of(dora), ticket, sent, act=Act.ASK)
    made = at_once([act] * 4)
    assert {message.pk for message in made} == {Message.objects.get(body="Once.").pk}
    assert activities(ticket) == ["tickets.opened", "tickets.ask"]


@pytest.mark.django_db(transaction=True)
def test_a_solution_is_accepted_once(alice: Member, bob: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, is_shared=True)
    reply(dora, ticket, act=Act.OFFER)
    acts = [partial(actions.move, viewer_of(who), ticket, Act.ACCEPT) for who in (alice, bob) * 2]
    outcomes = at_once(acts)
    assert [type(outcome) for outcome in outcomes].count(NotNow) == 3
    assert activities(ticket).count("tickets.accept") == 1


@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once_leave_one_history(alice: Member, dora: Agent) -> None:
    """Whoever is second acts on what the first made of it, or hears that it is too late."""
    finn = create_agent(email="finn@handrail.example", name="Finn")
    ticket = ticket_of(alice)
    answer = partial(
        actions.reply, viewer_of(dora), ticket, words("Try this.", client_id=uuid4()), act=Act.OFFER
    )
    close = partial(actions.move, viewer_of(finn), ticket, Act.CLOSE)
    answered, closed = at_once([answer, close])
    assert isinstance(closed, Ticket)
    assert isinstance(answered, Message | NotNow)
    events = Message.objects.filter(event="status").order_by("pk")
    steps = [(event.detail["before"], event.detail["after"]) for event in events]
    assert [after for _, after in steps[:-1]] == [before for before, _ in steps[1:]]
    assert (steps[0][0], steps[-1][1]) == (Status.OPEN, now(ticket).status)
    assert Message.objects.filter(body="Try this.").exists() == isinstance(answered, Message)
