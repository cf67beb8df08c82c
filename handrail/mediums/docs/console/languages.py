"""In which languages is there a page, and in which could there be one?"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.parts import find_page, name_of_language
from handrail.mediums.docs.models import Page
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Tongue:
    """A language, and the page in it, where there is one."""

    tag: str
    name: str
    page: Page | None
    is_here: bool
    is_stale: bool


def tongues(viewer: Viewer, page: Page) -> list[Tongue]:
    """Ours and those that the page is in: the original first. One query."""
    family = page.original_id or page.pk
    pages = Page.objects.visible_to(viewer).filter(Q(pk=family) | Q(original=family))
    rows = pages.only(
        "public_id", "title", "language", "number", "translated_number", "original_id"
    )
    known = {one.language: one for one in rows}
    original = next((one for one in known.values() if one.pk == family), page)
    ours = [tag for tag, _name in settings.LANGUAGES]
    tags = dict.fromkeys([original.language, *known, *ours])
    return [_tongue(tag, known.get(tag), original, page) for tag in tags]


def _tongue(tag: str, found: Page | None, original: Page, here: Page) -> Tongue:
    is_translation = found is not None and found.pk != original.pk
    is_stale = is_translation and (found.translated_number or 0) < original.number  # type: ignore[union-attr]
    return Tongue(tag, name_of_language(tag), found, bool(found and found.pk == here.pk), is_stale)


@require_POST
def translate(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Makes the page in another language, with the original's words to write over."""
    page = find_page(request, public_id)
    try:
        made = actions.translate(request.viewer, page, request.POST.get("language", ""))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("docs-desk:page", page.public_id)
    return redirect("docs-desk:page", made.public_id)
