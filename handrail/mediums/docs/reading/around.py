"""What stands around a page? Tree, way, neighbours, other languages: all in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Abs

from handrail.mediums.docs.access import PageQuerySet
from handrail.mediums.docs.models import Page, Section
from handrail.people.viewer import Viewer

MOST_AROUND = 300
"""Lines of a tree. Of two thousand pages side by side, those nearest to the page are shown."""

LIGHT = (
    *("public_id", "section_id", "language", "original_id", "translated_number", "parent_id"),
    *("rank", "trail", "path", "title", "summary", "icon", "is_group", "number"),
)
"""What a line in a list is made of; a text is a hundred times as long."""


@dataclass
class Branch:
    """A line of the tree, with the lines below it where they are shown."""

    page: Page
    is_here: bool = False
    is_open: bool = False
    """On the way to the page that is open."""
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Around:
    """What a page's frame shows."""

    tree: list[Branch]
    crumbs: list[Page]
    before: Page | None
    after: Page | None
    children: list[Page]
    """Right below the page, in order."""
    family: list[Page]
    """The same page in all languages that this viewer may read it in, this one among them."""

    def original_of(self, page: Page) -> Page | None:
        return next((one for one in self.family if one.pk == page.original_id), None)


def listed(viewer: Viewer) -> PageQuerySet:
    """Pages that lists may name; categories only where something in them may be read.

    A category of a category counts by what is right below it: whoever looks into it finds it empty
    at worst, never something that is not for them. Not `Exists`: PostgreSQL would read all pages
    once rather than look a few categories up.
    """
    below = Page.objects.visible_to(viewer).listed().filter(parent=OuterRef("pk"))
    first = Subquery(below.values("parent_id")[:1])
    return (
        Page.objects.visible_to(viewer)
        .listed()
        .filter(Q(is_group=False) | Q(pk=first))
        .only(*LIGHT)
    )


def around(viewer: Viewer, page: Page) -> Around:
    """One query, answered by `page_below`, `page_in_order` and the primary key."""
    rows = sorted(_rows(viewer, page), key=lambda row: (row.rank, row.pk))
    here = [row for row in rows if (row.section_id, row.language) == _place(page)]
    pages = [row for row in here if not row.is_group]
    family = page.original_id or page.pk
    return Around(
        tree=tree(here, page),
        crumbs=[row for row in here if row.pk in page.trail],
        before=next((row for row in reversed(pages) if row.rank < page.rank), None),
        after=next((row for row in pages if row.rank > page.rank), None),
        children=[row for row in here if row.parent_id == page.pk],
        family=[row for row in rows if family in (row.pk, row.original_id)],
    )


def tree(rows: Iterable[Page], here: Page | None) -> list[Branch]:
    """Rows in reading order as a tree. What hangs below a line that is not shown hangs above it."""
    way = {*here.trail, here.pk} if here else set()
    top: list[Branch] = []
    known: dict[int, Branch] = {}
    for row in rows:
        if row.parent_id is not None and row.parent_id not in way:
            continue  # a neighbour in reading order, from deep in another branch
        branch = Branch(row, is_here=bool(here and row.pk == here.pk), is_open=row.pk in way)
        above = next((known[pk] for pk in reversed(row.trail) if pk in known), None)
        (above.below if above else top).append(branch)
        known[row.pk] = branch
    return top


def _place(page: Page) -> tuple[int, str]:
    return page.section_id, page.language


def _rows(viewer: Viewer, page: Page) -> PageQuerySet:
    """Each part of the condition is looked up by an index of its own: hence one `|` after another,
    and neighbours by `=`, for which PostgreSQL asks once and not for every row."""
    same = Q(section_id=page.section_id, language=page.language)
    pages = Page.objects.visible_to(viewer).listed().filter(same, is_group=False)
    before = pages.filter(rank__lt=page.rank).order_by("-rank").values("pk")[:1]
    after = pages.filter(rank__gt=page.rank).order_by("rank").values("pk")[:1]
    family = page.original_id or page.pk
    wanted = (
        (same & Q(parent=None))
        | Q(parent_id__in=[*page.trail, page.pk])
        | Q(pk=Subquery(before))
        | Q(pk=Subquery(after))
        | Q(original_id=family)
        | Q(pk=family)
    )
    distance = Case(
        When(Q(pk__in=page.trail) | Q(original_id=family) | Q(pk=family), then=Value(0)),
        default=Abs(F("rank") - page.rank),
        output_field=IntegerField(),
    )
    return listed(viewer).filter(wanted).order_by(distance)[:MOST_AROUND]


def of_section(viewer: Viewer, section: Section, language: str) -> list[Branch]:
    """The two upper levels of a section's tree, in one query."""
    visible = listed(viewer).filter(section=section, language=language)
    tops = Page.objects.visible_to(viewer).listed().filter(section=section, language=language)
    near = Q(parent=None) | Q(parent__in=tops.filter(parent=None).values("pk"))
    rows = visible.filter(near).order_by("rank", "pk")[:MOST_AROUND]
    return tree_of_two_levels(rows)


def tree_of_two_levels(rows: Iterable[Page]) -> list[Branch]:
    top: list[Branch] = []
    known: dict[int, Branch] = {}
    for row in rows:
        above = known.get(row.parent_id) if row.parent_id else None
        branch = Branch(row)
        known[row.pk] = branch
        (above.below if above else top).append(branch)
    return top
