"""What did a page say before, and who changed it? A list, and each change word by word."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.diffs import diff
from handrail.mediums.docs.console.editor import CONFLICT, as_text, draft_of, words_of
from handrail.mediums.docs.console.parts import find_page
from handrail.mediums.docs.models import Draft, Page, Revision
from handrail.people.requests import ViewerRequest

MOST_LISTED = 50


@require_safe
def index(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The newest first; `before` a number: older ones."""
    page = find_page(request, public_id)
    rows = page.revisions.select_related("agent").defer("body").order_by("-number")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(number__lt=int(before))
    found = list(rows[: MOST_LISTED + 1])
    context = {
        "page": page,
        "revisions": found[:MOST_LISTED],
        "is_more": len(found) > MOST_LISTED,
        "draft": getattr(page, "draft", None),
    }
    return render(request, "docs/desk/revisions.html", context)


@require_safe
def detail(request: ViewerRequest, public_id: str, number: int) -> HttpResponse:
    """What this revision changed in the one before it."""
    return _detail(request, find_page(request, public_id), number)


@require_POST
def restore(request: ViewerRequest, public_id: str, number: int) -> HttpResponse:
    """The old words become the draft; readers see nothing of it yet.

    Where there is a draft, it is asked first whether it may go (`over_draft`).
    """
    page = find_page(request, public_id)
    revision = _find(page, number)
    draft = draft_of(page)
    if draft and request.POST.get("over_draft") != "yes" and words_of(draft) != words_of(revision):
        return _detail(request, page, number, draft=draft, status=CONFLICT)
    try:
        actions.restore(request.viewer, page, revision)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("docs-desk:revisions", page.public_id)
    words = _("This is revision %(number)s again, as a draft. Publish it when it is right.")
    messages.success(request, words % {"number": number})
    return redirect("docs-desk:page", page.public_id)


def _detail(
    request: ViewerRequest,
    page: Page,
    number: int,
    *,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    """`draft`: what restoring would write over."""
    revision, before = _find(page, number), _before(page, number)
    context = {
        "page": page,
        "revision": revision,
        "before": before,
        "parts": diff(as_text(before) if before else "", as_text(revision)),
        "after": page.revisions.filter(number__gt=number).order_by("number").first(),
        "draft": draft,
        "lost": diff(as_text(draft), as_text(revision)) if draft else [],
    }
    return render(request, "docs/desk/revision.html", context, status=status)


def _find(page: Page, number: int) -> Revision:
    revisions = page.revisions.select_related("agent")
    found = revisions.filter(number=number).first() if number < 10**9 else None
    if found is None:
        raise Http404
    return found


def _before(page: Page, number: int) -> Revision | None:
    return page.revisions.filter(number__lt=number).order_by("-number").first()
