"""What do readers ask, what do the pages not answer, and what does an editor do about it?"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.engines.ai.models import Question, QuestionGroup, Verdict
from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.questions import sources_of
from handrail.mediums.docs.console import asked
from handrail.mediums.docs.console.forms import SynonymForm
from handrail.mediums.docs.console.parts import FORM_METHODS, INVALID, name_of_language, parts
from handrail.mediums.docs.console.shown_answers import shown
from handrail.mediums.docs.tasks import ask_groups
from handrail.people.requests import ViewerRequest

MOST_LISTED = 20


def views(current: str) -> list[dict[str, Any]]:
    """The ways to look at questions, side by side."""
    names = {
        "asked": (_("What was asked"), "docs-desk:questions"),
        "rated": (_("Rated badly"), "docs-desk:rated-badly"),
        "measured": (_("Measured"), "docs-desk:evaluation"),
    }
    return [
        {"label": label, "url": reverse(address), "is_current": name == current}
        for name, (label, address) in names.items()
    ]


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    """What was asked, in groups of what means the same; what has no answer first."""
    request.viewer.require(EDIT)
    languages = asked.languages(request.viewer)
    filters = asked.Filters.of(request.GET, languages)
    rows, is_more = asked.rows(request.viewer, filters)
    context = {
        "parts": parts(),
        "part": "questions",
        "views": views("asked"),
        "filters": filters,
        "kinds": [
            (label, filters.address(kind=kind), kind == filters.kind)
            for kind, label in asked.KINDS.items()
        ],
        "days": asked.DAYS.items(),
        "languages": [(one, name_of_language(one)) for one in languages],
        "rows": rows,
        "more_url": filters.address(page=filters.page + 1) if is_more else "",
        "less_url": filters.address(page=filters.page - 1) if filters.page else "",
        "plot": asked.by_week(request.viewer),
        "plot_kinds": [(str(kind), words) for kind, words in reversed(asked.OUTCOMES.items())],
    }
    return render(request, "docs/desk/questions.html", context)


@require_http_methods(FORM_METHODS)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One group: all who asked, what they were answered, and words that would lead to a page."""
    group = find_group(request, public_id)
    form = SynonymForm(request.POST or None, languages=[group.language])
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.add_synonym(request.viewer, given["language"], given["words"], given["means"])
            ask_groups.enqueue([group.pk])
            messages.success(request, _("Added. These questions are asked again now."))
            return redirect("docs-desk:question", group.public_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    questions, is_more = _page_of(request, Question.objects.visible_to(request.viewer), group)
    context = {
        "group": group,
        "spoken": name_of_language(group.language),
        "counts": asked.counts_of(request.viewer, group),
        "begun": asked.pages_of(request.viewer, [group.page]).get(group.page),
        "form": form,
        "questions": shown(request.viewer, questions),
        "is_more": is_more,
    }
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/question.html", context, status=status)


@require_safe
def rated_badly(request: ViewerRequest) -> HttpResponse:
    """Answers that did not help their askers, the newest first; those that are settled apart."""
    request.viewer.require(EDIT)
    is_settled = request.GET.get("settled") == "yes"
    bad = Question.objects.visible_to(request.viewer).filter(verdict=Verdict.DID_NOT)
    rows, is_more = _page_of(request, bad.filter(settled_at__isnull=not is_settled), None)
    context = {
        "parts": parts(),
        "part": "questions",
        "views": views("rated"),
        "questions": shown(request.viewer, rows),
        "is_more": is_more,
        "is_settled": is_settled,
    }
    return render(request, "docs/desk/rated_badly.html", context)


@require_POST
def settle(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Nothing to do; `undo` brings it back."""
    group = find_group(request, public_id)
    if request.POST.get("undo"):
        actions.bring_back(request.viewer, group)
        messages.success(request, _("It is on the list again."))
    else:
        count = actions.settle(request.viewer, group)
        words = ngettext(
            "%(count)s question is settled.", "%(count)s questions are settled.", count
        )
        messages.success(request, words % {"count": count})
    return redirect("docs-desk:question", group.public_id)


@require_POST
def settle_one(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One answer that was rated badly is dealt with; `undo` brings it back."""
    question = find_question(request, public_id)
    is_undone = bool(request.POST.get("undo"))
    act = actions.bring_one_back if is_undone else actions.settle_one
    act(request.viewer, question)
    messages.success(request, _("It is on the list again.") if is_undone else _("Settled."))
    return redirect("docs-desk:rated-badly")


@require_POST
def begin_page(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A page for what nobody answers yet; then its editor."""
    group = find_group(request, public_id)
    try:
        page = actions.begin_page(request.viewer, group)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("docs-desk:question", group.public_id)
    return redirect("docs-desk:page", page.public_id)


@require_POST
def keep(request: ViewerRequest, public_id: str) -> HttpResponse:
    """To be measured by from now on, with the section that its answer was nearest to."""
    group = find_group(request, public_id)
    latest = Question.objects.visible_to(request.viewer).filter(group=group)
    question = latest.order_by("-asked_at").first()
    source = next(iter(sources_of(question)), None) if question else None
    pages = asked.pages_of(request.viewer, [source.thing_id if source else "", group.page])
    page = pages.get(group.page) or pages.get(source.thing_id if source else "")
    anchor = source.anchor if source and page and page.public_id == source.thing_id else ""
    try:
        kept = actions.keep_question(request.viewer, group.text, group.language, page, anchor)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("docs-desk:question", group.public_id)
    messages.success(request, _("Kept. Say here which section should answer it."))
    return redirect("docs-desk:evaluation-question", kept.public_id)


def find_group(request: ViewerRequest, public_id: str) -> QuestionGroup:
    request.viewer.require(EDIT)
    group = QuestionGroup.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if group is None:
        raise Http404
    return group


def find_question(request: ViewerRequest, public_id: str) -> Question:
    request.viewer.require(EDIT)
    question = Question.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if question is None:
        raise Http404
    return question


def _page_of(
    request: ViewerRequest, rows: Any, group: QuestionGroup | None
) -> tuple[list[Question], bool]:
    """The newest of these questions, or those `before` one of them; and whether there are more."""
    if group is not None:
        rows = rows.filter(group=group)
    before = request.GET.get("before", "").replace("\0", "")[:40]
    last = rows.filter(public_id=before).first() if before else None
    if last is not None:
        rows = rows.filter(asked_at__lt=last.asked_at)
    joined = rows.select_related("member__person", "member__account", "group")
    found = list(joined.defer("group__vector").order_by("-asked_at", "-pk")[: MOST_LISTED + 1])
    return found[:MOST_LISTED], len(found) > MOST_LISTED
