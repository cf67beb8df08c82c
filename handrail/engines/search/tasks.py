"""What does the search engine do later? It lets the model read what is new, a little at a time."""

import time
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handrail.engines.search.library import actions, pieces
from handrail.engines.search.library.meaning import Meaning, meaning
from handrail.engines.search.library.passages import PATH, embedded
from handrail.engines.search.models import (
    LibraryEntry,
    LibraryPage,
    LibraryStamp,
    LibraryVector,
)
from handrail.engines.tasks import every, task

TURN_SECONDS = 5.0
"""How long mail and other tasks may have to wait for one turn."""

AT_ONCE = 16
"""Texts that are kept together: what is lost when the process dies, some 50 ms of work each."""

NEWS = timedelta(seconds=30)
"""How often, at most, every process takes up vectors while more are coming."""

LAST = -50
"""Priority: whatever else is due goes before."""

KEEP_UNUSED = timedelta(days=30)


@dataclass(frozen=True)
class Progress:
    """How many texts have their vectors, of how many."""

    done: int
    all: int


def wanted() -> None:
    """Sees to it that the model reads on, after the commit. One query where it will anyway."""
    if not meaning().key:
        return
    is_waiting = DBTaskResult.objects.filter(
        task_path=embed_waiting.module_path, status=TaskResultStatus.READY
    ).exists()
    if not is_waiting:
        embed_waiting.using(priority=LAST).enqueue()


def progress() -> Progress:
    """Of the model that is in use. Three counts: a few ms for ten thousand passages."""
    waiting = sum(rows.count() for rows in _waiting(meaning().key))
    total = LibraryEntry.objects.count() + LibraryPage.objects.count()
    return Progress(total - waiting, total)


@task(attempts=5)
def embed_waiting() -> None:
    """One turn of work, and another when that was not enough. May run twice, or in two workers."""
    model, until = meaning(), time.monotonic() + TURN_SECONDS
    if not model.key:
        return
    made = 0
    while texts := _next(model.key):
        actions.keep_vectors(model.key, _vectors(model, texts))
        made += len(texts)
        if time.monotonic() > until:
            break
    if texts:
        wanted()
    if made and (not texts or _is_time_for_news()):
        actions.vectors_changed()


@every(timedelta(days=1))
def forget_unused_vectors() -> None:
    """Without a model nothing is unused: it may only be switched off."""
    if key := meaning().key:
        actions.forget_unused_vectors(key, timezone.now() - KEEP_UNUSED)


@every(timedelta(hours=1))
def embed_what_is_missing() -> None:
    """After another model was chosen, or switched on again."""
    if meaning().key and any(rows.exists() for rows in _waiting(meaning().key)):
        wanted()


def _vectors(model: Meaning, texts: dict[str, tuple[str, str]]) -> dict[str, tuple[bytes, bytes]]:
    made = {}
    for key, (whole, text) in texts.items():
        found = pieces.places(whole, text)
        read = model.read(whole, [(begin, end) for _unit, begin, end in found])
        if read is not None:
            names = [unit for unit, _begin, _end in found]
            packed = pieces.packed(zip(names, read.pieces, strict=True))
            made[key] = (read.whole.astype(np.float16).tobytes(), packed)
    return made


def _next(key: str) -> dict[str, tuple[str, str]]:
    """Some texts without vectors, by their hashes: what is embedded, and the passage in it."""
    entries, pages = _waiting(key)
    texts = {
        page.text_hash: (embedded(page.title, (), page.summary), "")
        for page in pages.order_by("pk")[:AT_ONCE]
    }
    for entry in entries.select_related("page").order_by("pk")[: AT_ONCE - len(texts)]:
        path = entry.heading_path.split(PATH) if entry.heading_path else []
        whole = embedded(entry.page.title, path, entry.text)
        texts[entry.text_hash] = (whole, entry.text)
    return texts


def _waiting(key: str) -> tuple[QuerySet[LibraryEntry], QuerySet[LibraryPage]]:
    """The rows whose texts the model has not read."""
    vectors = LibraryVector.objects.filter(text_hash=OuterRef("text_hash"), model=key)
    return (
        LibraryEntry.objects.filter(~Exists(vectors)),
        LibraryPage.objects.filter(~Exists(vectors)),
    )


def _is_time_for_news() -> bool:
    stamp = LibraryStamp.objects.first()
    return stamp is None or stamp.changed_at < timezone.now() - NEWS
