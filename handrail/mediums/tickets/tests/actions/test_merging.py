"""Do two tickets become one without anybody reading more, or losing a word?"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.models import (
    Conversation,
    Link,
    LinkKind,
    Message,
    SavedDraft,
)
from handrail.engines.notify.models import Notice
from handrail.mediums.tickets import actions, lists
from handrail.mediums.tickets.actions import NotNow
from handrail.mediums.tickets.models import SignInRequest, SlaTarget, Ticket
from handrail.mediums.tickets.states import Act, Status
from handrail.mediums.tickets.threads import thread
from handrail.people.actions import create_agent
from handrail.people.models import Agent, BusinessHours, Member
from handrail.people.viewer import NotEntitled
from tests.making import note, reply, ticket_of, upload, viewer_of, words
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def now(ticket: Ticket) -> Conversation:
    return Conversation.objects.get(pk=ticket.pk)


def said(who: Member | Agent, ticket: Ticket) -> list[str]:
    return [line.words or line.message.body for line in thread(viewer_of(who), ticket)]


def merge(agent: Agent, one: Ticket, other: Ticket) -> Ticket:
    return actions.merge(viewer_of(agent), one, other)


@pytest.fixture
def pair(alice: Member) -> tuple[Ticket, Ticket]:
    """Two private tickets of Alice's."""
    return ticket_of(alice, "First", message=words("one")), ticket_of(
        alice, "Second", message=words("two")
    )


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


# --- What moves ---------------------------------------------------------------------------------


def test_words_notes_and_files_stand_where_they_were_said(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice, message=words("one")), ticket_of(alice, message=words("two"))
    sent = upload(alice)
    reply(alice, one, "three", attachment_ids=[sent.public_id])
    reply(alice, other, "four")
    note(dora, one, "for us")
    merge(dora, one, other)
    number = one.conversation.number
    assert said(alice, other) == [
        "one",
        "two",
        "three",
        "four",
        f"Dora merged #{number} into this ticket",
    ]
    assert "for us" in said(dora, other)
    sent.refresh_from_db()
    assert sent.message is not None
    assert sent.message.conversation_id == other.pk


def test_what_merely_happened_stays_behind(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    actions.move(viewer_of(dora), one, Act.START)
    actions.assign(viewer_of(dora), one, dora)
    merge(dora, one, other)
    assert said(dora, one) == [
        "Dora started work",
        "Dora took this",
        f"Dora merged this ticket into #{other.conversation.number}",
    ]
    assert "Dora started work" not in said(alice, other)


def test_the_first_is_closed_read_and_leads_to_the_second(
    pair: tuple[Ticket, Ticket], dora: Agent
) -> None:
    one, other = pair
    reply(dora, one, act=Act.ASK)
    merge(dora, one, other)
    ended, going_on = now(one), now(other)
    assert (ended.status, ended.merged_into_id, ended.is_unread) == (Status.CLOSED, other.pk, False)
    assert ended.closed_at is not None
    assert going_on.is_unread
    assert going_on.last_message_at == ended.last_message_at
    assert going_on.assignee == dora
    assert Link.objects.get().kind == LinkKind.MERGED
    assert Activity.objects.filter(verb="tickets.merged").count() == 1


def test_its_turn_is_ours_where_we_owed_an_answer(pair: tuple[Ticket, Ticket], dora: Agent) -> None:
    """Else the second would be closed for silence, though its member said something."""
    one, other = pair
    reply(dora, other, act=Act.ASK)
    merge(dora, one, other)
    assert now(other).status == Status.IN_PROGRESS


def test_who_heard_of_the_first_hears_of_the_second(
    alice: Member, bob: Member, dora: Agent, finn: Agent
) -> None:
    one, other = ticket_of(alice, is_shared=True), ticket_of(bob, is_shared=True)
    actions.follow(viewer_of(finn), one)
    actions.assign(viewer_of(dora), one, dora)
    actions.assign(viewer_of(dora), other, finn)
    for tag in ("billing", "vip"):
        actions.add_tag(viewer_of(dora), one, tag)
    actions.add_tag(viewer_of(dora), other, "vip")
    merge(finn, one, other)
    heard = {(f.member_id, f.agent_id) for f in now(other).followers.all()}
    assert heard == {(alice.pk, None), (None, dora.pk)}
    assert not now(one).followers.exists()
    assert {t.tag.name for t in now(other).taggings.all()} == {"billing", "vip"}
    assert Notice.objects.filter(member=alice, title__startswith="Merged into").exists()
    assert Notice.objects.filter(agent=dora, title__startswith="Merged into").exists()


def test_links_lead_to_where_it_goes_on(alice: Member, carol: Member, dora: Agent) -> None:
    one, other, third = ticket_of(alice), ticket_of(alice), ticket_of(carol)
    actions.link(viewer_of(dora), one, third)
    actions.link(viewer_of(dora), other, third)
    actions.link(viewer_of(dora), one, other)
    merge(dora, one, other)
    links = {(link.conversation_id, link.other_id, link.kind) for link in Link.objects.all()}
    assert links == {(other.pk, third.pk, "related"), (other.pk, one.pk, "merged")}


def test_words_are_found_where_they_are(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    reply(alice, one, "the walrus sings")
    note(dora, one, "the carpenter weeps")
    merge(dora, one, other)
    for who, text in ((alice, "walrus"), (dora, "walrus"), (dora, "carpenter")):
        found = lists.found(viewer_of(who), text)
        assert found is not None
        assert found.ids == [other.pk], text
    found = lists.found(viewer_of(alice), "carpenter")
    assert found is not None
    assert not found.ids


def test_what_was_typed_and_not_sent_waits_in_the_second(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent, finn: Agent
) -> None:
    one, other = pair
    for who, ticket, text in ((alice, one, "half"), (dora, one, "a"), (dora, other, "b")):
        conversations.save_draft(viewer_of(who), ticket.conversation, {"body": [text]})
    merge(finn, one, other)
    assert set(SavedDraft.objects.values_list("key", flat=True)) == {other.conversation.public_id}
    assert SavedDraft.objects.get(member=alice).fields["body"] == ["half"]
    assert SavedDraft.objects.get(agent=dora).fields["body"] == ["b\n\na"]


def test_an_id_that_a_page_chose_twice_hinders_nothing(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    chosen = uuid4()
    for ticket in pair:
        actions.reply(viewer_of(alice), ticket, words("same id", client_id=chosen))
    merge(dora, one, other)
    assert said(alice, other).count("same id") == 2


def test_the_earlier_promise_of_a_first_reply_is_kept(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    hours = BusinessHours.objects.all()[0]
    target = SlaTarget.objects.create(first_reply_minutes=60, hours=hours)
    early = timezone.now() + timedelta(minutes=5)
    one, other = ticket_of(alice), ticket_of(alice)
    Ticket.objects.filter(pk=one.pk).update(first_reply_due_at=early, target=target)
    merge(dora, one, other)
    assert Ticket.objects.get(pk=other.pk).first_reply_due_at == early
    assert now(other).due_at == early
    ended = now(one)
    assert (ended.due_at, ended.due_kind) == (None, "")


# --- What cannot be merged ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "is_shared", "into_who", "into_shared", "can"),
    [
        ("alice", False, "alice", False, True),
        ("alice", True, "alice", True, True),
        ("alice", True, "bob", True, True),
        ("alice", False, "alice", True, False),
        ("alice", True, "alice", False, False),
        ("alice", False, "bob", False, False),
        ("alice", False, "bob", True, False),
        ("alice", True, "bob", False, False),
        ("alice", True, "carol", True, False),
        ("carol", False, "alice", False, False),
    ],
)
def test_only_what_the_same_people_see_can_be_merged(
    who: str,
    is_shared: bool,
    into_who: str,
    into_shared: bool,
    can: bool,
    request: pytest.FixtureRequest,
    alice: Member,
    bob: Member,
    carol: Member,
    dora: Agent,
) -> None:
    cast = {"alice": alice, "bob": bob, "carol": carol}
    one = ticket_of(cast[who], is_shared=is_shared)
    other = ticket_of(cast[into_who], is_shared=into_shared)
    before = {name: len(Message.objects.visible_to(viewer_of(m))) for name, m in cast.items()}
    if can:
        merge(dora, one, other)
        assert now(one).merged_into_id == other.pk
    else:
        with pytest.raises(NotNow) as refusal:
            merge(dora, one, other)
        assert refusal.value.messages == [actions.why_not(one.conversation, other.conversation)]
        after = {name: len(Message.objects.visible_to(viewer_of(m))) for name, m in cast.items()}
        assert after == before
        assert now(one).merged_into_id is None


def test_nobody_knows_who_reads_what_a_stranger_wrote(alice: Member, dora: Agent) -> None:
    one, other = ticket_of(alice), ticket_of(alice)
    for ticket in (one, other):
        Conversation.objects.filter(pk=ticket.pk).update(account=None, creator=None)
        SignInRequest.objects.create(ticket=ticket, name="X", email="x@else.example")
    with pytest.raises(NotNow, match="do not know who wrote"):
        merge(dora, one, other)


def test_not_into_itself_nor_into_what_is_closed(pair: tuple[Ticket, Ticket], dora: Agent) -> None:
    one, other = pair
    with pytest.raises(NotNow, match="itself"):
        merge(dora, one, one)
    actions.move(viewer_of(dora), other, Act.CLOSE)
    with pytest.raises(NotNow, match="is closed"):
        merge(dora, one, other)
    merge(dora, other, one)
    assert now(other).merged_into_id == one.pk


def test_agents_alone_merge(pair: tuple[Ticket, Ticket], alice: Member) -> None:
    with pytest.raises(NotEntitled):
        actions.merge(viewer_of(alice), *pair)


# --- Chains and repetitions ---------------------------------------------------------------------


def test_twice_is_once(pair: tuple[Ticket, Ticket], alice: Member, dora: Agent) -> None:
    one, other = pair
    merge(dora, one, other)
    before = said(alice, other)
    merge(dora, one, other)
    assert said(alice, other) == before


def test_a_chain_leads_to_its_end(alice: Member, dora: Agent) -> None:
    a, b, c, d = (ticket_of(alice, message=words(name)) for name in "abcd")
    merge(dora, a, b)
    merge(dora, b, c)
    merge(dora, c, d)
    assert {now(ticket).merged_into_id for ticket in (a, b, c)} == {d.pk}
    assert [text for text in said(alice, d) if len(text) == 1] == ["a", "b", "c", "d"]
    reply(alice, a, "late")
    assert said(alice, d)[-1] == "late"


def test_a_circle_is_refused(pair: tuple[Ticket, Ticket], alice: Member, dora: Agent) -> None:
    one, other = pair
    third = ticket_of(alice)
    merge(dora, one, other)
    with pytest.raises(NotNow, match="merged into another ticket itself"):
        merge(dora, other, one)
    with pytest.raises(NotNow, match="merged already"):
        merge(dora, one, third)
    with pytest.raises(NotNow, match="merged into another ticket itself"):
        merge(dora, third, one)


# --- What comes late ----------------------------------------------------------------------------


def test_a_members_late_reply_arrives_where_it_goes_on(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    reply(dora, other, act=Act.ASK)
    merge(dora, one, other)
    message = reply(alice, one, "one more thing")
    assert message.conversation_id == other.pk
    assert (now(one).status, now(other).status) == (Status.CLOSED, Status.IN_PROGRESS)


def test_what_was_sent_before_the_merge_is_not_sent_again_after_it(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    draft = words("sent, but the answer was lost")
    first = actions.reply(viewer_of(alice), one, draft)
    merge(dora, one, other)
    assert actions.reply(viewer_of(alice), one, draft) == first
    assert said(alice, other).count(draft.body) == 1


def test_a_late_reply_of_who_cannot_see_the_second_begins_anew(
    alice: Member, bob: Member, dora: Agent
) -> None:
    one, other = ticket_of(alice, is_shared=True), ticket_of(bob, is_shared=True)
    merge(dora, one, other)
    actions.share(viewer_of(bob), other, False)
    message = reply(alice, one, "and now?")
    fresh = message.conversation
    assert fresh.pk not in (one.pk, other.pk)
    assert (fresh.creator, fresh.status) == (alice, Status.OPEN)
    assert "and now?" not in said(bob, other)


def test_agents_and_acts_are_led_on(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent
) -> None:
    one, other = pair
    merge(dora, one, other)
    desk, number = viewer_of(dora), f"#{other.conversation.number}"
    acts: list[Callable[[], object]] = [
        partial(reply, dora, one),
        partial(note, dora, one),
        partial(actions.move, desk, one, Act.REOPEN),
        partial(actions.move, viewer_of(alice), one, Act.REOPEN),
        partial(actions.share, viewer_of(alice), one, True),
        partial(actions.put_back, desk, one, Status.OPEN),
    ]
    for act in acts:
        with pytest.raises(NotNow, match=number):
            act()


# --- At the same moment -------------------------------------------------------------------------


def everything(*tickets: Ticket) -> list[str]:
    rows = Message.objects.filter(conversation__in=[t.pk for t in tickets], kind="reply")
    return sorted(rows.values_list("body", flat=True))


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_towards_each_other_one_happens(
    pair: tuple[Ticket, Ticket], dora: Agent, finn: Agent
) -> None:
    one, other = pair
    outcomes = at_once([partial(merge, dora, one, other), partial(merge, finn, other, one)])
    assert sum(isinstance(outcome, Ticket) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, NotNow) for outcome in outcomes) == 1
    assert everything(one, other) == ["one", "two"]
    assert {now(one).merged_into_id, now(other).merged_into_id} - {None} in ({one.pk}, {other.pk})


@pytest.mark.django_db(transaction=True)
def test_replies_closings_and_merges_at_once_lose_no_word(
    pair: tuple[Ticket, Ticket], alice: Member, dora: Agent, finn: Agent
) -> None:
    one, other = pair
    outcomes = at_once(
        [
            partial(reply, alice, one, "late to one"),
            partial(merge, dora, one, other),
            partial(reply, alice, other, "late to other"),
            partial(actions.move, viewer_of(finn), one, Act.CLOSE),
        ]
    )
    assert isinstance(outcomes[0], Message), outcomes
    assert isinstance(outcomes[1], Ticket), outcomes
    assert isinstance(outcomes[2], Message), outcomes
    assert everything(other) == ["late to one", "late to other", "one", "two"]
    assert everything(one) == []
    assert now(one).merged_into_id == other.pk
