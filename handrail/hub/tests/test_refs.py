"""Where does a Ref lead?"""

from typing import Any

import pytest

from handrail.engines.activity.ref import Ref
from handrail.hub.refs import resolve
from handrail.people.models import Agent, Member
from handrail.people.viewer import viewer_for_nobody
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db


def test_a_ref_leads_where_its_reader_may_go(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    shared = ticket_of(alice, is_shared=True).conversation.ref
    private = ticket_of(alice).conversation.ref
    on_help = {ref: f"/help/tickets/{ref.public_id}/" for ref in (shared, private)}
    on_desk = {ref: f"/console/tickets/{ref.public_id}/" for ref in (shared, private)}
    refs = [shared, private]
    assert resolve(viewer_of(alice), refs) == on_help
    assert resolve(viewer_of(bob), refs) == {shared: on_help[shared]}
    assert resolve(viewer_of(dora), refs) == on_desk
    assert resolve(viewer_of(carol), refs) == resolve(viewer_for_nobody(), refs) == {}


def test_what_does_not_exist_leads_nowhere(alice: Member) -> None:
    refs = [Ref("tickets", "A" * 22), Ref("gone", "A" * 22), Ref("", ""), Ref("tickets", "")]
    assert resolve(viewer_of(alice), refs) == {}
    assert resolve(viewer_of(alice), []) == {}


def test_many_refs_cost_one_query_a_medium(alice: Member, django_assert_num_queries: Any) -> None:
    refs = [ticket_of(alice).conversation.ref for _ in range(5)]
    viewer = viewer_of(alice)
    with django_assert_num_queries(1):
        assert len(resolve(viewer, [*refs, *refs])) == 5


def test_a_ref_reads_as_what_it_is() -> None:
    assert str(Ref("tickets", "abc")) == "tickets/abc"
