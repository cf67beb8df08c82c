"""What comes of a request for help with signing in, and does its life never need an account?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import STRANGER, NotNow
from handrail.mediums.tickets.models import IssueType, SlaTarget, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.mediums.tickets.tasks import CLOCK
from handrail.people.models import Agent, AgentRole, Member, Team
from handrail.people.viewer import NotEntitled, NotSignedIn, Viewer
from tests.making import note, reply, upload, viewer_of
from tests.strangers import EMAIL, SENTENCE, asked, letters, proof_link, proved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def now_of(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("conversation", "sign_in_request").get(pk=ticket.pk)


# --- What is opened -----------------------------------------------------------------------------


def test_a_request_is_a_ticket_of_nobodys(nobody: Viewer) -> None:
    ticket = asked(account_name="Acme", locale="de")
    conversation = ticket.conversation
    assert (conversation.account, conversation.creator) == (None, None)
    assert not conversation.is_shared
    assert conversation.subject == "Cannot sign in: Kim"
    assert conversation.status == Status.OPEN
    assert ticket.issue_type.is_for_sign_in
    assert ticket.sign_in_request.account_name == "Acme"
    [message] = Message.objects.filter(conversation=conversation)
    assert (message.author_name, message.body) == ("Kim", SENTENCE)


def test_no_visitor_opens_one_past_the_page(nobody: Viewer) -> None:
    from handrail.mediums.tickets.actions import SignInDraft

    draft = SignInDraft(name="Kim", email=EMAIL, body=SENTENCE)
    with pytest.raises(NotSignedIn):
        actions.ask_for_sign_in_help(nobody, draft)


def test_the_owner_who_retires_the_type_wants_no_such_tickets() -> None:
    issue_type = actions.sign_in_type()
    assert issue_type
    actions.retire_issue_type(issue_type)
    assert actions.sign_in_type() is None
    with pytest.raises(NotNow):
        asked()
    actions.install_defaults()
    assert actions.sign_in_type() is None


def test_an_installation_with_a_login_type_uses_that_one() -> None:
    IssueType.objects.all().delete()
    kept = actions.add_issue_type(name="Login", account_kind="brand")
    actions.install_defaults()
    assert actions.sign_in_type() == kept
    assert IssueType.objects.count() == 1


def test_answers_are_installed_once_and_then_the_owners(dora: Agent) -> None:
    owner = viewer_of(_owner())
    assert len(actions.sign_in_answers()) == 4
    actions.set_sign_in_answers(owner, [("Where is the door?", "On the left.")])
    actions.install_defaults()
    assert [row.question for row in actions.sign_in_answers()] == ["Where is the door?"]
    with pytest.raises(NotEntitled):
        actions.set_sign_in_answers(viewer_of(dora), [])


def test_it_goes_to_the_team_of_its_type_and_its_clock_runs(dora: Agent) -> None:
    team = actions.make_team(
        viewer_of(_owner()), name="Doors", assign_mode="round_robin", agents=[dora]
    )
    IssueType.objects.filter(is_for_sign_in=True).update(team=team)
    hours = actions.office_hours()
    SlaTarget.objects.create(first_reply_minutes=60, hours=hours)
    conversation = now_of(asked()).conversation
    assert (conversation.team, conversation.assignee) == (Team.objects.get(), dora)
    assert conversation.due_at is not None


# --- What is mailed -----------------------------------------------------------------------------


def test_one_confirmation_a_day_for_all_spellings_of_a_mailbox() -> None:
    for email in (EMAIL, "KIM@elsewhere.example", "k.im+news@ELSEWHERE.example"):
        asked(email=email)
    assert OutgoingMail.objects.filter(kind="tickets.stranger").count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        asked()
    assert OutgoingMail.objects.filter(kind="tickets.stranger").count() == 2


def test_an_agent_cannot_answer_before_the_address_is_proved(dora: Agent) -> None:
    ticket = asked()
    for act in (Act.REPLY, Act.ASK, Act.OFFER):
        with pytest.raises(NotNow):
            reply(dora, ticket, "Take the green button.", act=act)
    note(dora, ticket, "Is this Kim of Acme?")
    assert len(letters()) == 1  # the confirmation


def test_once_it_is_proved_the_answer_is_mailed_in_full(dora: Agent) -> None:
    ticket = proved(dora)
    long = "Take the green button. " * 200
    reply(dora, ticket, long, act=Act.ASK)
    letter = letters()[-1]
    assert long.strip() in letter.body
    assert "Dora" in letter.body
    assert "/help/link/" not in letter.body
    assert now_of(ticket).conversation.status == Status.AWAITING


def test_files_cannot_be_mailed_and_are_not_lost(dora: Agent) -> None:
    ticket = proved(dora)
    sent = upload(dora)
    with pytest.raises(NotNow):
        reply(dora, ticket, "As in the picture.", attachment_ids=[sent.public_id])
    sent.refresh_from_db()
    assert sent.message is None


def test_closing_is_told_to_proved_people_alone(dora: Agent) -> None:
    unproved, known = asked(email="lee@elsewhere.example"), proved(dora)
    for ticket in (unproved, known):
        actions.move(viewer_of(dora), ticket, Act.CLOSE)
        actions.move(viewer_of(dora), now_of(ticket), Act.REOPEN)
    assert len(letters("lee@elsewhere.example")) == 1
    assert "We have closed your request." in letters()[-2].body
    assert "taken your request up again" in letters()[-1].body


# --- The proof ----------------------------------------------------------------------------------


def test_sending_the_link_waits_for_the_sender_and_takes_the_ticket(dora: Agent) -> None:
    ticket = asked()
    actions.send_proof_link(viewer_of(dora), ticket)
    conversation = now_of(ticket).conversation
    assert (conversation.status, conversation.assignee) == (Status.AWAITING, dora)


def test_the_proof_says_who_reads_the_mailbox_and_makes_nobody_a_member(dora: Agent) -> None:
    before = Member.objects.count()
    ticket = now_of(proved(dora))
    assert ticket.sign_in_request.proved_at
    assert ticket.sign_in_request.proof_digest == ""
    assert ticket.conversation.status == Status.IN_PROGRESS
    assert (ticket.conversation.account, ticket.conversation.creator) == (None, None)
    assert Member.objects.count() == before
    assert Notice.objects.filter(agent=dora, title__contains="proved their address").exists()


def test_a_proved_sender_needs_no_other_link_and_a_closed_ticket_gets_none(dora: Agent) -> None:
    with pytest.raises(NotNow):
        actions.send_proof_link(viewer_of(dora), proved(dora))
    closed = asked(email="lee@elsewhere.example")
    actions.move(viewer_of(dora), closed, Act.CLOSE)
    with pytest.raises(NotNow):
        actions.send_proof_link(viewer_of(dora), closed)


def test_only_three_links_a_day_go_to_an_address(dora: Agent) -> None:
    ticket = asked()
    for _ in range(3):
        proof_link(dora, ticket)
    digest = now_of(ticket).sign_in_request.proof_digest
    with pytest.raises(NotNow):
        actions.send_proof_link(viewer_of(dora), ticket)
    assert now_of(ticket).sign_in_request.proof_digest == digest  # the third still works


def test_members_and_editors_send_no_links(alice: Member, dora: Agent) -> None:
    ticket = asked()
    for who in (alice, _agent(AgentRole.EDITOR)):
        with pytest.raises(NotEntitled):
            actions.send_proof_link(viewer_of(who), ticket)


def test_what_they_add_comes_back_to_us(dora: Agent) -> None:
    ticket = proved(dora)
    reply(dora, ticket, "Which button?", act=Act.ASK)
    message = actions.add_words(STRANGER, now_of(ticket), "The green one.")
    assert message.author_name == "Kim"
    assert now_of(ticket).conversation.status == Status.IN_PROGRESS
    assert not now_of(ticket).conversation.is_unread
    assert Notice.objects.filter(agent=dora, title__startswith="Kim replied").exists()


# --- The rest of its life -----------------------------------------------------------------------


def test_silence_reminds_proved_people_and_closes_for_all(dora: Agent) -> None:
    known, unproved = proved(dora), asked(email="lee@elsewhere.example")
    reply(dora, known, "Which button?", act=Act.ASK)
    actions.send_proof_link(viewer_of(dora), unproved)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert actions.remind_silent(CLOCK) == 2
        assert "still waiting for your answer" in letters()[-1].body
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert actions.close_silent(CLOCK) == 2
        assert "we have closed your request" in letters()[-1].body
    subjects = [letter.subject for letter in letters("lee@elsewhere.example")]
    assert len(subjects) == 2  # the confirmation and the link
    assert {now_of(t).conversation.status for t in (known, unproved)} == {Status.CLOSED}


def test_words_after_the_closing_reopen_it(dora: Agent) -> None:
    ticket = proved(dora)
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    actions.add_words(STRANGER, now_of(ticket), "It is broken again.")
    assert now_of(ticket).conversation.status == Status.OPEN


def test_followers_priority_tags_and_exports_need_no_account(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = proved(dora)
    other = _agent(AgentRole.AGENT)
    actions.follow(viewer_of(other), ticket)
    actions.add_words(STRANGER, ticket, "And one more thing.")
    assert "Kim" in letters(other.email)[-1].body
    actions.set_priority(viewer_of(dora), ticket, 40)  # type: ignore[arg-type]
    actions.add_tag(viewer_of(dora), ticket, "door")
    change = actions.Change("priority", 20)
    assert actions.change_many(viewer_of(dora), [ticket], change).bulk
    browser = browse(dora)
    page = f"/console/tickets/{ticket.conversation.public_id}/"
    for path in (page, f"{page}messages", f"{page}ticket.txt", f"{page}ticket.pdf"):
        assert browser.get(path).status_code == 200
    assert f"Kim <{EMAIL}>, proved" in browser.get(f"{page}ticket.txt").content.decode()
    table = browser.get("/console/tickets/tickets.csv").content.decode()
    assert f"Kim <{EMAIL}>, proved" in table


def test_agents_alone_find_it(dora: Agent, alice: Member, carol: Member) -> None:
    conversation = asked(body="the zebra does not open").conversation
    for member in (alice, carol):
        assert not Conversation.objects.visible_to(viewer_of(member)).exists()
    assert Conversation.objects.visible_to(viewer_of(dora)).get() == conversation


def _owner() -> Agent:
    return _agent(AgentRole.ADMIN)


def _agent(role: AgentRole) -> Agent:
    from handrail.people.actions import create_agent

    return create_agent(email=f"{role}@handrail.example", name="Otto", role=role)
