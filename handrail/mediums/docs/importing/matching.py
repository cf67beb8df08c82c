"""Which page is which file? By the file's name, by its content, or by title and most words."""

from collections import defaultdict
from difflib import SequenceMatcher

from django.db.models import F

from handrail.base import markdown
from handrail.mediums.docs.importing.facts import read_facts
from handrail.mediums.docs.importing.naming import names_of
from handrail.mediums.docs.importing.outline import Node
from handrail.mediums.docs.models import Draft, Page, Revision, Section, Source
from handrail.mediums.docs.paths import slug_of
from handrail.people.viewer import Viewer

SIMILAR = 0.8
"""Of the words: two files of one title that share so many are one page under two names."""

MOST_COMPARED = 3000
"""Words of a page that are compared."""

CONTENT = 32
"""Letters of `source_hash` that are of the file alone: see `digest` in planning."""


class Known:
    """The pages of a section as they are, without their texts. Five queries."""

    def __init__(self, viewer: Viewer, section: Section | None, made: Section) -> None:
        """`made` is a section of this name that is not saved, for a tree that brings a new one."""
        self.section = section or made
        self.is_new = section is None
        self.pages: list[Page] = []
        self.edited: set[int] = set()
        if section is not None:
            rows = Page.objects.visible_to(viewer).filter(section=section)
            self.pages = list(rows.defer("body", "html", "outline").order_by("position", "pk"))
            self.edited = _edited(section)
        self._by_file = {page.source_path: page for page in self.pages if page.source_path}
        names = names_of(self.pages, self.section)
        self._written_here = {
            names[page.pk]: page
            for page in self.pages
            if not page.source_path and not page.is_group
        }
        self.children: dict[int | None, list[Page]] = defaultdict(list)
        for page in self.pages:
            page.section = self.section
            self.children[page.parent_id].append(page)
        self._taken: set[int] = set()

    def page_of(self, node: Node, above: Page | None, is_top: bool, language: str) -> Page | None:
        """The page that a node was at the last import, or that stands where it would."""
        found = (
            self._page_of_file(node) if node.file else self._group(node, above, is_top, language)
        )
        if found is None or found.pk in self._taken:
            return None
        self._taken.add(found.pk)
        return found

    def has_page_of(self, path: str) -> bool:
        return path in self._by_file or path in self._written_here

    def is_foreign(self, page: Page, source: Source | None) -> bool:
        """Whether another source brings this page."""
        return page.source_id is not None and page.source_id != (source.pk if source else None)

    def is_edited(self, page: Page) -> bool:
        """Whether somebody wrote on it here since the file was taken in, or wrote it at all."""
        return page.pk in self.edited or not page.source_path

    def _page_of_file(self, node: Node) -> Page | None:
        return self._by_file.get(node.file) or self._written_here.get(node.file)

    def _group(self, node: Node, above: Page | None, is_top: bool, language: str) -> Page | None:
        if not is_top and (above is None or above.pk is None):
            return None
        name = slug_of(node.title)
        siblings = self.children[above.pk if above else None]
        return next(
            (
                page
                for page in siblings
                if page.is_group and page.language == language and page.pk not in self._taken
                if slug_of(page.title) == name
            ),
            None,
        )


def find_renamed(known: Known, files: dict[str, bytes], hashes: dict[str, str]) -> dict[str, Page]:
    """Pages whose files went, by the new files that hold their words.

    Two files of the same content are one each: whichever comes first.
    """
    gone = [page for page in known.pages if page.source_path and page.source_path not in files]
    gone = [page for page in gone if page.source_hash and not page.is_group]
    fresh = [path for path in files if not known.has_page_of(path)]
    if not gone or not fresh:
        return {}
    by_content = {page.source_hash[:CONTENT]: page for page in gone}
    found: dict[str, Page] = {}
    for path in fresh:
        page = by_content.pop(hashes[path][:CONTENT], None)
        if page is not None:
            found[path] = page
    taken = {page.pk for page in found.values()}
    rest = [page for page in gone if page.pk not in taken]
    for path in fresh:
        if path not in found and rest:
            _find_similar(path, files[path], rest, found)
    return found


def _find_similar(path: str, data: bytes, gone: list[Page], found: dict[str, Page]) -> None:
    try:
        facts = read_facts(data, lambda line, construct, words: None)
    except markdown.UnreadableSource:
        return
    for page in gone:
        if (
            facts.title
            and page.title == facts.title
            and _likeness(page.body, facts.body) >= SIMILAR
        ):
            found[path] = page
            gone.remove(page)
            return


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(
        None, one.split()[:MOST_COMPARED], other.split()[:MOST_COMPARED], autojunk=False
    )
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return matcher.ratio()


def _edited(section: Section) -> set[int]:
    """Pages with a draft, and those whose words somebody here published last."""
    drafts = Draft.objects.filter(page__section=section).values_list("page_id", flat=True)
    by_hand = Revision.objects.filter(
        page__section=section, agent__isnull=False, number=F("page__number")
    )
    return {*drafts, *by_hand.values_list("page_id", flat=True)}
