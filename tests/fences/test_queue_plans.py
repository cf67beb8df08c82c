"""Does the database look up what the queue shows, however it is narrowed and ordered?

`test_plans` asks this of every page of tickets; here each filter of the queue is asked
alone and in the pairs that agents use, in each order and each view. As there, a list may follow the
index of its order and stop after a page; but among all that was ever closed, a rare priority, tag
or issue type is far down that index, and has one of its own.
"""

from typing import Any

import pytest
from django.db import connection

from handrail.engines.conversations.models import Conversation, Message, Priority, Tagging
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.console.filters import SORTS, VIEWS
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Agent, Host, Member, Team
from tests.fences.plans import lookups
from tests.fences.scene import ClaimsOf, Scene
from tests.making import ticket_of, viewer_of

TABLES = {Conversation._meta.db_table, Message._meta.db_table}

RARE = {"priority": "priority", "tag": "tag_id", "issue_type": "category"}
"""What may be rare among all, and the column by which it is looked up then."""

OF_LITTLE = ('"closed_at" IS NULL', '"due_at" IS NOT NULL')
"""What is alive or due is a small part of all, and has indexes of its own."""

GIVES_KEYS = 'SELECT "conversations_conversation"."id" AS "pk"'
"""Whose answer says which tickets a page shows."""

OWN, ACCOUNTS = 30, 10

FILTERS = ("status", "assignee", "team", "priority", "tag", "issue_type", "account", "due", "q")
PAIRS = (
    ("status", "assignee"),
    ("assignee", "priority"),
    ("team", "status"),
    ("team", "due"),
    ("tag", "account"),
    ("issue_type", "priority"),
    ("account", "status"),
    ("priority", "due"),
    ("q", "assignee"),
)


@pytest.fixture
def scene(host: Host, claims_of: ClaimsOf, alice: Member, dora: Agent, settings: Any) -> Scene:
    """Acme, with a ticket of each rare thing, among other accounts; the database knows how many."""
    settings.REQUIRE_SECOND_FACTOR = False
    scene = Scene(host, claims_of, alice, dora)
    team = Team.objects.create(name="Billing")
    actions.set_team(viewer_of(dora), scene.ticket, team)
    actions.add_tag(viewer_of(dora), scene.ticket, "vip")
    actions.set_priority(viewer_of(dora), scene.ticket, Priority.URGENT)
    ticket_of(alice, issue_type=actions.add_issue_type(name="Refund"))
    scene.crowd(alice, OWN)
    for number in range(ACCOUNTS):
        scene.crowd(scene.stranger(number), OWN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return scene


def values(scene: Scene) -> dict[str, str]:
    """One value for each filter, of which there are rows."""
    return {
        "status": "open",
        "assignee": scene.dora.public_id,
        "team": Team.objects.get().public_id,
        "priority": "40",
        "tag": "vip",
        "issue_type": IssueType.objects.get(name="Refund").public_id,
        "account": scene.alice.account.public_id,
        "due": "over",
        "q": "spring",
    }


def walks(scene: Scene, names: tuple[str, ...]) -> list[str]:
    """What walks through a table, in any view and order, under these filters."""
    chosen = "&".join(f"{name}={values(scene)[name]}" for name in names)
    found = []
    for view in VIEWS:
        for sort in SORTS:
            path = f"/console/tickets/rows?view={view}&sort={sort}&{chosen}"
            for sql in scene.ask("dora", path):
                found += [
                    f"{path}: {table} in {sql}"
                    for table, columns in lookups(sql, TABLES)
                    if not columns and not by_its_end(sort, sql)
                ]
    return found


def by_its_end(sort: str, sql: str) -> bool:
    """PostgreSQL reads the newest from the end of the primary key, and stops after a page."""
    is_newest = connection.vendor == "postgresql" and sort == "newest"
    return is_newest and "ORDER BY 2 DESC LIMIT" in sql


@pytest.mark.parametrize("names", [(name,) for name in FILTERS] + list(PAIRS), ids="+".join)
def test_no_filter_of_the_queue_walks_through_a_table(scene: Scene, names: tuple[str, ...]) -> None:
    assert not walks(scene, names)


@pytest.mark.parametrize("view", ["all", "closed"])
@pytest.mark.parametrize("key", RARE)
def test_what_is_rare_among_all_is_looked_up_in_every_order(
    scene: Scene, key: str, view: str
) -> None:
    """However many others stand before it: a page costs what it shows."""
    for sort in SORTS:
        path = f"/console/tickets/rows?view={view}&sort={sort}&{key}={values(scene)[key]}"
        asked = [sql for sql in scene.ask("dora", path) if GIVES_KEYS in sql]
        assert asked, path
        for sql in asked:
            steps = lookups(sql, {*TABLES, Tagging._meta.db_table})
            by_it = any(RARE[key] in columns for _table, columns in steps)
            assert by_it or any(words in sql for words in OF_LITTLE), sql
