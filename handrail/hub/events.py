"""How does a medium hear of what happened in another? By a task in the same transaction."""

from typing import Any

from handrail.engines.activity.models import Activity
from handrail.engines.tasks import task
from handrail.hub.medium import Event
from handrail.hub.registry import find, mediums
from handrail.people.viewer import SYSTEM


def tell_listeners(*, activity: Activity, **kwargs: Any) -> None:
    """Enqueues one task for each medium that listens to this verb. Costs nothing without one."""
    for medium in mediums():
        if activity.verb in medium.listens_to:
            deliver_event.enqueue(medium.name, activity.pk)


@task(attempts=8)
def deliver_event(medium_name: str, activity_id: int) -> None:
    """Tells one medium of one activity; tried again when the medium fails."""
    medium = find(medium_name)
    activity = Activity.objects.visible_to(SYSTEM).get(pk=activity_id)
    if medium is not None:
        medium.on_event(Event(activity.verb, activity.ref, activity.pk, activity.detail))
