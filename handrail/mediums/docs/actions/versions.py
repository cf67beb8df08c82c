"""How does an editor say that two pages are the same page in two languages, and take it back?

Pages that were written or imported apart know nothing of each other. Once they do, readers are led
from one to the other, and an editor is told when the translation falls behind.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.drafts import require_own_words
from handrail.mediums.docs.actions.order import touch
from handrail.mediums.docs.actions.pages import KIND
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer


@transaction.atomic
def join_versions(viewer: Viewer, page: Page, to: Page) -> None:
    """`page` is the version of `to` in its own language from now on, and counts as up to date.

    Where `to` is a translation itself, `page` is one of the same original. Raises ValidationError
    where the two cannot be one page: see `_refusal`.
    """
    viewer.require(EDIT)
    require_own_words(viewer, page)
    # Both are held, in one order: nobody makes a third page of them meanwhile.
    asked = {page.pk, to.original_id or to.pk}
    held = Page.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk")
    known = {one.pk: one for one in held.select_related("section").defer("html", "outline", "body")}
    page, original = known[page.pk], known[to.original_id or to.pk]
    if refusal := _refusal(page, original):
        raise ValidationError(refusal)
    Page.objects.filter(pk=page.pk).update(original=original, translated_number=original.number)
    touch(page.section)
    about = Ref(KIND, page.public_id)
    named = {"title": page.title, "original": original.title}
    activity.record(viewer, "docs.versions_joined", about, account=None, **named)


@transaction.atomic
def part_versions(viewer: Viewer, page: Page) -> None:
    """A translation is a page of its own again; both stay where they are."""
    viewer.require(EDIT)
    require_own_words(viewer, page)
    changed = Page.objects.filter(pk=page.pk).exclude(original=None)
    if changed.update(original=None, translated_number=None):
        touch(page.section)
        activity.record(viewer, "docs.versions_parted", Ref(KIND, page.public_id), title=page.title)


def _refusal(page: Page, original: Page) -> str:
    """Why `page` cannot be a version of `original`; empty: it can."""
    if page.section_id != original.section_id:
        return _("That page is in another section.")
    if page.language == original.language:
        return _("Both pages are in the same language.")
    if page.language == page.section.language:
        return _("This page is in the section's own language: others are versions of it.")
    if page.is_group != original.is_group:
        return _("A category can only be the version of a category, and a page of a page.")
    if original.original_id is not None:
        return _("That page is a version of another one itself.")
    if page.translations.exists():
        return _("Other pages are versions of this one. Take them off it first.")
    there = original.translations.filter(language=page.language).exclude(pk=page.pk).first()
    if there is not None:
        return _("“%(title)s” is its version in this language already.") % {"title": there.title}
    return ""
