"""Injection by the language of filters. Chatwoot CVE-2025-21628.

There is no language: each key is a field of one form, each value one of its own; the database is
asked with parameters alone.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from handrail.engines.search import library
from handrail.engines.search.library import actions as shelving
from handrail.mediums.tickets.console.filters import QueueFilters
from handrail.people.models import Agent, Member
from tests.making import ticket_of

pytestmark = pytest.mark.django_db

ATTACK = "x' OR '1'='1"


@pytest.mark.parametrize("key", QueueFilters.base_fields)
def test_no_filter_is_a_piece_of_a_query(
    alice: Member, dora: Agent, browse: Callable[..., Client], key: str
) -> None:
    ticket_of(alice, "Not for everybody")
    browser = browse(dora)
    with CaptureQueriesContext(connection) as captured:
        for operator in ("", "__contains", "[]", "__in", "[operator]"):
            answer = browser.get("/console/tickets/rows", {f"{key}{operator}": ATTACK})
            assert answer.status_code == 200
    plain = [query["sql"] for query in captured if "'1'='1'" in query["sql"]]
    assert not plain, "quoted it stays one word; here it became part of the query"


def test_operators_are_not_heard(alice: Member, dora: Agent, browse: Callable[..., Client]) -> None:
    ticket_of(alice, "Not for everybody")
    for query in ("priority__gte=0", "status[]=closed", "closed_at__isnull=False", "or=1"):
        page = browse(dora).get(f"/console/tickets/rows?{query}")
        assert "Not for everybody" in page.content.decode()
        assert page["HX-Replace-Url"] == "/console/tickets/"


@pytest.mark.parametrize(
    "question",
    [
        ATTACK,
        '" OR title:* NEAR(a b) NOT',
        "guide'); DROP TABLE search_librarypage; --",
        "%s %(id)s {0} %",
        "guide & !guide | (guide <-> secret):*",
        "title:guide AND audience_id IS NULL",
        "\u202eediug\0 \u2066guide",
        '"guide" ' * 2_000,
    ],
)
def test_no_question_reaches_a_query_language(question: str) -> None:
    """The library looks words up as numbers; the database is asked for keys alone."""
    for thing, audience in (("open", None), ("secret", 1)):
        shelving.put(
            "docs",
            thing,
            language="en",
            audience_id=audience,
            title=f"The {thing} guide",
            summary="",
            sections=[],
        )
    with CaptureQueriesContext(connection) as captured:
        answer = library.search(question, audiences=frozenset(), languages=("en",))
        library.suggest_words(question, audiences=frozenset(), languages=("en",))
    assert {hit.thing_id for hit in answer.hits} <= {"open"}
    told = " ".join(query["sql"] for query in captured)
    assert "guide" not in told.lower().replace("the open guide", "")
    assert "DROP" not in told
