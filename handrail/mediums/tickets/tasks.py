"""What happens later to tickets, by the clock?"""

from datetime import timedelta

from handrail.engines.tasks import every, task
from handrail.mediums.tickets import actions
from handrail.people.viewer import system_viewer

CLOCK = system_viewer("clock")


@every(timedelta(minutes=1))
def warn_of_deadlines() -> None:
    actions.warn(CLOCK)


@every(timedelta(minutes=10))
def remind_the_silent() -> None:
    actions.remind_silent(CLOCK)


@every(timedelta(minutes=10))
def close_the_silent() -> None:
    actions.close_silent(CLOCK)


@task()
def reckon_all(after: int = 0) -> None:
    """A rule of deadlines has changed: some tickets at a time, until all are reckoned anew."""
    if (last := actions.reckon_some(CLOCK, after)) is not None:
        reckon_all.enqueue(last)
