"""What happens later to help pages? Sources are pulled, old drawings are made anew, and when pages
change, what they did not answer is asked again.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks.base import Task

from handrail.engines.search import tasks as search
from handrail.engines.search.library.current import refreshed
from handrail.engines.search.library.meaning import meaning
from handrail.engines.tasks import every, task
from handrail.mediums.docs.actions import asking_again, evaluating, redrawing, sources
from handrail.mediums.docs.importing.pulling import pull_source
from handrail.mediums.docs.models import Source
from handrail.people.viewer import system_viewer

CLOCK = system_viewer("clock")

READING = timedelta(seconds=10)
"""How long to wait for the model, which reads new pages a little at a time."""
MOST_WAITS = 30
"""How often: then words have to do."""


@every(timedelta(minutes=1))
def pull_due() -> None:
    sources.want_due_pulls(CLOCK)


@task(attempts=3)
def pull(source_id: int) -> None:
    """Again after a worker died, or after something unforeseen; not where a server is away."""
    source = Source.objects.filter(pk=source_id).first()
    if source is not None:
        pull_source(CLOCK, source)


@every(timedelta(minutes=10))
def redraw_old() -> None:
    """After an upgrade, some pages at a time until all are drawn anew."""
    if redrawing.count_old(CLOCK):
        redraw.enqueue()


@task(attempts=3)
def redraw() -> None:
    if redrawing.redraw_some(CLOCK) == redrawing.AT_ONCE:
        redraw.enqueue()


def later(what: Task[Any, Any]) -> Task[Any, Any]:
    """After the model has read what there is to read: it does so with the same priority."""
    return what.using(priority=search.LAST)


@task(attempts=3)
def ask_again(pages: list[str], waits: int = 0) -> None:
    """What came near to these pages and was not answered; see `actions.asking_again`."""
    if waits < MOST_WAITS and is_being_read():
        later(ask_again).using(run_after=timezone.now() + READING).enqueue(pages, waits + 1)
        return
    refreshed()
    ask_groups.func(asking_again.groups_near(pages))


@task(attempts=3)
def ask_groups(groups: list[int]) -> None:
    """As many as there is time for, the others in a turn of their own."""
    if rest := asking_again.ask_groups(groups):
        later(ask_groups).enqueue(rest)


@task(attempts=3)
def measure(waits: int = 0) -> None:
    """The editors' own questions, where somebody or a change wants them asked."""
    if waits < MOST_WAITS and is_being_read():
        measure.using(run_after=timezone.now() + READING).enqueue(waits + 1)
        return
    refreshed()
    evaluating.run_waiting(CLOCK)


def is_being_read() -> bool:
    """Whether the model has still to read some of the pages. Three counts."""
    if not meaning().key:
        return False
    progress = search.progress()
    return progress.done < progress.all
