"""Are those found that are among many, and nothing else?"""

import pytest
from django.db.models import F
from django.db.models.expressions import Combinable

from handrail.base.among import Among
from handrail.people.models import Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> Combinable:
    return F("pk")


def test_alice_and_bob_are_among_many_and_carol_is_not(
    key: Combinable, alice: Member, bob: Member, carol: Member
) -> None:
    many = [alice.pk, bob.pk, *range(10**6, 10**6 + 2000)]
    assert set(Member.objects.filter(Among(key, many))) == {alice, bob}
    assert set(Member.objects.exclude(Among(key, many))) == {carol}


def test_among_none_is_nobody(key: Combinable, alice: Member) -> None:
    assert not Member.objects.filter(Among(key, [])).exists()
