"""Does the database look up what pages and tasks of chats need, or walk through all that were had?

As in `test_plans`, a list may follow the index of its order and stop after a page; but among all
past chats a rare reason or rating is far down that index, and has one of its own.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.engines.conversations.models import Conversation, Message, Rating, Score
from handrail.mediums.chat import actions, crew, waiting
from handrail.mediums.chat.console import past, supervising
from handrail.mediums.chat.models import Chat, Policy, Reason
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent, Host, Member
from handrail.people.viewer import SYSTEM
from tests.chats import here, waiting_chat_of
from tests.fences import chat_scene
from tests.fences.plans import lookups
from tests.fences.scene import ClaimsOf, Scene
from tests.fences.test_plans import BELONGING
from tests.making import viewer_of

TABLES = {model._meta.db_table for model in (Conversation, Message, Chat, Rating)}

OWN, OTHERS, RARE = 40, 3_000, 500
"""Past chats of Alice's, and of all others; one of so many is rare."""

FILTERS = {
    "agent": "agent={agent}",
    "nobody": "agent=nobody",
    "reason": "reason=frustration",
    "rating": "rating=1",
    "unrated": "rating=none",
    "since": "since={day}",
    "until": "until={day}",
    "words": "q=clicks",
}
PAIRS = [
    *(("agent", "reason"), ("agent", "rating"), ("agent", "since"), ("nobody", "until")),
    *(("reason", "rating"), ("reason", "until"), ("rating", "since"), ("words", "agent")),
]
NEAR = {*BELONGING, "waiting_since"}
"""Columns of which each value has few rows, or by which a short part is read: those who wait."""

BY = {"agent": "assignee_id", "reason": "reason", "rating": "score"}
"""The column by which a filter looks up what may be rare."""

PAGES = [page for page in chat_scene.PAGES if page[0].startswith("chat")]
FILLS = list(dict.fromkeys(page[3] for page in PAGES))


@pytest.fixture
def scene(host: Host, claims_of: ClaimsOf, alice: Member, dora: Agent, settings: object) -> Scene:
    """Alice and three thousand others have chatted; the database knows how many."""
    settings.REQUIRE_SECOND_FACTOR = False  # type: ignore[attr-defined]  # pytest-django's
    scene = Scene(host, claims_of, alice, dora)
    crowd(alice, dora, OWN)
    for number in range(3):
        crowd(scene.stranger(number), dora, OTHERS // 3)
    analyze()
    return scene


def crowd(member: Member, agent: Agent, count: int) -> None:
    """Past chats of one member at once, too many for the real actions."""
    now = timezone.now()
    made = Conversation.objects.bulk_create(
        Conversation(
            kind=KIND,
            subject=f"Where are my clicks? {number}",
            account=member.account,
            creator=member,
            status=Status.ENDED,
            assignee=agent if number % 3 else None,
            last_message_at=now - timedelta(hours=number),
            closed_at=now,
        )
        for number in range(count)
    )
    Chat.objects.bulk_create(
        Chat(
            conversation=one,
            reason=Reason.WISH if number % RARE else Reason.FRUSTRATION,
            last_word_at=one.last_message_at,
            score=score_of(number),
            accepted_at=one.last_message_at if one.assignee else None,
            waited_seconds=30 if one.assignee else None,
        )
        for number, one in enumerate(made)
    )
    Rating.objects.bulk_create(
        Rating(conversation=one, score=score)
        for number, one in enumerate(made)
        if (score := score_of(number))
    )
    Message.objects.bulk_create(
        Message(conversation=one, member=member, body="Hm.") for one in made for _ in range(2)
    )


def score_of(number: int) -> Score | None:
    if number % RARE == 0:
        return Score.BAD
    return Score.GOOD if number % 2 else None


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def walks(sql: str, *, is_members: bool = False) -> list[str]:
    """What in this query's plan grows with all the chats that there are."""
    return [
        f"{table} by {sorted(columns) or 'walking through'} in {sql}"
        for table, columns in lookups(sql, TABLES)
        if not columns or (is_members and not columns & NEAR)
    ]


def asked_of_past(scene: Scene, query: str) -> list[str]:
    """The SQL of the list's first page and of the one after it."""
    day = (timezone.localdate() - timedelta(days=20)).isoformat()
    filters = past.Filters.of(QueryDict(query.format(agent=scene.dora.public_id, day=day)))
    key = f"{(timezone.now() - timedelta(hours=9)).isoformat()}~{2**40}"
    with CaptureQueriesContext(connection) as captured:
        past.page_of(viewer_of(scene.dora), filters, "")
        past.page_of(viewer_of(scene.dora), filters, key)
    return [query["sql"] for query in captured]


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if is_sqlite() else 'EXPLAIN'} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def test_no_filter_of_past_chats_walks_through_a_table(scene: Scene) -> None:
    for names in [(), *((name,) for name in FILTERS), *PAIRS]:
        asked = asked_of_past(scene, "&".join(FILTERS[name] for name in names))
        assert asked, names
        assert not [complaint for sql in asked for complaint in walks(sql)], names


def test_what_is_rare_among_past_chats_is_looked_up_in_the_lists_order(scene: Scene) -> None:
    """However many others stand before it: a page costs what it shows."""
    for name, column in BY.items():
        for sql in asked_of_past(scene, FILTERS[name]):
            plan = plan_of(sql)
            assert any(column in columns for _table, columns in lookups(sql, TABLES)), plan
            assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
            if not is_sqlite() and column == "assignee_id":
                assert "Sort" not in plan, plan  # of what is rare it may sort the few


@pytest.mark.parametrize("fill", FILLS, ids=lambda fill: fill.__name__)
def test_no_page_of_chats_walks_through_all_of_them(
    scene: Scene, fill: Callable[[Scene, int], None]
) -> None:
    """Members' pages go by what is theirs; agents' lists follow an index and stop."""
    fill(scene, 2)
    analyze()
    for who, path in [(page[1], page[2]) for page in PAGES if page[3] is fill]:
        asked = scene.ask(who, path)
        found = [complaint for sql in asked for complaint in walks(sql, is_members=who == "alice")]
        assert not found, path


def test_no_task_walks_through_all_chats(scene: Scene) -> None:
    Policy.objects.update(keep_days=30)
    here(scene.dora)
    waits = waiting_chat_of(scene.colleague())
    analyze()
    with CaptureQueriesContext(connection) as captured:
        actions.ticket_the_left(SYSTEM)
        actions.end_the_idle(SYSTEM)
        actions.take_from_the_gone(SYSTEM)
        actions.remove_the_old(SYSTEM)
        waiting.place_of(waits)
        waiting.expected(SYSTEM)
        waiting.medians()
        crew.here(SYSTEM)
        supervising.waits_by_day(viewer_of(scene.dora))
        actions.route_waiting(SYSTEM)
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert len(asked) > 10
    assert not [complaint for sql in asked for complaint in walks(sql)]


def test_a_walk_is_noticed(scene: Scene) -> None:
    with CaptureQueriesContext(connection) as captured:
        list(Chat.objects.filter(failures=7))
        list(Chat.objects.filter(pk=7))
    bad, good = (query["sql"] for query in captured)
    assert walks(bad)
    assert not walks(good)
