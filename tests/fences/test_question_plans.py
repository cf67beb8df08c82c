"""Does the list of questions cost what was asked in its time, and not all that was ever asked?"""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.models import Question, QuestionGroup, Surface
from handrail.mediums.docs.actions.asking_again import ask_groups, groups_near
from handrail.mediums.docs.console import asked
from handrail.people.viewer import SYSTEM
from tests.fences.plans import lookups

pytestmark = pytest.mark.django_db

GROUPS, EACH = 200, 20
QUESTIONS = Question._meta.db_table


@pytest.fixture(autouse=True)
def many(installation: None) -> None:
    """Questions of a year, in groups; the database knows how many."""
    groups = QuestionGroup.objects.bulk_create(
        QuestionGroup(language="en", text=f"Question {number}?") for number in range(GROUPS)
    )
    now = timezone.now()
    Question.objects.bulk_create(
        Question(
            group=group,
            text=group.text,
            language="en",
            surface=Surface.SITE,
            outcome=list(Outcome)[number % 3],
            engine="built-in",
            asked_at=now - timedelta(hours=(number * EACH + each) * 2),
        )
        for number, group in enumerate(groups)
        for each in range(EACH)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def walks(queries: CaptureQueriesContext) -> list[str]:
    """The queries that go through all questions."""
    steps = [(query["sql"], lookups(query["sql"], {QUESTIONS})) for query in list(queries)]
    return [sql for sql, found in steps for _table, columns in found if not columns]


@pytest.mark.parametrize("kind", asked.KINDS)
def test_a_list_reads_what_was_asked_in_its_time(kind: str) -> None:
    filters = asked.Filters.of(QueryDict(f"kind={kind}&days=7"), [])
    with CaptureQueriesContext(connection) as queries:
        asked.rows(SYSTEM, filters)
        asked.by_week(SYSTEM)
    assert not walks(queries)


def test_asking_again_looks_for_what_is_open() -> None:
    with CaptureQueriesContext(connection) as queries:
        ask_groups(groups_near([])[:2])
    assert not walks(queries)
