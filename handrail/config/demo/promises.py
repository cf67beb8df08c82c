"""What does the demo's owner promise? Business hours and targets, by the owner's own acts."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from handrail.engines.activity.models import Activity
from handrail.engines.conversations.models import Priority
from handrail.mediums.tickets import actions
from handrail.people.models import Plan
from handrail.people.viewer import system_viewer

OWNER = system_viewer("demo")
DECIDED = timedelta(days=90)
"""How long ago the owner chose all this."""


def load_promises(content: dict[str, Any]) -> None:
    told = content["hours"]
    holidays = {date.fromisoformat(day): name for day, name in told["holidays"].items()}
    actions.change_hours(
        OWNER,
        actions.office_hours(),
        name=told["name"],
        zoneinfo=told["zoneinfo"],
        periods=told["periods"],
        holidays=holidays,
    )
    plans = {plan.key: plan for plan in Plan.objects.all()}
    actions.set_targets(
        OWNER,
        {
            (plans.get(given.get("plan")), _priority(given)): (
                given.get("first_reply"),
                given.get("resolution"),
            )
            for given in content["promise"]
        },
    )


def settle() -> None:
    """The made-up past counts: deadlines run from when it was written, choices are of long ago."""
    after: int | None = 0
    while after is not None:
        after = actions.reckon_some(OWNER, after)
    chosen = Q(system=OWNER.system) | Q(verb="tickets.view_saved")
    Activity.objects.filter(chosen).update(at=timezone.now() - DECIDED)


def leave_the_silent_alone() -> None:
    """A crowd never answers: nobody mails thousands of made-up people about it."""
    policy = actions.current_policy()
    policy.remind_after_days = policy.close_after_days = None
    actions.change_policy(OWNER, policy)


def _priority(given: dict[str, Any]) -> int | None:
    return int(Priority[given["priority"].upper()]) if "priority" in given else None
