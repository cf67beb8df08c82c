"""What did the owner choose about tickets?"""

from django.utils.translation import gettext as _

from handrail.mediums.tickets.models import Policy
from handrail.people.models import BusinessHours

WORKDAYS = 5


def current_policy() -> Policy:
    """The one row; where it is not made yet, what it would hold."""
    return Policy.objects.first() or Policy()


def install_policy() -> None:
    """Makes the policy and the first business hours of a new installation."""
    if not Policy.objects.exists():
        Policy.objects.create()
    if not BusinessHours.objects.exists():
        periods = [[day, "09:00", "17:00"] for day in range(WORKDAYS)]
        BusinessHours.objects.create(name=_("Office hours"), periods=periods)
