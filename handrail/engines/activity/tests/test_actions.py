"""What is written down of an act, and who reads it?"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from handrail.engines.activity.actions import record, recorded
from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, system_viewer, viewer_for_member, viewer_for_nobody
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

REF = Ref("tickets", "AAAAAAAAAAAAAAAAAAAAAA")


def test_an_act_has_one_actor_and_the_way_they_came(alice: Member, dora: Agent) -> None:
    viewers = [
        viewer_for_member(alice, via="email"),
        viewer_of(dora),
        system_viewer("closer"),
        viewer_for_nobody(),
    ]
    rows = [record(viewer, "tickets.closed", REF) for viewer in viewers]
    actors = [(row.member, row.agent, row.system, row.via) for row in rows]
    assert actors == [
        (alice, None, "", "email"),
        (None, dora, "", "web"),
        (None, None, "closer", "task"),
        (None, None, "", "web"),
    ]
    assert {row.ref for row in rows} == {REF}


def test_details_are_kept_as_they_are(alice: Member) -> None:
    row = record(viewer_of(alice), "tickets.opened", REF, account=alice.account, is_shared=True)
    row.refresh_from_db()
    assert (row.account, row.detail) == (alice.account, {"is_shared": True})


@pytest.fixture
def listener() -> Iterator[list[str]]:
    """Hears of every act, and writes another row down."""
    heard: list[str] = []

    def listen(*, activity: Activity, **kwargs: Any) -> None:
        if activity.verb != "tests.heard":
            heard.append(activity.verb)
            record(SYSTEM, "tests.heard", activity.ref)

    recorded.connect(listen)
    yield heard
    recorded.disconnect(listen)


def test_what_listeners_write_is_kept_or_lost_with_the_act(
    alice: Member, listener: list[str]
) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record(viewer_of(alice), "tickets.opened", REF)
        assert Activity.objects.count() == 2
        raise RuntimeError
    assert listener == ["tickets.opened"]
    assert not Activity.objects.exists()
    record(viewer_of(alice), "tickets.opened", REF)
    assert Activity.objects.count() == 2


def test_the_trail_is_read_by_those_who_may(alice: Member, dora: Agent) -> None:
    record(viewer_of(alice), "tickets.opened", REF)
    ada = create_agent(email="ada@handrail.example", name="Ada", role="admin")
    viewers = [viewer_of(alice), viewer_of(dora), viewer_for_nobody(), viewer_of(ada), SYSTEM]
    assert [Activity.objects.visible_to(viewer).count() for viewer in viewers] == [0, 0, 0, 1, 1]
