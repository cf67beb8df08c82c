"""Does the database look up what pages of tickets show, or walk through all that there are?

The queue's filters and orders are asked one by one in `test_queue_plans`.
"""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from handrail.engines.conversations.models import Conversation, Message
from handrail.people.models import Agent, Host, Member
from tests.fences.counted import PAGES, Page
from tests.fences.plans import lookups
from tests.fences.scene import ClaimsOf, Scene

CONVERSATIONS, MESSAGES = Conversation._meta.db_table, Message._meta.db_table

BELONGING = {"id", "public_id", "account_id", "creator_id", "conversation_id"}
"""Columns of which each value has few rows. Of a `kind` there are as many as tickets."""

OWN, ACCOUNTS = 30, 20

LOOKED_AT = [
    page
    for page in PAGES
    if page.name.startswith(("help:home", "tickets", "console:n", "console:pal"))
    and "newest" not in page.path  # how those are read is a test of its own
]


@pytest.fixture
def scene(host: Host, claims_of: ClaimsOf, alice: Member, dora: Agent, settings: Any) -> Scene:
    settings.REQUIRE_SECOND_FACTOR = False
    return Scene(host, claims_of, alice, dora)


@pytest.fixture
def crowd(scene: Scene) -> Scene:
    """Acme has some tickets, other accounts have many, and the database knows how many."""
    scene.crowd(scene.alice, OWN)
    for number in range(ACCOUNTS):
        scene.crowd(scene.stranger(number), OWN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return scene


def walks(page: Page, sql: str) -> list[str]:
    """What in this query's plan grows with all the tickets that there are."""
    steps = lookups(sql, {CONVERSATIONS, MESSAGES})
    return [
        f"{table} by {sorted(columns) or 'walking through'} in {sql}"
        for table, columns in steps
        if not columns or (page.who == "alice" and not columns & BELONGING)
    ]


@pytest.mark.parametrize("page", {page.path: page for page in LOOKED_AT}.values(), ids=str)
def test_no_page_walks_through_all_tickets_or_messages(crowd: Scene, page: Page) -> None:
    """Members' pages go by what is theirs; agents' lists follow an index and stop."""
    queries = crowd.ask(page.who, page.path)
    assert not [complaint for sql in queries for complaint in walks(page, sql)]


@pytest.mark.parametrize("view", ["all", "waiting"])
def test_the_newest_tickets_are_read_from_the_end_of_an_index(crowd: Scene, view: str) -> None:
    """Nearly all conversations are tickets, and the newest are alive: PostgreSQL may take the
    primary key for it, from its end, and stops after a page."""
    [sql] = [
        sql
        for sql in crowd.ask("dora", f"/console/tickets/rows?view={view}&sort=newest")
        if f'FROM "{CONVERSATIONS}"' in sql and "LIMIT 26" in sql
    ]
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {sql}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    indexes = ("conv_newest", "conv_alive_newest", f"Scan Backward using {CONVERSATIONS}_pkey")
    assert any(index in plan for index in indexes), plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan, plan
    assert "Sort" not in plan, plan


@pytest.mark.once
@pytest.mark.parametrize(
    ("who", "path", "index"),
    [
        ("dora", "/console/tickets/", "conv_alive"),
        ("dora", "/console/tickets/?view=waiting&sort=newest", "conv_alive_newest"),
        ("dora", "/console/tickets/?view=mine", "conv_alive"),
        ("dora", "/console/tickets/?view=unassigned", "conv_alive"),
        ("alice", "/help/tickets/?status=open", "conv_alive_of_account"),
        ("alice", "/help/tickets/?view=unread", "conv_unread"),
        ("alice", "/help/unread", "conv_unread"),
    ],
)
def test_what_is_closed_or_read_costs_the_rest_nothing(
    crowd: Scene, who: str, path: str, index: str
) -> None:
    """Nearly all tickets are closed: a list of work must not pass them by one by one."""
    used: set[str] = set()
    for sql in crowd.ask(who, path):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            used |= {word for row in cursor.fetchall() for word in row[3].split()}
    assert index in used


def test_a_walk_is_noticed(crowd: Scene) -> None:
    of_alice, of_dora = (Page("", who, "", Scene.tickets) for who in ("alice", "dora"))
    by_subject = sql_of(Conversation.objects.filter(subject="x"))
    by_body = sql_of(Message.objects.filter(body="x"))
    by_kind = sql_of(Conversation.objects.of_kind("x").newest_first()[:25])
    by_account = sql_of(Conversation.objects.filter(account=7).newest_first()[:25])
    for page in (of_alice, of_dora):
        assert walks(page, by_subject)
        assert walks(page, by_body)
        assert not walks(page, by_account)
    assert walks(of_alice, by_kind)
    assert not walks(of_dora, by_kind)


def sql_of(rows: QuerySet[Any]) -> str:
    with CaptureQueriesContext(connection) as captured:
        list(rows)
    return captured[0]["sql"]
