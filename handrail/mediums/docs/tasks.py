"""What happens later to help pages? Sources are pulled, and old drawings are made anew."""

from datetime import timedelta

from handrail.engines.tasks import every, task
from handrail.mediums.docs.actions import redrawing, sources
from handrail.mediums.docs.importing.pulling import pull_source
from handrail.mediums.docs.models import Source
from handrail.people.viewer import system_viewer

CLOCK = system_viewer("clock")


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
