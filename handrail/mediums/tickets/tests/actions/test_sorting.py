"""Is a tag one word however it is typed, and put on once?"""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.conversations.models import Tag, Tagging
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions.sorting import MOST_TAGS, TAG_LENGTH
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import ticket_of, viewer_of


@given(st.text(max_size=60))
def test_a_tag_has_one_form(typed: str) -> None:
    try:
        name = actions.tag_name(typed)
    except ValidationError:
        return
    assert actions.tag_name(name) == name
    assert 0 < len(name) <= TAG_LENGTH
    assert "," not in name
    assert name == " ".join(name.split())


@pytest.mark.parametrize("typed", ["", " ", ",", "x" * 41, "a\0b"])
def test_what_is_no_tag_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        actions.tag_name(typed)


@pytest.mark.django_db
def test_the_same_word_is_on_it_once(alice: Member, dora: Agent) -> None:
    ticket, viewer = ticket_of(alice), viewer_of(dora)
    for typed in ("VIP", " vip ", "vip,"):
        actions.add_tag(viewer, ticket, typed)
    assert list(Tagging.objects.values_list("tag__name", flat=True)) == ["vip"]
    assert actions.known_tags(viewer) == ["vip"]
    actions.remove_tag(viewer, ticket, "vip")
    actions.remove_tag(viewer, ticket, "vip")
    assert not Tagging.objects.exists()
    assert Tag.objects.count() == 1


@pytest.mark.django_db
def test_a_ticket_has_room_for_so_many(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    for number in range(MOST_TAGS):
        actions.add_tag(viewer_of(dora), ticket, f"tag {number}")
    with pytest.raises(ValidationError):
        actions.add_tag(viewer_of(dora), ticket, "one more")


@pytest.mark.django_db
def test_members_tag_nothing(alice: Member) -> None:
    ticket = ticket_of(alice)
    with pytest.raises(NotEntitled):
        actions.add_tag(viewer_of(alice), ticket, "vip")
    with pytest.raises(NotEntitled):
        actions.set_team(viewer_of(alice), ticket, None)
