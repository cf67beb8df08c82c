"""What happens later to chats, by the clock?"""

from datetime import timedelta

from handrail.engines.tasks import every, task
from handrail.mediums.chat import actions
from handrail.people.viewer import system_viewer

CLOCK = system_viewer("clock")


@task()
def route() -> None:
    """Somebody waits, or somebody of us has room."""
    actions.route_waiting(CLOCK)


@every(timedelta(minutes=1))
def go_round() -> None:
    """Who left has a ticket, what is idle ends, and who waits is given to whoever has come."""
    actions.ticket_the_left(CLOCK)
    actions.end_the_idle(CLOCK)
    actions.take_from_the_gone(CLOCK)
    actions.route_waiting(CLOCK)


@every(timedelta(hours=1))
def remove_the_old() -> None:
    while actions.remove_the_old(CLOCK):
        pass
