"""Where does a page go in the tree? One place up or down, in or out, or where it was dropped."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from handrail.mediums.docs import actions
from handrail.mediums.docs.access import PageQuerySet
from handrail.mediums.docs.console.index import address, opened_in, tree_context
from handrail.mediums.docs.console.parts import INVALID, find_page
from handrail.mediums.docs.models import Page
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class Place:
    """Below which page, and as which of its children (from 0)."""

    parent: Page | None
    position: int
    words: str
    """What is said when it is there."""


@require_POST
def move(request: ViewerRequest, public_id: str) -> HttpResponse:
    """`to`: up, down, in, out; or before, after, below, with the page of `beside`.

    A place that does not exist is no accident: the tree stays, and it is said why.
    """
    page = find_page(request, public_id)
    said, is_wrong = "", False
    try:
        place = _place(request, page)
        actions.move_page(request.viewer, page, parent=place.parent, position=place.position)
        said = place.words
    except ValidationError as refusal:
        said, is_wrong = refusal.messages[0], True
    if not request.htmx:
        if is_wrong:
            messages.error(request, said)
        return redirect(address(page.section, page.language, page.public_id))
    opened = opened_in(request.POST)
    context = tree_context(request.viewer, page.section, page.language, opened, page.public_id)
    status = INVALID if is_wrong else 200
    answer = render(request, "docs/desk/_tree.html", context, status=status)
    told = {"page": page.public_id, "words": said, "isWrong": is_wrong}
    return trigger_client_event(answer, "docs:moved", told, after="swap")


def _place(request: ViewerRequest, page: Page) -> Place:
    to = request.POST.get("to", "")
    if to in {"before", "after", "below"}:
        return _beside(request, page, to)
    named = {"title": page.title}
    siblings = list(_children(request.viewer, page, page.parent_id))
    at = next(number for number, one in enumerate(siblings) if one.pk == page.pk)
    if to == "up" and at > 0:
        return Place(page.parent, at - 1, _("“%(title)s” is one place higher.") % named)
    if to == "down" and at + 1 < len(siblings):
        return Place(page.parent, at + 1, _("“%(title)s” is one place lower.") % named)
    if to == "in" and at > 0:
        above = siblings[at - 1]
        last = _children(request.viewer, page, above.pk).count()
        words = _("“%(title)s” is below “%(above)s”.") % {**named, "above": above.title}
        return Place(above, last, words)
    if to == "out" and page.parent is not None:
        aunts = list(_children(request.viewer, page, page.parent.parent_id))
        after = next(n for n, one in enumerate(aunts) if one.pk == page.parent_id) + 1
        return Place(page.parent.parent, after, _("“%(title)s” is one level higher.") % named)
    raise ValidationError(_nowhere(to))


def _beside(request: ViewerRequest, page: Page, to: str) -> Place:
    """Where it was dropped."""
    pages = Page.objects.visible_to(request.viewer).select_related("parent")
    beside = pages.filter(public_id=request.POST.get("beside", "").replace("\0", "")).first()
    is_here = beside is not None and beside.section_id == page.section_id
    if beside is None or not is_here or beside.language != page.language:
        raise Http404
    if to == "below":
        return Place(beside, _children(request.viewer, page, beside.pk).count(), _moved(page))
    others = [one for one in _children(request.viewer, beside, beside.parent_id) if one != page]
    at = next((number for number, one in enumerate(others) if one == beside), 0)
    return Place(beside.parent, at + (to == "after"), _moved(page))


def _children(viewer: Viewer, page: Page, parent_id: int | None) -> PageQuerySet:
    """Of one parent, or the topmost, in the page's section and language."""
    pages = Page.objects.visible_to(viewer).filter(
        section=page.section_id, language=page.language, parent=parent_id
    )
    return pages.only("pk", "title", "trail", "section_id", "language", "parent_id").order_by(
        "position", "pk"
    )


def _nowhere(to: str) -> str:
    return {
        "up": _("It is the first one here already."),
        "down": _("It is the last one here already."),
        "in": _("There is no page above it that it could be below."),
        "out": _("It is on the highest level already."),
    }.get(to, _("There is no such place."))


def _moved(page: Page) -> str:
    return _("“%(title)s” is in its new place.") % {"title": page.title}
