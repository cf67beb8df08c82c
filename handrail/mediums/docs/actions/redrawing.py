"""How do pages come to look as a newer renderer draws them? Some at a time, whoever asks."""

from django.db import transaction

from handrail.mediums.docs.access import EDIT, PageQuerySet
from handrail.mediums.docs.actions.atlas import Atlas, PageTargets
from handrail.mediums.docs.actions.drawing import DRAWN_BY, draw_only, keep
from handrail.mediums.docs.actions.order import touch
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

AT_ONCE = 200
"""Pages of one transaction: some two seconds of work, most of it before anything is locked."""


def count_old(viewer: Viewer) -> int:
    viewer.require(EDIT)
    return _old().count()


def redraw_some(viewer: Viewer) -> int:
    """Draws some pages that an older renderer drew; returns how many, 0 when there are none."""
    viewer.require(EDIT)
    pages = list(_old().select_related("section").order_by("pk")[:AT_ONCE])
    atlas = Atlas.of_database() if pages else None
    drawn = [draw_only(page, PageTargets(page, atlas)) for page in pages]
    with transaction.atomic():
        now = dict(
            Page.objects.filter(pk__in=[page.pk for page in pages]).values_list("pk", "number")
        )
        current = [one for one in drawn if now.get(one.page.pk) == one.page.number]
        for one in current:
            one.page.save(update_fields=["html", "outline", "drawn_by"])
        keep(current)
        for section in {one.page.section for one in current}:
            touch(section)
    return len(pages)


def _old() -> PageQuerySet:
    """Published, or once published: what was never drawn is drawn when it is."""
    return Page.objects.filter(is_group=False, drawn_by__lt=DRAWN_BY).exclude(body="")
