"""Who may read which help page? Whoever is in its audience, once it is published.

Hidden is not secret: a hidden page is read by whoever has its address, and listed nowhere.
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.mediums.docs.models import Asset, ImportRun, Page, Redirect, Section, Source

EDIT = "docs.edit"


class PageQuerySet(models.QuerySet["Page"]):
    def visible_to(self, viewer: Viewer) -> "PageQuerySet":
        """Editors and the system: all. Everybody else: published, and for them.

        No page is for an audience that is not there: where the audience is empty, it is public.
        """
        if sees_drafts(viewer):
            return self
        return self.published().filter(Q(audience=None) | _in_audience(viewer))

    def published(self) -> "PageQuerySet":
        return self.filter(is_published=True)

    def listed(self) -> "PageQuerySet":
        """Those that tables of contents, search and machines may name: published, not hidden."""
        return self.filter(is_published=True, is_hidden=False)

    def public(self) -> "PageQuerySet":
        """Listed pages for everybody: all that programs without a session are ever told of."""
        return self.listed().filter(audience=None)

    def in_reading_order(self) -> "PageQuerySet":
        return self.order_by("section__position", "section_id", "language", "rank", "pk")


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, viewer: Viewer) -> "SectionQuerySet":
        """Editors: all. Others: those that hold a page which is listed for them."""
        if sees_drafts(viewer):
            return self
        from handrail.mediums.docs.models import Page  # that module imports this one

        pages = Page.objects.visible_to(viewer).listed().filter(is_group=False)
        return self.filter(Exists(pages.filter(section=OuterRef("pk"))))


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def visible_to(self, viewer: Viewer) -> "RedirectQuerySet":
        """Those that lead to a page which this viewer may read."""
        from handrail.mediums.docs.models import Page  # that module imports this one

        return self.filter(page__in=Page.objects.visible_to(viewer))


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, viewer: Viewer) -> "AssetQuerySet":
        """Editors: all. Others: files that stand in a page which they may read."""
        if sees_drafts(viewer):
            return self
        from handrail.mediums.docs.models import Page  # that module imports this one

        readable = Page.objects.visible_to(viewer).filter(assets=OuterRef("pk"))
        return self.filter(Exists(readable))


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, viewer: Viewer) -> "SourceQuerySet":
        """Only editors see where pages come from."""
        return self if sees_drafts(viewer) else self.none()


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, viewer: Viewer) -> "ImportRunQuerySet":
        """Only editors see what an import said."""
        return self if sees_drafts(viewer) else self.none()


def _in_audience(viewer: Viewer) -> Q:
    """As `viewer.audience_ids` says; for nobody in the same query, since public pages are many."""
    if viewer.is_nobody:
        return Q(audience__everyone=True)
    return Q(audience_id__in=sorted(viewer.audience_ids))


def sees_drafts(viewer: Viewer) -> bool:
    return viewer.is_system or (viewer.agent is not None and viewer.may(EDIT))
