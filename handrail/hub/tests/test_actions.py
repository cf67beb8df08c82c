"""What does a new installation offer?"""

import pytest

from handrail.hub.actions import FIRST_ORDER, install_defaults
from handrail.hub.models import MediumOffer

pytestmark = pytest.mark.django_db


def test_the_mediums_are_offered_to_everyone_in_the_known_order(installation: None) -> None:
    offers = list(MediumOffer.objects.all())
    assert [offer.medium for offer in offers] == list(FIRST_ORDER)
    assert FIRST_ORDER == ("academy", "walkthroughs", "booking", "chat", "tickets", "docs")
    assert {offer.audience.key for offer in offers} == {"everyone"}


def test_what_the_owner_changed_is_left_as_it_is(installation: None) -> None:
    MediumOffer.objects.filter(medium="chat").update(is_on=False, position=99, label="Talk")
    install_defaults()
    chat = MediumOffer.objects.get(medium="chat")
    assert (chat.is_on, chat.position, chat.label) == (False, 99, "Talk")
    assert MediumOffer.objects.count() == len(FIRST_ORDER)
