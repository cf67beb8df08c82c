"""How do pages come into the library, and go? In the transaction of who writes them."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from handrail.engines.search.library.passages import PATH, Section, embedded, text_hash, windows
from handrail.engines.search.library.redaction import redacted
from handrail.engines.search.library.stems import base
from handrail.engines.search.library.vocabulary import BREAK
from handrail.engines.search.models import (
    LibraryEntry,
    LibraryPage,
    LibraryStamp,
    LibraryVector,
    SearchMiss,
    Synonym,
)
from handrail.engines.search.words import words

AT_ONCE = 500
"""Rows in one statement."""

MOST_MISSES = 10_000


@dataclass(frozen=True)
class Page:
    """A page as its medium gives it to the library: plain text, no markup."""

    medium: str
    thing_id: str
    language: str
    title: str
    sections: Sequence[Section]
    summary: str = ""
    audience_id: int | None = None
    """Who may find it; None: everybody."""
    questions: Sequence[str] = ()
    """What its author says that it answers. They lead to it, and are shown nowhere."""


def put(
    medium: str,
    thing_id: str,
    *,
    language: str,
    audience_id: int | None,
    title: str,
    summary: str,
    sections: Sequence[Section],
) -> None:
    """Writes one page anew. It is found by words at once, by meaning when its turn has come."""
    put_all([Page(medium, thing_id, language, title, sections, summary, audience_id)])


@transaction.atomic
def put_all(pages: Iterable[Page]) -> int:
    """Writes pages anew, returns how many were not there already as they are.

    Two thousand take seconds; a page that did not change takes a hash. Of two with the same name
    and language, the last counts.
    """
    wanted = {(page.medium, page.thing_id, base(page.language)): page for page in pages}
    changed = 0
    names = list(wanted)
    for at in range(0, len(names), AT_ONCE):
        changed += _put_some({name: wanted[name] for name in names[at : at + AT_ONCE]})
    if changed:
        _changed(is_text=True)
    return changed


@transaction.atomic
def forget(medium: str, thing_id: str, language: str = "") -> None:
    """Nothing of the page is found any more, in no language or not in this one."""
    pages = LibraryPage.objects.filter(medium=medium, thing_id=thing_id)
    if language:
        pages = pages.filter(language=base(language))
    if pages.delete()[0]:
        _changed()


@transaction.atomic
def forget_all(medium: str, keep: Iterable[str] = ()) -> int:
    """Empties the library of a medium, except for these things; returns how many pages went."""
    kept = set(keep)
    gone = [
        pk
        for pk, thing in LibraryPage.objects.filter(medium=medium).values_list("pk", "thing_id")
        if thing not in kept
    ]
    for at in range(0, len(gone), AT_ONCE):
        LibraryPage.objects.filter(pk__in=gone[at : at + AT_ONCE]).delete()
    if gone:
        _changed()
    return len(gone)


@transaction.atomic
def set_synonyms(language: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Replaces all of a language: (what is asked, what it also means)."""
    Synonym.objects.filter(language=base(language)).delete()
    Synonym.objects.bulk_create(
        [
            Synonym(language=base(language), words=asked[:100], means=means[:100])
            for asked, means in dict.fromkeys(pairs)
            if words(asked) and words(means)
        ]
    )
    _changed()


@transaction.atomic
def add_synonym(language: str, asked: str, means: str) -> bool:
    """Adds one; False where one of the sides holds no word."""
    asked, means = _plain(asked).strip()[:100], _plain(means).strip()[:100]
    if not (words(asked) and words(means)):
        return False
    Synonym.objects.get_or_create(language=base(language), words=asked, means=means)
    _changed()
    return True


@transaction.atomic
def remove_synonym(pk: int) -> None:
    if Synonym.objects.filter(pk=pk).delete()[0]:
        _changed()


def forget_miss(pk: int) -> None:
    """Until somebody asks it in vain again."""
    SearchMiss.objects.filter(pk=pk).delete()


@transaction.atomic
def record_miss(question: str, language: str) -> None:
    """Remembers, without what could tell who it was, that somebody asked and found nothing."""
    asked = " ".join(redacted(question).casefold().split())[:200].strip()
    if not words(asked):
        return
    now = timezone.now()
    known = SearchMiss.objects.filter(language=base(language), question=asked)
    if known.update(asked=F("asked") + 1, last_asked_at=now):
        return
    if SearchMiss.objects.count() < MOST_MISSES:
        SearchMiss.objects.bulk_create(
            [SearchMiss(language=base(language), question=asked, last_asked_at=now)],
            ignore_conflicts=True,
        )


def keep_vectors(model: str, made: dict[str, tuple[bytes, bytes]]) -> None:
    """Keeps what a model said of texts and of their pieces, by the texts' hashes; what is there
    stays."""
    LibraryVector.objects.bulk_create(
        [
            LibraryVector(text_hash=key, model=model, vector=vector, pieces=pieces)
            for key, (vector, pieces) in made.items()
        ],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )


def vectors_changed() -> None:
    """Lets every process take up the vectors that are there by now."""
    _changed()


def forget_unused_vectors(model: str, before: datetime) -> int:
    """Of texts that stand nowhere any more, and of other models; those made before a time."""
    of_entry = LibraryEntry.objects.filter(text_hash=OuterRef("text_hash"))
    of_page = LibraryPage.objects.filter(text_hash=OuterRef("text_hash"))
    unused = LibraryVector.objects.filter(made_at__lt=before).filter(
        ~models.Q(model=model) | (~Exists(of_entry) & ~Exists(of_page))
    )
    return unused.delete()[0]


def _put_some(pages: dict[tuple[str, str, str], Page]) -> int:
    """One batch: what did not change is left alone."""
    stored = {
        (row.medium, row.thing_id, row.language): row
        for row in LibraryPage.objects.filter(
            medium__in={name[0] for name in pages}, thing_id__in=[name[1] for name in pages]
        )
    }
    digests = {name: _digest(page) for name, page in pages.items()}
    changed = [name for name in pages if name not in stored or stored[name].digest != digests[name]]
    old = [stored[name].pk for name in changed if name in stored]
    LibraryPage.objects.filter(pk__in=old).delete()
    rows = [_page_row(pages[name], name[2], digests[name]) for name in changed]
    LibraryPage.objects.bulk_create(rows)
    entries = [
        entry
        for row, name in zip(rows, changed, strict=True)
        for entry in _entry_rows(row, pages[name])
    ]
    LibraryEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    return len(changed)


def _page_row(page: Page, language: str, digest: str) -> LibraryPage:
    title, summary = _plain(page.title), _plain(page.summary)
    questions = "\n".join(" ".join(_plain(one).split()) for one in page.questions)
    return LibraryPage(
        medium=page.medium,
        thing_id=page.thing_id,
        language=language,
        audience_id=page.audience_id,
        title=title,
        summary=summary,
        questions=questions,
        words=_tokens(title, f"{summary} {questions}"),
        text_hash=text_hash(embedded(title, (), summary)),
        digest=digest,
    )


def _entry_rows(row: LibraryPage, page: Page) -> Iterable[LibraryEntry]:
    for number, window in enumerate(windows(page.sections)):
        path = [_plain(heading) for heading in window.section.heading_path]
        text = _plain(window.text)
        yield LibraryEntry(
            page=row,
            number=number,
            heading_path=PATH.join(path),
            anchor=_plain(window.section.anchor)[:200],
            level=window.section.level,
            text=text,
            words=_tokens(path[-1] if path else "", " ".join(path[:-1]), text),
            repeated=len(words(window.repeated)),
            text_hash=text_hash(embedded(row.title, path, text)),
        )


def _tokens(*parts: str) -> str:
    return f" {BREAK} ".join(" ".join(words(part)) for part in parts)


def _plain(text: str) -> str:
    """PostgreSQL keeps no NUL and no halves of letters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _digest(page: Page) -> str:
    digest = hashlib.sha256()
    whole = [page.title, page.summary, str(page.audience_id), *page.questions]
    for section in page.sections:
        whole += [*section.heading_path, section.anchor, str(section.level), section.text]
    for part in whole:
        digest.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _changed(*, is_text: bool = False) -> None:
    """Says so to every process, and lets new text be embedded when there is time."""
    from handrail.engines.search.library.current import look_again
    from handrail.engines.search.tasks import wanted

    stamp = uuid.uuid4().hex
    LibraryStamp.objects.update_or_create(pk=1, defaults={"stamp": stamp})
    transaction.on_commit(look_again)
    if is_text:
        wanted()
