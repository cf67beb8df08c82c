"""Are several queries counted in one, each as far as it says?"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.base.counting import counted
from handrail.people.models import Agent, Member


@pytest.mark.django_db
def test_each_is_counted_as_far_as_it_says_in_one_query(
    dora: Agent, alice: Member, bob: Member, carol: Member
) -> None:
    beside = Agent.objects.filter(pk=dora.pk)
    members = Member.objects.order_by("pk")
    queries = {"all": members[:10], "two": members[:2], "none": members.filter(pk=0)[:5]}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counted(beside, queries) == {"all": 3, "two": 2, "none": 0}
    assert len(asked) == 1


def test_nothing_is_counted_without_a_query() -> None:
    assert counted(Agent.objects.none(), {}) == {}
