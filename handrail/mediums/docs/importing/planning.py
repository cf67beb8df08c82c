"""Which pages shall there be, and how do they differ from those that are there?"""

import hashlib
import json
import posixpath
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from handrail.base import markdown
from handrail.base.ids import public_id
from handrail.mediums.docs.actions.order import walk
from handrail.mediums.docs.importing.facts import Facts, read_facts, title_of_name
from handrail.mediums.docs.importing.matching import CONTENT, Known, find_renamed
from handrail.mediums.docs.importing.merging import Audiences, is_same, merge
from handrail.mediums.docs.importing.naming import slug_of_file
from handrail.mediums.docs.importing.options import Options
from handrail.mediums.docs.importing.outline import Node
from handrail.mediums.docs.importing.parts import Part
from handrail.mediums.docs.importing.trees import Unreadable
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import slug_of

MOST_PAGE_BYTES = 2_000_000

UNSAVED = 1 << 60
"""Where the keys of pages begin that have none yet, while their paths are found."""


@dataclass
class Wanted:
    """A page as the tree wants it: `page` holds it, and is written when something is new."""

    node: Node
    language: str
    page: Page
    above: "Wanted | None" = None
    original: "Wanted | None" = None
    first_line: int = 1
    is_new: bool = False
    is_read: bool = False
    """Whether its file was looked into: it is not the one of the last import."""
    is_conflict: bool = False
    is_foreign: bool = False
    has_new_words: bool = False
    has_new_facts: bool = False
    has_new_place: bool = False
    """Below another page, or at another address."""
    has_new_position: bool = False
    has_new_note: bool = False
    """Something that no reader sees: which file it is of, and what that was."""
    old_path: str = ""
    translation_of: str = ""

    @property
    def is_written(self) -> bool:
        return self.is_seen or self.has_new_note

    @property
    def is_seen(self) -> bool:
        """Whether readers may find something else than before."""
        is_other = self.has_new_words or self.has_new_facts
        return self.is_new or is_other or self.has_new_place or self.has_new_position

    @property
    def outcome(self) -> str:
        """As which of the report's counts it counts."""
        if self.is_conflict or self.is_new:
            return "conflicts" if self.is_conflict else "added"
        if self.has_new_words or self.has_new_facts:
            return "changed"
        return "moved" if self.has_new_place else "unchanged"


@dataclass
class SectionPlan:
    """All that an import will write of one section."""

    part: Part
    section: Section
    is_new: bool
    version: int
    """Of the section when it was read: nobody may have written since."""
    wanted: list[Wanted] = field(default_factory=list)
    """Whatever is above a page comes before it."""
    gone: list[Page] = field(default_factory=list)
    """Pages whose files are not there any more."""
    empty_groups: list[Page] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)
    """Every page of the section as it will be, for links to lead to."""


class Planner:
    """Makes the plan of one section. Reads the database and the tree, and writes nothing."""

    def __init__(
        self, known: Known, part: Part, options: Options, told: Callable[[], object]
    ) -> None:
        self._known = known
        self._part = part
        self._options = options
        self._told = told
        self._files: dict[str, bytes] = {}
        self._hashes: dict[str, str] = {}
        self._renamed: dict[str, Page] = {}
        section = known.section
        self.plan = SectionPlan(part, section, known.is_new, section.version)

    def make(self, outlines: list[tuple[str, list[Node]]]) -> SectionPlan:
        plan = self.plan
        for _code, top in outlines:
            for node in (one for first in top for one in first.walk() if one.file):
                self._read(node)
        self._renamed = find_renamed(self._known, self._files, self._hashes)
        for code, top in outlines:
            plan.languages.add(code)
            for node in top:
                self._want(node, None, code)
        self._set_positions()
        self._translate()
        self._leave_behind()
        self._find_paths()
        for one in plan.wanted:
            if one.node.file and not one.is_foreign:
                self._part.report.counts[one.outcome] += 1
        self._part.report.counts["removed"] += len(plan.gone)
        return plan

    # --- The pages -----------------------------------------------------------------------------

    def _read(self, node: Node) -> None:
        self._told()
        try:
            data = self._part.read(node.file, MOST_PAGE_BYTES)
        except Unreadable as error:
            self._part.note(node.file, 0, "", str(error))
            return
        self._files[node.file] = data
        self._hashes[node.file] = self._digest(data, node)

    def _digest(self, data: bytes, node: Node) -> str:
        """The first half is of the file, the second of what else decides what comes of it."""
        options = self._options
        keys = sorted(options.audiences) if b"audience" in data else []
        around = json.dumps([options.audience, keys, node.title]).encode("utf-8", "replace")
        halves = (hashlib.sha256(part).hexdigest()[:CONTENT] for part in (data, around))
        return "".join(halves)

    def _want(self, node: Node, above: Wanted | None, language: str) -> None:
        """The node and those below it, which are below what is above it where it is no page."""
        wanted = self._wanted(node, above, language)
        if wanted is not None:
            self._place(wanted, above)
            self.plan.wanted.append(wanted)
            self.plan.languages.add(wanted.language)
        for child in node.children:
            self._want(child, wanted or above, language)

    def _wanted(self, node: Node, above: Wanted | None, language: str) -> Wanted | None:
        """Where a file cannot be read, the page of its last import stays as it is."""
        page = self._known.page_of(node, above.page if above else None, above is None, language)
        page = page or self._renamed.get(node.file)
        if not node.file:
            return self._wanted_group(node, page, language)
        if page is not None and self._known.is_foreign(page, self._options.source):
            words = _("The page comes from another source; the file was left out.")
            self._part.note(node.file, 0, "", words, page.public_id)
            return Wanted(node, page.language, page, is_foreign=True)
        wanted: Wanted | None = None
        if page is not None and page.source_hash == self._hashes.get(node.file):
            wanted = Wanted(node, page.language, page)
        elif node.file in self._files:
            wanted = self._wanted_page(node, page, language)
        if wanted is None and page is not None:
            return Wanted(node, page.language, page)
        if wanted is not None:
            self._set_file(wanted)
        return wanted

    def _wanted_group(self, node: Node, page: Page | None, language: str) -> Wanted:
        if page is not None:
            return Wanted(node, language, page)
        made = self._made(language)
        made.slug, made.title = slug_of(node.title), node.title[:200]
        made.is_group = made.is_published = True
        return Wanted(node, language, made, is_new=True)

    def _wanted_page(self, node: Node, page: Page | None, language: str) -> Wanted | None:
        """What the file says; None where it is no text."""
        found: list[tuple[int, str, str]] = []
        try:
            facts = read_facts(self._files[node.file], lambda *one: found.append(one))
        except markdown.UnreadableSource as error:
            self._part.note(node.file, 0, "", str(error))
            return None
        facts.title = facts.title or node.title or title_of_name(posixpath.basename(node.file))
        wanted = self._differing(node, page, facts, facts.language or language)
        wanted.is_read = True
        wanted.first_line = facts.first_line
        wanted.translation_of = facts.translation_of
        for line, construct, words in found:
            self._part.note(node.file, line, construct, words, wanted.page.public_id)
        if not wanted.is_conflict:
            wanted.page.source_hash = self._hashes[node.file]
            wanted.has_new_note = True
        return wanted

    def _differing(self, node: Node, page: Page | None, facts: Facts, language: str) -> Wanted:
        """The page with what the file says; one that somebody edited here stays as it is."""
        whole = page is None or self._options.overwrite or not page.source_hash
        held = page or self._made(language)

        def fault(words: str) -> None:
            self._part.note(node.file, 1, facts.audience, words, held.public_id)

        audiences = Audiences(self._options, fault)
        if page is None:
            held.slug = slug_of_file(node.file, language)
            merge(held, facts, audiences, whole=True)
            return Wanted(node, language, held, is_new=True, has_new_words=True)
        wanted = Wanted(node, language, page)
        if self._known.is_edited(page) and not self._options.overwrite:
            wanted.is_conflict = not is_same(page, facts)
            if wanted.is_conflict:
                words = _("The page was edited here; it stays as it is, without what is new here.")
                self._part.note(node.file, 0, "", words, page.public_id)
            return wanted
        changed = merge(page, facts, audiences, whole=whole)
        wanted.has_new_words = bool(changed & {"title", "summary", "body"})
        wanted.has_new_facts = bool(changed) or page.language != language
        page.language = language
        return wanted

    def _made(self, language: str) -> Page:
        return Page(public_id=public_id(), section=self.plan.section, language=language)

    def _set_file(self, wanted: Wanted) -> None:
        """Says which file a page is of. One that has another now has another address, too."""
        page, path = wanted.page, wanted.node.file
        before = (page.source_path, page.source_id)
        is_renamed = bool(page.source_path) and page.source_path != path
        if is_renamed and page.slug == slug_of_file(page.source_path, page.language):
            page.slug = slug_of_file(path, wanted.language)
        page.source_path = path
        page.source = self._options.source or page.source
        if not wanted.is_new and before != (page.source_path, page.source_id):
            wanted.has_new_note = True
            wanted.has_new_place = wanted.has_new_place or is_renamed

    def _place(self, wanted: Wanted, above: Wanted | None) -> None:
        """Below the nearest page above that speaks its language."""
        while above is not None and above.language != wanted.language:
            above = above.above
        wanted.above, wanted.old_path = above, wanted.page.path
        is_there = wanted.page.parent_id == (above.page.pk if above else None)
        wanted.has_new_place |= not wanted.is_new and not is_there

    def _set_positions(self) -> None:
        """Siblings that are in their order already keep their numbers."""
        siblings: dict[tuple[int, str], list[Wanted]] = defaultdict(list)
        for one in self.plan.wanted:
            siblings[id(one.above), one.language].append(one)
        for row in siblings.values():
            numbers = [one.page.position for one in row]
            is_grown = all(one < other for one, other in pairwise(numbers))
            if is_grown and not any(one.is_new or one.has_new_place for one in row):
                continue
            for position, one in enumerate(row, start=1):
                one.has_new_position = one.page.position != position
                one.page.position = position

    def _translate(self) -> None:
        """A page of another language translates the one of the same file, or the one it names."""
        own = self.plan.section.language
        by_file = {
            one.node.file: one for one in self.plan.wanted if one.node.file and one.language == own
        }
        for one in self.plan.wanted:
            is_kept = one.is_foreign or (not one.is_read and one.page.original_id is not None)
            if one.language == own or not one.node.file or is_kept:
                continue
            named = one.translation_of.lstrip("/")
            one.original = by_file.get(named or one.node.file.removeprefix(f"{one.language}/"))
            if named and one.original is None:
                words = _("There is no such page to be translated.")
                self._part.note(one.node.file, 0, named, words, one.page.public_id)
            now = one.original.page.pk if one.original else None
            if one.page.original_id != now or (one.original and one.original.is_new):
                one.has_new_note = True

    # --- What is left of the last import -------------------------------------------------------

    def _leave_behind(self) -> None:
        plan, source = self.plan, self._options.source
        wanted = {one.page.public_id for one in plan.wanted}
        mine = [page for page in self._known.pages if page.public_id not in wanted]
        plan.gone = [
            page
            for page in mine
            if page.source_path and page.source_hash and not page.is_group
            if page.source_id == (source.pk if source else None)
        ]
        for page in plan.gone:
            words = _("The file is not there any more; the page was withdrawn.")
            if page.source_path in self._part.paths:
                words = _("The file is no page of the section any more; the page was withdrawn.")
            self._part.note(page.source_path, 0, "", words, page.public_id)
            plan.languages.add(page.language)
        self._leave_groups(mine)

    def _leave_groups(self, mine: list[Page]) -> None:
        """Groups that had something below them and have nothing now, the innermost first."""
        left = self._children_left()
        for page in sorted(mine, key=lambda one: -len(one.trail)):
            had_some = self._known.children[page.pk]
            if page.is_group and had_some and not left[page.pk]:
                self.plan.empty_groups.append(page)
                left[page.parent_id or 0] -= 1

    def _children_left(self) -> Counter[int]:
        """How many pages are below each page when the plan is done."""
        gone = {page.public_id for page in self.plan.gone}
        wanted = {one.page.public_id: one for one in self.plan.wanted}
        left: Counter[int] = Counter()
        for page in self._known.pages:
            one = wanted.get(page.public_id)
            if one is not None and one.above is not None and not one.above.is_new:
                left[one.above.page.pk] += 1
            elif one is None and page.public_id not in gone and page.parent_id:
                left[page.parent_id] += 1
        return left

    # --- The addresses -------------------------------------------------------------------------

    def _find_paths(self) -> None:
        """The paths as they will be, so that links can be drawn before anything is written."""
        plan = self.plan
        for number, one in enumerate(plan.wanted):
            one.page.pk = UNSAVED + number if one.is_new else one.page.pk
        for one in plan.wanted:
            one.page.parent_id = one.above.page.pk if one.above else None
        wanted = [one.page for one in plan.wanted]
        out = {page.public_id for page in [*plan.gone, *plan.empty_groups, *wanted]}
        others = [page for page in self._known.pages if page.public_id not in out]
        plan.pages = everything = wanted + others
        for language in {page.language for page in everything}:
            spoken = [page for page in everything if page.language == language]
            for page, _trail, path in walk(sorted(spoken, key=lambda one: (one.position, one.pk))):
                page.path = path
        for one in plan.wanted:
            is_double = posixpath.basename(one.page.path) != one.page.slug[-380:]
            if one.is_new and one.node.file and one.page.slug and is_double:
                words = _("The address is taken; the page is at “%(path)s”.")
                shown = words % {"path": one.page.path}
                self._part.note(one.node.file, 0, one.page.slug, shown, one.page.public_id)
            if not one.is_new and one.page.path != one.old_path:
                one.has_new_place = True
