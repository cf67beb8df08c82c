"""Was a page helpful? A press on a face, and then a few words, with and without a script."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from handrail.base.ids import is_public_id
from handrail.base.limits import Limit, TooMany, client_address
from handrail.mediums.docs import actions
from handrail.mediums.docs.forms import CommentForm
from handrail.mediums.docs.models import Page, Score
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import Side
from handrail.people.requests import ViewerRequest

OF_VISITORS = Limit("docs-feedback", most=30, seconds=60 * 60)
"""One person reads not so many pages to their end in an hour; an office may."""

INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: ViewerRequest, side: Side, public_id: str) -> HttpResponse:
    """A score; with `rating`, a comment on it. Without a script each step is a page of its own."""
    pages = Page.objects.visible_to(request.viewer).select_related("section")
    page = pages.defer("body", "html", "outline").filter(public_id=public_id).first()
    if page is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, side, page)
    rating = request.GET.get("rating", "")
    step = "thanks" if request.GET.get("done") else "comment" if is_public_id(rating) else "score"
    return _step(request, side, page, step, rating=rating)


def _posted(request: ViewerRequest, side: Side, page: Page) -> HttpResponse:
    rating = request.POST.get("rating", "")
    try:
        if request.viewer.is_nobody:
            OF_VISITORS.hit(client_address(request))
    except TooMany as error:
        form = CommentForm(request.POST) if rating else None
        step = "comment" if rating else "score"
        answer = _step(request, side, page, step, rating=rating, form=form, status=429)
        answer["Retry-After"] = str(error.retry_after)
        return answer
    return _comment(request, side, page, rating) if rating else _score(request, side, page)


def _score(request: ViewerRequest, side: Side, page: Page) -> HttpResponse:
    score = request.POST.get("score", "")
    if score not in Score.values:
        return _step(request, side, page, "score", status=INVALID)
    given = actions.rate(request.viewer, page, Score(score))
    return _next(request, side, page, "comment", given.public_id)


def _comment(request: ViewerRequest, side: Side, page: Page, rating: str) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _step(request, side, page, "comment", rating=rating, form=form, status=INVALID)
    if not is_public_id(rating) or not actions.comment(rating, form.cleaned_data["comment"]):
        raise Http404
    return _next(request, side, page, "thanks", rating)


def _next(request: ViewerRequest, side: Side, page: Page, step: str, rating: str) -> HttpResponse:
    """htmx puts the next step in place; without it, its page follows, which a reload repeats."""
    if request.htmx:
        return _step(request, side, page, step, rating=rating)
    query = {"rating": rating} | ({"done": "1"} if step == "thanks" else {})
    address = reverse(f"{side.namespace}:feedback", args=[page.public_id])
    return HttpResponseRedirect(f"{address}?{urlencode(query)}", status=303)


def _step(
    request: ViewerRequest,
    side: Side,
    page: Page,
    step: str,
    *,
    rating: str = "",
    form: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "side": side,
        "page": page,
        "section": page.section,
        "title": _("Your feedback"),
        "feedback_step": step,
        "rating": rating,
        "comment_form": form or CommentForm(),
        "is_too_often": status == 429,
        "is_indexed": False,
    }
    template = "docs/_feedback.html" if request.htmx else "docs/feedback.html"
    answer = render(request, template, context, status=status)
    answer["Cache-Control"] = PRIVATE
    return answer
