"""How does a page come into another language? As a page of its own that knows its original."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.drafts import save_draft
from handrail.mediums.docs.actions.pages import make_page
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.paths import LANGUAGE
from handrail.people.viewer import Viewer

LONGEST_LANGUAGE = 35
"""Letters of a language tag (BCP 47, as it is kept)."""


@transaction.atomic
def translate(viewer: Viewer, page: Page, language: str) -> Page:
    """The page in another language, or the one that is there already. Nobody else sees it yet.

    It stands where the original stands, below what is translated of that, with the same address
    and audience; its draft begins with the original's words, so that blocks and pictures stay.
    """
    viewer.require(EDIT)
    original = page.original or page
    if not LANGUAGE.fullmatch(language) or len(language) > LONGEST_LANGUAGE:
        raise ValidationError(_("This is no language."))
    if language == original.language:
        return original
    there = original.translations.filter(language=language).first()
    if there is not None:
        return there
    parent = original.parent.translations.filter(language=language) if original.parent else None
    made = make_page(
        viewer,
        original.section,
        title=original.title,
        parent=parent.first() if parent is not None else None,
        language=language,
        original=original,
        is_group=original.is_group,
        slug=original.slug,
        icon=original.icon,
        audience=original.audience,
        is_hidden=original.is_hidden,
        translated_number=original.number,
    )
    if not made.is_group:
        save_draft(
            viewer,
            made,
            title=original.title,
            summary=original.summary,
            body=original.body,
        )
    return made


@transaction.atomic
def mark_translated(viewer: Viewer, page: Page) -> None:
    """The translation says all that its original says now."""
    viewer.require(EDIT)
    if page.original is not None:
        Page.objects.filter(pk=page.pk).update(translated_number=page.original.number)
