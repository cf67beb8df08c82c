"""Is a tag one word however it is typed, and put on once?"""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.conversations.models import Tag, Tagging
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import Part
from handrail.mediums.tickets.actions.sorting import MOST_TAGS, TAG_LENGTH
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.making import reply, ticket_of, viewer_of


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


@pytest.mark.django_db
def test_a_tag_knows_when_the_last_word_was_said(alice: Member, dora: Agent) -> None:
    """Whatever moves it: an answer, words that leave, words that come."""
    one, other = ticket_of(alice), ticket_of(alice)
    late = reply(alice, one)
    actions.add_tag(viewer_of(dora), one, "vip")
    assert_tags_know(1)
    last = reply(dora, one)
    assert_tags_know(1)
    part = Part([late.public_id, last.public_id], "Another", one.issue_type)
    actions.split(viewer_of(dora), one, part)
    assert_tags_know(1)
    actions.add_tag(viewer_of(dora), other, "late")
    actions.merge(viewer_of(dora), one, other)
    assert_tags_know(2)


def assert_tags_know(count: int) -> None:
    known = Tagging.objects.filter(last_message_at=F("conversation__last_message_at"))
    assert known.count() == Tagging.objects.count() == count
