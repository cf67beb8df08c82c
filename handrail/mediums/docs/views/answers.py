"""What can be done with an answer? See it come, stop it, say whether it helped, go on elsewhere.

An answer is found by its thread and its id, as who asked: see `QuestionQuerySet.of_thread`.
"""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from handrail.engines.activity.ref import Ref
from handrail.engines.ai import actions, making
from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.models import Question, Verdict
from handrail.hub.handoff import NoSuchMedium, handoff, ways_on
from handrail.hub.medium import Handoff
from handrail.mediums.docs.forms import VerdictForm
from handrail.mediums.docs.reading.asked import Exchange, address_of, as_text, exchanges
from handrail.mediums.docs.reading.caching import PRIVATE
from handrail.mediums.docs.reading.sides import PANEL, Side
from handrail.mediums.docs.searching import MEDIUM
from handrail.mediums.docs.views.asking import around_answers
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer, viewer_for_nobody

LONGEST_SUBJECT = 120
LONGEST_BODY = 2_000
INVALID = 422


@require_safe
def answer(request: ViewerRequest, side: Side, thread: str, public_id: str) -> HttpResponse:
    """What has come of an answer that is being made; once it is whole, the whole exchange. A script
    asks every 300 ms; whoever else comes here is led to the thread."""
    question = _find(request.viewer, thread, public_id)
    if not request.htmx:
        return HttpResponseRedirect(address_of(side, thread, public_id))
    [shown] = exchanges(request.viewer, side, [question])
    if shown.is_making:
        return _part(request, side, "docs/_coming.html", shown)
    return _whole(request, side, shown)


@require_POST
def stop(request: ViewerRequest, side: Side, thread: str, public_id: str) -> HttpResponse:
    """What the pages say word for word, which was there before, stands in the place of it."""
    question = _find(request.viewer, thread, public_id)
    making.stop(question)
    if not request.htmx:
        return HttpResponseRedirect(address_of(side, thread, public_id), status=303)
    [shown] = exchanges(request.viewer, side, [question])
    return _whole(request, side, shown)


@require_POST
def judge(request: ViewerRequest, side: Side, thread: str, public_id: str) -> HttpResponse:
    """A thumb up or down; with a reason and words where it is down. The last word counts."""
    question = _find(request.viewer, thread, public_id)
    verdict = request.POST.get("verdict", "")
    if verdict not in Verdict.values:
        raise Http404
    form = None
    if "reason" in request.POST or "note" in request.POST:
        form = VerdictForm({**request.POST.dict(), "note": _plain(request.POST.get("note", ""))})
        if not form.is_valid():
            return _verdict(request, side, question, form, INVALID)
    reason, note = (form.cleaned_data["reason"], form.cleaned_data["note"]) if form else ("", "")
    actions.judge(request.viewer, question, Verdict(verdict), reason, note)
    if not request.htmx:
        return HttpResponseRedirect(address_of(side, thread, public_id), status=303)
    return _verdict(request, side, question, None, 200)


@require_POST
def tell_me(request: ViewerRequest, side: Side, thread: str, public_id: str) -> HttpResponse:
    """A member is told once the pages answer it."""
    request.viewer.require_member()
    question = _find(request.viewer, thread, public_id)
    if question.outcome == Outcome.ANSWERED:
        raise Http404
    actions.want_to_hear(request.viewer, question)
    if not request.htmx:
        return HttpResponseRedirect(address_of(side, thread, public_id), status=303)
    [shown] = exchanges(request.viewer, side, [question])
    return _part(request, side, "docs/_tell_me.html", shown)


@require_safe
def go_on(request: ViewerRequest, thread: str, public_id: str, medium: str) -> HttpResponse:
    """Hands question and answer over to a medium where people answer, as far as this viewer may.

    What somebody asked before they signed in goes along: the name of its thread is their secret.
    """
    request.viewer.require_member()
    try:
        question = _find(request.viewer, thread, public_id)
    except Http404:
        question = _find(viewer_for_nobody(), thread, public_id)
    if medium not in [way.name for way in ways_on(request.viewer)]:
        raise Http404
    [shown] = exchanges(request.viewer, PANEL, [question])
    try:
        return HttpResponseRedirect(handoff(medium, request.viewer, _draft(shown)))
    except NoSuchMedium:
        raise Http404 from None


def _draft(shown: Exchange) -> Handoff:
    asked = shown.question.text
    answered = as_text(shown)
    heading = _("Help Docs answered:") if answered else _("Help Docs did not answer it.")
    body = "\n\n".join(filter(None, [asked, heading, answered]))
    first = next(iter(shown.cited_pages), "")
    return Handoff(
        title=Truncator(asked).chars(LONGEST_SUBJECT),
        body=Truncator(body).chars(LONGEST_BODY),
        source=Ref(MEDIUM, first) if first else None,
    )


def _find(viewer: Viewer, thread: str, public_id: str) -> Question:
    found = Question.objects.of_thread(viewer, thread).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _whole(request: ViewerRequest, side: Side, shown: Exchange) -> HttpResponse:
    """The exchange in the place of what was shown while it was made."""
    context = around_answers(request, [shown])
    response = _part(request, side, "docs/_exchange.html", shown, **context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#q-{shown.question.public_id}", "outerHTML"
    return response


def _verdict(
    request: ViewerRequest, side: Side, question: Question, form: VerdictForm | None, status: int
) -> HttpResponse:
    [shown] = exchanges(request.viewer, side, [question])
    if not request.htmx:
        context = {"title": _("Ask"), "is_indexed": False}
        return _part(
            request, side, "docs/verdict.html", shown, status=status, verdict_form=form, **context
        )
    return _part(
        request, side, "docs/_verdict.html", shown, status=status, verdict_form=form, is_said=True
    )


def _part(
    request: ViewerRequest,
    side: Side,
    template: str,
    shown: Exchange,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context = {"side": side, "exchange": shown, "is_last": True, **context}
    response = render(request, template, context, status=status)
    response["Cache-Control"] = PRIVATE
    return response


def _plain(text: str) -> str:
    return text.replace("\0", " ")
