"""What is kept of an import? When it was, what it did, and what it did not understand."""

from typing import Any

from django.utils import timezone

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import ImportRun, Source
from handrail.people.viewer import Viewer

MOST_RUNS = 20
"""Reports that are kept of each source, and of all that commands imported."""

__all__ = ["ImportRun", "begin", "fail", "finish", "last_problems"]


def begin(viewer: Viewer, source: Source | None) -> ImportRun:
    """Says that an import goes on; whoever looks sees it without an end."""
    viewer.require(EDIT)
    return ImportRun.objects.create(source=source)


def finish(viewer: Viewer, run: ImportRun, counts: dict[str, int], problems: list[Any]) -> None:
    """In the transaction that writes the pages. Old reports go."""
    viewer.require(EDIT)
    run.counts, run.problems, run.ended_at = counts, problems, timezone.now()
    run.save()
    rows = ImportRun.objects.filter(source=run.source).order_by("-began_at", "-pk")
    old = list(rows.values_list("pk", flat=True)[MOST_RUNS : MOST_RUNS + 100])
    ImportRun.objects.filter(pk__in=old).delete()


def fail(viewer: Viewer, run: ImportRun, reason: str) -> None:
    """Nothing was written."""
    viewer.require(EDIT)
    run.failure, run.ended_at = reason[:2000], timezone.now()
    run.save(update_fields=["failure", "ended_at"])


def last_problems(viewer: Viewer, source: Source | None) -> list[dict[str, object]]:
    """What the last import from here that came to its end had to say."""
    viewer.require(EDIT)
    done = ImportRun.objects.filter(source=source, failure="", ended_at__isnull=False)
    last = done.order_by("-began_at", "-pk").first()
    return list(last.problems) if last else []


def last_failure(viewer: Viewer, source: Source | None) -> str:
    """Why the last import came to nothing; empty where it did not."""
    viewer.require(EDIT)
    last = ImportRun.objects.filter(source=source).order_by("-began_at", "-pk").first()
    return last.failure if last else ""
