"""What do help pages bring to the command palette? Pages by their titles, and a new one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.hub.medium import Command
from handrail.hub.palette import matching
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.tree import find_by_title
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

MOST_FOUND = 6


def search(viewer: Viewer, text: str) -> list[Command]:
    """One query; none for agents who do not edit."""
    if not viewer.may(EDIT):
        return []
    url = reverse("docs-desk:new-page")
    begin = [Command(_("New help page"), icon="plus", hint=_("Help Docs"), url=url)]
    found = [
        Command(
            page.title,
            icon="file-text",
            hint=f"{page.section} · {page.language_name}",
            url=reverse("docs-desk:page", args=[page.public_id]),
        )
        for page in find_by_title(viewer, text)[:MOST_FOUND]
    ]
    return [*matching(begin, text), *found]


def seen(viewer: Viewer, public_ids: list[str]) -> list[Command]:
    """These pages, in this order, as far as the viewer edits them."""
    if not viewer.may(EDIT):
        return []
    pages = Page.objects.visible_to(viewer).filter(public_id__in=public_ids)
    known = {page.public_id: page for page in pages.only("public_id", "title")}
    return [
        Command(known[one].title, icon="file-text", url=reverse("docs-desk:page", args=[one]))
        for one in public_ids
        if one in known
    ]
