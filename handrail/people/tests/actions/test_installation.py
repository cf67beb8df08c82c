"""What does a new installation start with, and what stays the owner's?"""

from handrail.people.actions import install_defaults
from handrail.people.models import Audience, Plan, PlanEntitlement


def test_installing_twice_changes_nothing(db: None) -> None:
    install_defaults()
    rows = (Plan.objects.count(), PlanEntitlement.objects.count(), Audience.objects.count())
    install_defaults()
    assert rows == (
        Plan.objects.count(),
        PlanEntitlement.objects.count(),
        Audience.objects.count(),
    )


def test_what_the_owner_changed_is_left_alone(db: None) -> None:
    install_defaults()
    Plan.objects.exclude(key="free").delete()
    Audience.objects.exclude(key="everyone").delete()
    install_defaults()
    assert list(Plan.objects.values_list("key", flat=True)) == ["free"]
    assert list(Audience.objects.values_list("key", flat=True)) == ["everyone"]
