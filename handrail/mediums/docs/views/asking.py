"""Where do people ask? A field, and what was asked so far, in the panel and on the public site.

A GET asks nothing and writes nothing: who follows a link to `?ask=question` finds the question in
the field; the page's script sends it at once, without a script it is one press. So neither a robot
nor a page of somebody else's can make anybody ask.
"""

import time
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from handrail.base.limits import Limit, TooMany, client_address
from handrail.engines.ai.actions import remember
from handrail.engines.ai.models import Question, Surface
from handrail.hub.answerers import think_on
from handrail.hub.asking import LONGEST_QUESTION
from handrail.hub.asking import ask as ask_pages
from handrail.hub.handoff import ways_on
from handrail.mediums.docs.forms import QuestionForm
from handrail.mediums.docs.letters import read_by_asking
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading.asked import (
    Exchange,
    address_of,
    asked_in,
    exchanges,
    thread_of,
)
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import Side
from handrail.mediums.docs.reading.suggested import (
    MOST_FOLLOW_UPS,
    context_page,
    to_begin_with,
    to_go_on_with,
)
from handrail.mediums.docs.searching import MEDIUM
from handrail.people.requests import ViewerRequest

OF_MEMBERS = Limit("docs-ask-member", most=30, seconds=60)
OF_VISITORS = Limit("docs-ask", most=60, seconds=60)
"""From one address of the network: a whole office can stand behind it."""

LONGEST_GOAL = 500
INVALID = 422


def leads_to_ask(
    request: ViewerRequest, side: Side, page: Page | None = None
) -> HttpResponse | None:
    """From any page with `?ask=…` to where it is asked; None for all others."""
    if "ask" not in request.GET:
        return None
    query = {"ask": request.GET["ask"], "goal": request.GET.get("goal", "")}
    query["page"] = f"{MEDIUM}/{page.public_id}" if page else ""
    kept = {name: text for name, text in query.items() if text or name == "ask"}
    response = HttpResponseRedirect(f"{side.ask_address}?{urlencode(kept)}")
    return _never_kept(response)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ViewerRequest, side: Side) -> HttpResponse:
    """The page, and what it sends. By htmx an exchange comes back, else its page follows."""
    if request.method == "POST":
        return _asked(request, side)
    given = request.GET.get("ask", request.GET.get("q", ""))
    form = QuestionForm(initial={"question": given}, placeholder=_placeholder())
    is_asked_now = bool(given.strip("<> \t")) and "ask" in request.GET
    thread = thread_of(request.viewer, request.GET.get("thread", ""))
    shown = _context(request, side, request.GET, form, thread)
    return _page(request, shown | {"is_asked_now": is_asked_now})


def _asked(request: ViewerRequest, side: Side) -> HttpResponse:
    given = request.POST.get("suggested") or request.POST.get("question", "")
    form = QuestionForm({"question": given.replace("\0", " ")}, placeholder=_placeholder())
    try:
        _limit(request)
    except TooMany as error:
        response = _not_asked(request, side, form, 429)
        response["Retry-After"] = str(error.retry_after)
        return response
    if not form.is_valid():
        return _not_asked(request, side, form, INVALID)
    question = _answered(request, side, form.cleaned_data["question"])
    if not request.htmx:
        address = address_of(side, question.thread, question.public_id)
        return _never_kept(HttpResponseRedirect(address, status=303))
    # What was being typed while a suggestion was pressed stays in the field.
    typed = request.POST.get("question", "") if request.POST.get("suggested") else ""
    empty = QuestionForm(initial={"question": typed}, placeholder=_placeholder())
    context = _context(request, side, request.POST, empty, [question])
    response = _never_kept(render(request, "docs/_exchange_and_field.html", context))
    response["HX-Replace-Url"] = address_of(side, question.thread)
    return response


def _limit(request: ViewerRequest) -> None:
    member = request.viewer.member
    if member:
        OF_MEMBERS.hit(member.public_id)
    else:
        OF_VISITORS.hit(client_address(request))


def _answered(request: ViewerRequest, side: Side, text: str) -> Question:
    """Asks, and remembers; a slow answerer goes on behind, where a script will fetch its answer."""
    goal = request.POST.get("goal", "").replace("\0", " ")[:LONGEST_GOAL]
    page = context_page(request.viewer, request.POST.get("page", ""))
    started = time.monotonic()
    reply = ask_pages(request.viewer, text, goal=goal, languages=[page.language] if page else [])
    question = remember(
        request.viewer,
        text,
        reply.answer,
        surface=Surface.SITE if side.is_public else Surface.PANEL,
        language=get_language() or "en",
        milliseconds=round((time.monotonic() - started) * 1000),
        thread=request.POST.get("thread", "")[:32].replace("\0", ""),
        goal=goal,
        page=f"{MEDIUM}/{page.public_id}" if page else "",
    )
    if request.viewer.member:
        read_by_asking(request.viewer, question)
    if request.htmx:
        think_on(request.viewer, question, text, goal)
    return question


def _not_asked(request: ViewerRequest, side: Side, form: QuestionForm, status: int) -> HttpResponse:
    """The field as it was typed, with what is wrong."""
    if request.htmx:
        context = _context(request, side, request.POST, form, [])
        context["is_too_often"] = status == 429
        context["thread"] = request.POST.get("thread", "")
        if context["thread"]:
            context["suggestions"] = []
        response = render(request, "docs/_ask_field.html", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#ask-field", "outerHTML"
        return _never_kept(response)
    thread = thread_of(request.viewer, request.POST.get("thread", ""))
    context = _context(request, side, request.POST, form, thread)
    context["is_too_often"] = status == 429
    return _page(request, context, status)


def _context(
    request: ViewerRequest, side: Side, given: Any, form: QuestionForm, thread: list[Question]
) -> dict[str, Any]:
    """What the page, or a part of it, shows. `given`: what else came with the request."""
    viewer = request.viewer
    page = context_page(viewer, given.get("page", ""))
    name = thread[-1].thread if thread else ""
    shown = exchanges(viewer, side, thread)
    return {
        "side": side,
        "title": _("Ask"),
        "form": form,
        "most": LONGEST_QUESTION,
        "page_asked_on": page,
        "page_asked_on_url": side.address(page.section, page) if page else "",
        "goal": given.get("goal", "")[:LONGEST_GOAL],
        "thread": name,
        "exchanges": shown,
        "suggestions": [] if name else to_begin_with(viewer, page),
        "is_indexed": False,
        **around_answers(request, shown[-1:]),
    }


def around_answers(request: ViewerRequest, last: list[Exchange]) -> dict[str, Any]:
    """What stands below answers: how to go on. Follow-ups belong to the last one alone."""
    follow_ups: list[str] = []
    if last and not last[0].is_making:
        asked = asked_in(request.viewer, last[0].question.thread)
        written = to_go_on_with(request.viewer, last[0].cited_pages, asked)
        follow_ups = list(dict.fromkeys([*last[0].follow_ups, *written]))[:MOST_FOLLOW_UPS]
    return {"follow_ups": follow_ups, "ways_on": ways_on(request.viewer)}


def _page(request: ViewerRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = _never_kept(render(request, "docs/ask.html", context, status=status))
    response["X-Robots-Tag"] = "noindex"
    return response


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = PRIVATE
    return response


def _placeholder() -> str:
    return _("Ask in your own words")
