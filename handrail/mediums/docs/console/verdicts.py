"""What do readers think of a page? How many of each kind, and what they wrote."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.mediums.docs.console.parts import find_page
from handrail.mediums.docs.models import Feedback, Page, Score
from handrail.people.requests import ViewerRequest

MOST_LISTED = 50


@dataclass(frozen=True)
class Verdicts:
    """One kind of verdict: how many, and how much of all that is, in percent."""

    score: str
    label: str
    count: int
    percent: int


@require_safe
def index(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Counts, and the comments with the newest first; `before` one of them: older ones."""
    page = find_page(request, public_id)
    rows = Feedback.objects.filter(page=page).exclude(comment="").order_by("-pk")
    before = request.GET.get("before", "").replace("\0", "")[:40]
    last = Feedback.objects.filter(page=page, public_id=before).first() if before else None
    if last is not None:
        rows = rows.filter(pk__lt=last.pk)
    found = list(rows.select_related("member__person", "member__account")[: MOST_LISTED + 1])
    context = {
        "page": page,
        "counts": counts(page),
        "comments": found[:MOST_LISTED],
        "is_more": len(found) > MOST_LISTED,
    }
    return render(request, "docs/desk/feedback.html", context)


def counts(page: Page) -> list[Verdicts]:
    """Of every kind, those that nobody chose too. One query."""
    scored = Feedback.objects.filter(page=page).exclude(score="")
    rows = scored.values_list("score").annotate(n=Count("pk"))
    found = dict(rows.order_by())
    total = sum(found.values())
    return [
        Verdicts(score.value, str(score.label), n, round(100 * n / total) if total else 0)
        for score in Score
        for n in [found.get(score.value, 0)]
    ]
