"""How is the tree kept? Addresses and reading order follow from parents and positions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from handrail.mediums.docs.models import LONGEST_PATH, Page, Redirect, Section

DEEPEST = 12
"""Categories within categories: a deeper tree is a mistake of whoever made it."""

AT_ONCE = 500
"""Rows in one statement."""


@dataclass
class Moved:
    """A page whose address has changed."""

    page: Page
    old_path: str


def put_in_order(section: Section, language: str) -> list[Moved]:
    """Brings paths, trails and ranks up to date; whoever had another path leads on from it.

    Reads every page of the section and language without their texts, and writes those that
    changed: two queries, and three more where paths did.
    """
    pages = list(
        Page.objects.filter(section=section, language=language)
        .only("pk", "parent_id", "position", "slug", "path", "trail", "rank")
        .order_by("position", "pk")
    )
    changed, moved = [], []
    for rank, (page, trail, path) in enumerate(walk(pages), start=1):
        before = (page.path, page.trail, page.rank)
        if before == (path, trail, rank):
            continue
        if page.path != path:
            moved.append(Moved(page, page.path))
        page.path, page.trail, page.rank = path, trail, rank
        changed.append(page)
    _make_way(moved)
    Page.objects.bulk_update(changed, ["path", "trail", "rank"], batch_size=200)
    _redirect(section, language, moved)
    return moved


def touch(section: Section) -> None:
    """Whatever was kept of the section's pages anywhere is old now."""
    Section.objects.filter(pk=section.pk).update(version=F("version") + 1)


def walk(pages: list[Page]) -> Iterator[tuple[Page, list[int], str]]:
    """Every page with what is above it, in reading order; siblings never share a path."""
    children: dict[int | None, list[Page]] = defaultdict(list)
    for page in pages:
        children[page.parent_id].append(page)
    taken: set[str] = set()
    stack = [(page, [], "") for page in reversed(children[None])]  # type: ignore[var-annotated]
    while stack:
        page, trail, above = stack.pop()
        path = _free(f"{above}/{page.slug}".strip("/"), taken)
        taken.add(path)
        yield page, trail, path
        below = [*trail, page.pk]
        stack.extend((child, below, path) for child in reversed(children[page.pk]))


def _free(path: str, taken: set[str]) -> str:
    path = path[: LONGEST_PATH - 5]
    if path not in taken:
        return path
    stem = path or "page"  # beside the section's own page, which has none
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def _make_way(moved: list[Moved]) -> None:
    """Two pages may take each other's path: none of them keeps its own while they do."""
    free = Concat(Value("~"), Cast("pk", CharField()), output_field=CharField())
    for at in range(0, len(moved), AT_ONCE):
        pks = [one.page.pk for one in moved[at : at + AT_ONCE]]
        Page.objects.filter(pk__in=pks).update(path=free)


def _redirect(section: Section, language: str, moved: list[Moved]) -> None:
    """Old paths lead on, but for those that a page has again."""
    if not moved:
        return
    here = Redirect.objects.filter(section=section, language=language)
    for at in range(0, len(moved), AT_ONCE):
        here.filter(path__in=[one.page.path for one in moved[at : at + AT_ONCE]]).delete()
    now = set(
        Page.objects.filter(section=section, language=language).values_list("path", flat=True)
    )
    for one in moved:
        if one.old_path and one.old_path not in now and not one.old_path.startswith("~"):
            here.update_or_create(
                section=section, language=language, path=one.old_path, defaults={"page": one.page}
            )
