"""Whose are saved views, and who may change those of everybody?"""

import pytest
from django.core.exceptions import ValidationError

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions.saved_views import MOST_SAVED
from handrail.mediums.tickets.models import SavedView
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(installation: None) -> Agent:
    return create_agent(email="ada@handrail.example", name="Ada", role="admin")


def test_an_agent_keeps_views_of_their_own(dora: Agent, ada: Agent) -> None:
    view = actions.save_view(viewer_of(dora), "VIPs", {"tag": "vip"})
    assert list(SavedView.objects.visible_to(viewer_of(dora))) == [view]
    assert not SavedView.objects.visible_to(viewer_of(ada)).exists()
    actions.rename_view(viewer_of(dora), view, "Very important")
    assert SavedView.objects.get().name == "Very important"
    actions.delete_view(viewer_of(dora), view)
    assert not SavedView.objects.exists()


def test_a_view_of_everybody_is_the_owners_to_change(
    dora: Agent, ada: Agent, alice: Member
) -> None:
    view = actions.save_view(viewer_of(ada), "VIPs", {"tag": "vip"}, is_shared=True)
    assert list(SavedView.objects.visible_to(viewer_of(dora))) == [view]
    assert not SavedView.objects.visible_to(viewer_of(alice)).exists()
    for act in (
        lambda: actions.save_view(viewer_of(dora), "Mine", {}, is_shared=True),
        lambda: actions.rename_view(viewer_of(dora), view, "Mine"),
        lambda: actions.delete_view(viewer_of(dora), view),
        lambda: actions.save_view(viewer_of(alice), "Mine", {}),
    ):
        with pytest.raises(NotEntitled):
            act()


def test_there_is_room_for_so_many(dora: Agent) -> None:
    for number in range(MOST_SAVED):
        actions.save_view(viewer_of(dora), f"View {number}", {})
    with pytest.raises(ValidationError):
        actions.save_view(viewer_of(dora), "One more", {})
