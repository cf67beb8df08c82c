"""Does the queue hold exactly what was asked for, and does nonsense narrow nothing?"""

from datetime import timedelta

import pytest
from django.utils import timezone

from handrail.engines.conversations.models import Conversation, Priority, Tag, Tagging
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import Part
from handrail.mediums.tickets.console.filters import VIEWS, QueueFilters, options, view_rule
from handrail.mediums.tickets.console.paging import queue_page
from handrail.mediums.tickets.models import IssueType, Ticket
from handrail.mediums.tickets.states import Act
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member, Team, TeamMembership
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import reply, ticket_of, viewer_of
from tests.strangers import asked

pytestmark = pytest.mark.django_db


def queue(viewer: Viewer, **given: str) -> set[str]:
    return {row.subject for row in queue_page(viewer, QueueFilters(given), "").rows}


def change(ticket: Ticket, **fields: object) -> None:
    Conversation.objects.filter(pk=ticket.pk).update(**fields)


@pytest.fixture
def finn(installation: None) -> Agent:
    return create_agent(email="finn@handrail.example", name="Finn")


def test_each_view_of_the_queue_holds_what_it_says(
    alice: Member, carol: Member, dora: Agent, finn: Agent
) -> None:
    ticket_of(carol, "new")
    reply(dora, ticket_of(alice, "asked by Dora"), act=Act.ASK)
    reply(finn, ticket_of(alice, "worked on by Finn"), act=Act.REPLY)
    closed = ticket_of(alice, "closed, of Dora")
    reply(dora, closed, act=Act.OFFER)
    actions.move(viewer_of(alice), closed, Act.ACCEPT)
    viewer = viewer_of(dora)
    assert queue(viewer) == queue(viewer, view="waiting") == {"new", "worked on by Finn"}
    assert queue(viewer, view="mine") == {"asked by Dora"}
    assert queue(viewer, view="unassigned") == {"new"}
    assert queue(viewer, view="closed") == {"closed, of Dora"}
    assert len(queue(viewer, view="all")) == 4
    assert queue(viewer, view="nonsense") == queue(viewer, view="waiting")


def test_the_queue_is_for_those_who_work_it(alice: Member) -> None:
    ticket_of(alice, "Alice's")
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    for view in VIEWS:
        assert queue(viewer_of(editor), view=view) == set()
        assert queue(viewer_for_nobody(), view=view) == set()


def test_the_first_view_is_the_one_for_unknown_names(dora: Agent) -> None:
    rules = {view: view_rule(viewer_of(dora), view) for view in (*VIEWS, "nonsense")}
    assert [view for view in VIEWS if rules[view] == rules["nonsense"]] == [next(iter(VIEWS))]


def test_each_filter_holds_what_it_says(alice: Member, carol: Member, dora: Agent) -> None:
    viewer, now = viewer_of(dora), timezone.now()
    team = Team.objects.create(name="Billing")
    TeamMembership.objects.create(team=team, agent=dora)
    billing = actions.add_issue_type(name="Refund")
    other, mine = ticket_of(alice, "other"), ticket_of(carol, "mine", issue_type=billing)
    change(mine, assignee=dora, team=team, priority=Priority.URGENT, due_at=now - timedelta(1))
    change(other, due_at=now + timedelta(hours=1))
    Tagging.objects.create(conversation_id=mine.pk, tag=Tag.objects.create(name="vip"))
    for given in (
        {"assignee": "me"},
        {"assignee": dora.public_id},
        {"team": "mine"},
        {"team": team.public_id},
        {"priority": "40"},
        {"tag": "VIP"},
        {"issue_type": billing.public_id},
        {"account": carol.account.public_id},
        {"due": "over"},
        {"due": "over", "tag": "vip", "team": "mine", "status": "open", "sort": "priority"},
    ):
        assert queue(viewer, **given) == {"mine"}, given
    for given in ({"assignee": "nobody"}, {"team": "nobody"}, {"due": "soon"}):
        assert queue(viewer, **given) == {"other"}, given
    assert queue(viewer, assignee="A" * 22) == set()
    assert queue(viewer, status="closed", view="closed") == set()


def test_search_narrows_with_all_the_rest(alice: Member, carol: Member, dora: Agent) -> None:
    ticket_of(alice, "A heron")
    theirs = ticket_of(carol, "A heron of Globex")
    ticket_of(carol, "A stork")
    viewer = viewer_of(dora)
    assert queue(viewer, q="heron") == {"A heron", "A heron of Globex"}
    globex = carol.account.public_id
    assert queue(viewer, q="heron", account=globex, sort="priority") == {"A heron of Globex"}
    assert queue(viewer, q=f"#{theirs.conversation.number}") == {"A heron of Globex"}
    assert queue(viewer, q="flamingo") == set()


def test_an_address_keeps_what_is_known_and_nothing_else() -> None:
    given = {"view": "mine", "tag": "vip", "x": "1", "status": "nonsense", "assignee": "' OR 1"}
    filters = QueueFilters(given)
    assert filters.address() == "view=mine&tag=vip"
    assert filters.address(view="all") == "view=all&tag=vip"
    assert filters.narrowing == {"tag": "vip"}


def test_what_can_be_chosen_is_in_use(dora: Agent, finn: Agent) -> None:
    Team.objects.create(name="Gone", retired_at=timezone.now())
    team = Team.objects.create(name="Billing")
    offered = options(viewer_of(dora))
    assert offered["team"] == [(team.public_id, "Billing")]
    assert [name for _id, name in offered["assignee"]] == ["Dora", "Finn"]
    assert "Question" in [name for _id, name in offered["issue_type"]]


def test_a_ticket_is_listed_by_its_type_however_it_came_about(alice: Member, dora: Agent) -> None:
    """Written, split off, a follow-up, or of somebody who cannot sign in."""
    refund = actions.add_issue_type(name="Refund")
    written = ticket_of(alice, "written")
    said = reply(alice, written)
    actions.split(viewer_of(dora), written, Part([said.public_id], "split off", refund))
    asked()
    actions.move(viewer_of(dora), written, Act.CLOSE)
    change(written, closed_at=timezone.now() - timedelta(days=99))
    reply(alice, written)
    for issue_type in IssueType.objects.all():
        own = Conversation.objects.filter(ticket__issue_type=issue_type)
        for view, rows in (("all", own), ("waiting", own.filter(closed_at=None))):
            listed = queue_page(
                viewer_of(dora),
                QueueFilters({"view": view, "issue_type": issue_type.public_id}),
                "",
            )
            assert {row.pk for row in listed.rows} == {row.pk for row in rows}
    assert Conversation.objects.count() == 4


def test_what_is_closed_is_narrowed_as_everything_is(alice: Member, dora: Agent) -> None:
    for subject in ("open", "closed"):
        ticket = ticket_of(alice, subject)
        actions.add_tag(viewer_of(dora), ticket, "vip")
        actions.set_priority(viewer_of(dora), ticket, Priority.URGENT)
    actions.move(viewer_of(dora), ticket, Act.CLOSE)
    issue_type = ticket.issue_type.public_id
    for given in ({"tag": "vip"}, {"priority": "40"}, {"issue_type": issue_type}):
        assert queue(viewer_of(dora), view="closed", **given) == {"closed"}
        assert queue(viewer_of(dora), view="all", status="closed", **given) == {"closed"}
        assert queue(viewer_of(dora), view="all", status="open", **given) == {"open"}
        assert queue(viewer_of(dora), view="closed", status="open", **given) == set()
    for nothing in ({"tag": "never"}, {"issue_type": "x" * 22}):
        assert queue(viewer_of(dora), view="all", **nothing) == set()
