"""What can an editor do with the repositories that help pages come from?"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handrail.base.tokens import hashed, random_secret
from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import Source
from handrail.people.viewer import Viewer


@transaction.atomic
def add_source(
    viewer: Viewer,
    *,
    url: str,
    branch: str = "",
    folder: str = "",
    section_slug: str = "",
    every_minutes: int | None = 60,
) -> Source:
    """A repository, which is pulled at once and then by the clock. Its pages are read-only here."""
    from handrail.mediums.docs.importing.git import fault_of_address

    viewer.require(EDIT)
    if fault := fault_of_address(url):
        raise ValidationError(fault)
    source = Source.objects.create(
        url=url,
        branch=branch,
        folder=folder.strip("/"),
        section_slug=section_slug,
        every_minutes=every_minutes,
    )
    _record(viewer, "docs.source_added", source)
    want_pull(viewer, source)
    return source


@transaction.atomic
def remove_source(viewer: Viewer, source: Source) -> None:
    """Its pages stay as they are, and can be edited here from then on."""
    viewer.require(EDIT)
    _record(viewer, "docs.source_removed", source)
    source.delete()


@transaction.atomic
def set_on(viewer: Viewer, source: Source, is_on: bool) -> None:
    """Whether it is pulled by the clock and by its webhook."""
    viewer.require(EDIT)
    Source.objects.filter(pk=source.pk).update(is_on=is_on)
    _record(viewer, "docs.source_on" if is_on else "docs.source_off", source)


@transaction.atomic
def make_hook(viewer: Viewer, source: Source) -> str:
    """A new secret for the address of its webhook; an earlier one is worth nothing any more.

    Only its digest is kept: it is shown this once.
    """
    viewer.require(EDIT)
    secret = random_secret()
    Source.objects.filter(pk=source.pk).update(hook_digest=hashed(secret))
    _record(viewer, "docs.source_hook_made", source)
    return secret


def want_pull(viewer: Viewer, source: Source) -> None:
    """Has it pulled soon, after the commit. One waits at most, however often somebody asks."""
    from handrail.mediums.docs.tasks import pull

    viewer.require(EDIT)
    waiting = DBTaskResult.objects.filter(
        task_path=pull.module_path, status=TaskResultStatus.READY
    ).values_list("args_kwargs", flat=True)
    if not any(given.get("args") == [source.pk] for given in waiting):
        pull.enqueue(source.pk)


def want_pull_by_hook(viewer: Viewer, secret: str) -> None:
    """Whoever knows the secret may say that there is something new, and nothing else."""
    viewer.require(EDIT)
    source = Source.objects.filter(hook_digest=hashed(secret), is_on=True).first()
    if source is not None:
        want_pull(viewer, source)


def want_due_pulls(viewer: Viewer, now: datetime | None = None) -> int:
    """Has those pulled whose time has come; returns how many. Two workers never take one twice."""
    viewer.require(EDIT)
    now = now or timezone.now()
    timed = Source.objects.filter(is_on=True, every_minutes__isnull=False)
    wanted = 0
    for source in timed:
        due = now - timedelta(minutes=source.every_minutes or 0)
        is_due = Q(pulled_at=None) | Q(pulled_at__lte=due)
        with transaction.atomic():
            if timed.filter(is_due, pk=source.pk).update(pulled_at=now):
                want_pull(viewer, source)
                wanted += 1
    return wanted


def note_pull(viewer: Viewer, source: Source, commit: str) -> None:
    """Which commit the pages are of now."""
    viewer.require(EDIT)
    Source.objects.filter(pk=source.pk).update(commit=commit, pulled_at=timezone.now())


def _record(viewer: Viewer, verb: str, source: Source) -> None:
    activity.record(viewer, verb, Ref("docs", source.public_id), url=source.url)
