"""What did the owner choose about tickets?"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.models import Policy, SlaTarget
from handrail.mediums.tickets.states import KIND
from handrail.people.models import BusinessHours, Holiday, Plan
from handrail.people.viewer import Viewer

MANAGE = "settings.manage"
WORKDAYS = 5


def current_policy() -> Policy:
    """The one row; where it is not made yet, what it would hold."""
    return Policy.objects.order_by("pk").first() or Policy()


def office_hours() -> BusinessHours:
    """The hours that promises are counted in: the first that were made."""
    return BusinessHours.objects.order_by("pk").first() or install_hours()


def install_policy() -> None:
    """Makes the policy and the first business hours of a new installation."""
    if not Policy.objects.exists():
        Policy.objects.create()
    if not BusinessHours.objects.exists():
        install_hours()


def install_hours() -> BusinessHours:
    """Nine to five from Monday to Friday."""
    periods = [[day, "09:00", "17:00"] for day in range(WORKDAYS)]
    return BusinessHours.objects.create(name=_("Office hours"), periods=periods)


def change_policy(viewer: Viewer, policy: Policy) -> None:
    """Keeps what the form made of the policy."""
    viewer.require("settings.manage")
    with transaction.atomic():
        policy.save()
        activity.record(viewer, "tickets.policy_changed", Ref(KIND, "policy"))


def change_hours(
    viewer: Viewer,
    hours: BusinessHours,
    *,
    name: str,
    zoneinfo: str,
    periods: list[list[int | str]],
    holidays: Mapping[date, str],
) -> None:
    """Changes when we are there; all deadlines are reckoned anew."""
    viewer.require("settings.manage")
    with transaction.atomic():
        hours.name, hours.zoneinfo, hours.periods = name, zoneinfo, periods
        hours.save()
        hours.holidays.all().delete()
        Holiday.objects.bulk_create(
            Holiday(hours=hours, date=day, name=words) for day, words in holidays.items()
        )
        activity.record(viewer, "tickets.hours_changed", Ref(KIND, hours.public_id))
        _reckon_all()


def set_targets(
    viewer: Viewer, promises: Mapping[tuple[Plan | None, int | None], tuple[int | None, int | None]]
) -> None:
    """Says what is promised to each plan and priority; all deadlines are reckoned anew."""
    viewer.require("settings.manage")
    with transaction.atomic():
        hours = office_hours()
        for (plan, priority), (first_reply, resolution) in promises.items():
            if first_reply is None and resolution is None:
                SlaTarget.objects.filter(plan=plan, priority=priority).delete()
                continue
            SlaTarget.objects.update_or_create(
                plan=plan,
                priority=priority,
                defaults={
                    "first_reply_minutes": first_reply,
                    "resolution_minutes": resolution,
                    "hours": hours,
                },
            )
        activity.record(viewer, "tickets.targets_changed", Ref(KIND, "targets"))
        _reckon_all()


def _reckon_all() -> None:
    from handrail.mediums.tickets.tasks import reckon_all  # that module imports this one

    reckon_all.enqueue()
