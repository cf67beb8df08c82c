"""Which pages have to be drawn? Those that are new, and those that name what has moved."""

import posixpath
from collections.abc import Iterable

from django.db.models import Q

from handrail.mediums.docs.actions.atlas import Atlas, PageTargets
from handrail.mediums.docs.actions.drawing import Drawn, draw_only
from handrail.mediums.docs.importing.options import Options
from handrail.mediums.docs.importing.outline import FRONT_PAGES
from handrail.mediums.docs.importing.planning import SectionPlan, Wanted
from handrail.mediums.docs.importing.taking_files import FileTaker
from handrail.mediums.docs.models import Asset, Page, Section
from handrail.people.viewer import Viewer

MOST_NAMES = 60
"""More names are not looked for one by one: then every page is drawn."""


class Drawing:
    """The HTML of all that an import changes, made before anything is written."""

    def __init__(
        self, viewer: Viewer, plans: list[tuple[SectionPlan, FileTaker]], options: Options
    ) -> None:
        self._viewer = viewer
        self._plans = plans
        self._options = options
        self._takers = {plan.section.slug: taker for plan, taker in plans}
        self._atlas = self._mapped()
        self.drawn: list[Drawn] = []
        """Pages of the plans; the plan says what else of them is written."""
        self.redrawn: list[Drawn] = []
        """Pages that stay as they are but for their links."""

    def draw(self) -> None:
        """About 5 ms for a page of 500 words."""
        fresh = [
            (plan, one) for plan, _taker in self._plans for one in plan.wanted if _is_news(one)
        ]
        others = self._others({one.page.public_id for _plan, one in fresh})
        told = self._options.progress("Pages drawn", max(1, len(fresh) + len(others)))
        for number, (plan, one) in enumerate(fresh, start=1):
            self._draw_wanted(plan, one)
            told(number)
        for number, page in enumerate(others, start=len(fresh) + 1):
            self._draw_again(page)
            told(number)
        seen = {one.page.public_id for one in [*self.drawn, *self.redrawn]}
        for plan, _taker in self._plans:
            unread = {one.page.public_id for one in plan.wanted} - seen
            plan.part.report.pages |= unread

    def _mapped(self) -> Atlas:
        sections = [plan.section.pk for plan, _taker in self._plans if plan.section.pk]
        atlas = Atlas.of_database(without=sections)
        for plan, taker in self._plans:
            for page in plan.pages:
                atlas.add_page(page)
            for asset in taker.assets():
                atlas.add_asset(asset)
        return atlas

    def _targets(self, page: Page) -> PageTargets:
        return PageTargets(page, self._atlas, find_file=self._find_file)

    def _find_file(self, section: Section, path: str) -> Asset | None:
        taker = self._takers.get(section.slug)
        return taker.take(path) if taker else None

    def _draw_wanted(self, plan: SectionPlan, one: Wanted) -> None:
        drawn = draw_only(one.page, self._targets(one.page), first_line=one.first_line)
        for problem in drawn.rendered.problems:
            plan.part.note(
                one.node.file, problem.line, problem.construct, problem.words, one.page.public_id
            )
        self.drawn.append(drawn)

    def _draw_again(self, page: Page) -> None:
        before = page.html
        drawn = draw_only(page, self._targets(page))
        if page.html != before:
            self.redrawn.append(drawn)

    def _others(self, drawn: set[str]) -> list[Page]:
        """Pages that say the name of something which has come, gone or moved. One query.

        Pages of other sections only where they name one of these sections, too.
        """
        names = {name for plan, taker in self._plans for name in _names(plan, taker)}
        if not names:
            return []
        slugs = [plan.section.slug for plan, _taker in self._plans]
        named = _any(names) if len(names) <= MOST_NAMES else Q()
        place = Q(section__slug__in=slugs) | _any(f"{slug}/" for slug in slugs)
        rows = Page.objects.visible_to(self._viewer).filter(named, place, is_group=False)
        found = rows.exclude(body="").select_related("section").exclude(number=0)
        planned = {
            one.page.public_id: one.page for plan, _taker in self._plans for one in plan.wanted
        }
        gone = {page.public_id for plan, _taker in self._plans for page in plan.gone}
        return [
            planned.get(page.public_id, page)
            for page in found
            if page.public_id not in drawn | gone
        ]


def _is_news(one: Wanted) -> bool:
    is_left = one.is_conflict or one.is_foreign or one.page.is_group
    return not is_left and (one.is_new or one.has_new_words or one.has_new_facts)


def _names(plan: SectionPlan, taker: FileTaker) -> Iterable[str]:
    """What links call the things that are elsewhere now: a file's name, or its folder's."""
    for one in plan.wanted:
        if one.is_new or one.has_new_place or one.page.path != one.old_path:
            yield from _called(one.page.source_path, one.page.path, one.old_path)
    for page in plan.gone:
        yield from _called(page.source_path, page.path)
    for asset in [*taker.new, *taker.changed]:
        yield posixpath.basename(asset.path)


def _called(*paths: str) -> Iterable[str]:
    for path in paths:
        folder, name = posixpath.split(path)
        if name.lower() in FRONT_PAGES:
            yield posixpath.basename(folder) or name.rpartition(".")[0]
        elif name and not name.startswith("~"):
            yield name.rpartition(".")[0] or name


def _any(names: Iterable[str]) -> Q:
    found = Q()
    for name in names:
        found |= Q(body__contains=name)
    return found
