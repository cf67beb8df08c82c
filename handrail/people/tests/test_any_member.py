"""Can a rule decide for all members by what it found in one?"""

from typing import Any

import pytest
from django.db.models import QuerySet

from handrail.base import statements
from handrail.people.any_member import ANY_MEMBER, facts_of
from handrail.people.models import Member, MemberRole
from handrail.people.viewer import Viewer

pytestmark = pytest.mark.django_db

Found = QuerySet[Any, tuple[Any, ...]]


def colleagues(viewer: Viewer) -> Found:
    assert viewer.member
    return (
        Member.objects.filter(account_id=viewer.member.account_id).order_by("pk").values_list("pk")
    )


def test_each_member_finds_what_is_theirs(alice: Member, bob: Member, carol: Member) -> None:
    for member in (alice, carol, bob):
        found = {pk for (pk,) in statements.rows(colleagues, ANY_MEMBER, **facts_of(member))}
        assert found == ({carol.pk} if member == carol else {alice.pk, bob.pk})


def test_a_rule_that_asks_for_more_than_the_two_ids_fails(alice: Member) -> None:
    def of_admins(viewer: Viewer) -> Found:
        is_admin = viewer.member and viewer.member.role == MemberRole.ADMIN
        return (Member.objects.all() if is_admin else Member.objects.none()).values_list("pk")

    with pytest.raises(AttributeError, match="role"):
        statements.rows(of_admins, ANY_MEMBER, **facts_of(alice))


@pytest.mark.parametrize("asked", ["audience_ids", "entitlements", "may", "account", "is_system"])
def test_a_viewer_of_nobody_in_particular_says_nothing_else(asked: str) -> None:
    with pytest.raises(AttributeError, match=asked):
        getattr(ANY_MEMBER, asked)
