"""What can an editor do with a page? Write it, publish it, move it, say whom it is for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.base.ids import public_id
from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.search.library import actions as library
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.asking_again import pages_changed
from handrail.mediums.docs.actions.drafts import require_own_words, save_draft
from handrail.mediums.docs.actions.drawing import draw
from handrail.mediums.docs.actions.order import DEEPEST, put_in_order, touch
from handrail.mediums.docs.models import Draft, Page, Redirect, Revision, Section
from handrail.mediums.docs.paths import slug_of
from handrail.people.models import Audience
from handrail.people.viewer import Viewer

KIND = "docs"


class Overtaken(ValidationError):
    """Somebody else published the page since this draft began. `page` is as it is now."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Somebody else has published this page meanwhile."))
        self.page = page


@transaction.atomic
def make_page(
    viewer: Viewer,
    section: Section,
    *,
    title: str,
    parent: Page | None = None,
    language: str = "",
    original: Page | None = None,
    is_group: bool = False,
    **facts: Any,
) -> Page:
    """A new page, as the last below its parent; only editors see it until it is published."""
    viewer.require(EDIT)
    language = language or section.language
    _check_depth(parent)
    last = Page.objects.filter(section=section, language=language, parent=parent)
    page = Page.objects.create(
        section=section,
        language=language,
        original=original,
        parent=parent,
        position=(last.aggregate(last=Max("position"))["last"] or 0) + 1,
        slug=facts.pop("slug", "") or slug_of(title),
        path=f"~{public_id()}",  # until it has its place
        title=title,
        is_group=is_group,
        is_published=is_group,
        **facts,
    )
    put_in_order(section, language)
    touch(section)
    page.refresh_from_db()
    _record(viewer, "docs.page_made", page)
    return page


@transaction.atomic
def publish(viewer: Viewer, page: Page, *, note: str = "", even_over: bool = False) -> Page:
    """Readers see the draft from now on; without one, the page as it was.

    Raises Overtaken where somebody published meanwhile, unless `even_over` says that the editor
    has seen that.
    """
    viewer.require(EDIT)
    require_own_words(viewer, page)
    page = Page.objects.select_for_update().get(pk=page.pk)
    draft = Draft.objects.filter(page=page).first()
    if draft and draft.based_on != page.number and not even_over:
        raise Overtaken(page)
    if draft:
        page.title, page.summary, page.body = draft.title, draft.summary, draft.body
        draft.delete()
    set_words(viewer, page, note=note)
    pages_changed([page.public_id])
    _record(viewer, "docs.page_published", page, number=page.number)
    return page


def set_words(viewer: Viewer, page: Page, *, note: str = "") -> None:
    """Publishes what `page` holds in memory as its next revision, drawn and findable."""
    viewer.require(EDIT)
    page.number += 1
    page.is_published = True
    page.published_at = timezone.now()
    draw(page)
    page.save()
    Revision.objects.create(
        page=page,
        number=page.number,
        title=page.title,
        summary=page.summary,
        body=page.body,
        note=note,
        agent=viewer.agent,
        published_at=page.published_at,
    )
    touch(page.section)


@transaction.atomic
def restore(viewer: Viewer, page: Page, revision: Revision) -> Draft:
    """An old revision as the draft: it is read before it is published again."""
    viewer.require(EDIT)
    Draft.objects.filter(page=page).delete()
    return save_draft(
        viewer, page, title=revision.title, summary=revision.summary, body=revision.body
    )


@transaction.atomic
def withdraw(viewer: Viewer, page: Page) -> None:
    """Readers do not find it any more; editors do."""
    viewer.require(EDIT)
    require_own_words(viewer, page)
    Page.objects.filter(pk=page.pk).update(is_published=False)
    library.forget(KIND, page.public_id)
    touch(page.section)
    pages_changed([page.public_id])
    _record(viewer, "docs.page_withdrawn", page)


@transaction.atomic
def change_page(
    viewer: Viewer,
    page: Page,
    *,
    slug: str,
    icon: str,
    audience: Audience | None,
    is_hidden: bool,
    keywords: list[str],
    questions: list[str],
) -> Page:
    """What a page is beside its words. Its old address leads on."""
    viewer.require(EDIT)
    require_own_words(viewer, page)
    page = Page.objects.select_for_update().get(pk=page.pk)
    page.slug = slug or page.slug
    page.icon, page.audience, page.is_hidden = icon, audience, is_hidden
    page.keywords, page.questions = keywords, questions
    page.save()
    put_in_order(page.section, page.language)
    page.refresh_from_db()
    if page.is_published:
        draw(page)
        page.save()
        pages_changed([page.public_id])
    touch(page.section)
    _record(viewer, "docs.page_changed", page, audience=audience.key if audience else None)
    return page


@transaction.atomic
def move_page(viewer: Viewer, page: Page, *, parent: Page | None, position: int) -> None:
    """To another place among its siblings, or below another page of its section and language."""
    viewer.require(EDIT)
    require_own_words(viewer, page)
    _check_parent(page, parent)
    siblings = Page.objects.filter(section=page.section, language=page.language, parent=parent)
    others = list(siblings.exclude(pk=page.pk).order_by("position", "pk"))
    others.insert(max(0, min(position, len(others))), page)
    page.parent = parent
    for place, one in enumerate(others, start=1):
        one.position = place
    Page.objects.bulk_update(others, ["position", "parent"])
    put_in_order(page.section, page.language)
    touch(page.section)
    _record(viewer, "docs.page_moved", page)


@transaction.atomic
def delete_page(viewer: Viewer, page: Page, *, lead_to: Page | None = None) -> None:
    """For good, with its revisions; its addresses may lead on. Not with pages below it."""
    viewer.require(EDIT)
    require_own_words(viewer, page)
    if page.children.exists():
        raise ValidationError(_("There are pages below this one. Move or delete them first."))
    if lead_to is not None:
        _lead_on(page, lead_to)
    library.forget(KIND, page.public_id)
    pages_changed([page.public_id] if page.is_published else [])
    section, language = page.section, page.language
    _record(viewer, "docs.page_deleted", page, path=page.path)
    page.delete()
    put_in_order(section, language)
    touch(section)


def _lead_on(page: Page, to: Page) -> None:
    page.redirects.update(page=to)
    Redirect.objects.update_or_create(
        section=page.section, language=page.language, path=page.path, defaults={"page": to}
    )


def _check_depth(parent: Page | None) -> None:
    if parent is not None and len(parent.trail) + 1 >= DEEPEST:
        raise ValidationError(_("That is too deep: readers would not find it there."))


def _check_parent(page: Page, parent: Page | None) -> None:
    if parent is None:
        return
    if (parent.section_id, parent.language) != (page.section_id, page.language):
        raise ValidationError(_("That place is in another section or language."))
    if parent.pk == page.pk or page.pk in parent.trail:
        raise ValidationError(_("A page cannot be below itself."))
    _check_depth(parent)


def _record(viewer: Viewer, verb: str, page: Page, **detail: Any) -> None:
    activity.record(viewer, verb, Ref(KIND, page.public_id), title=page.title, **detail)
