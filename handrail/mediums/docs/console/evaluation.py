"""Do the pages answer what they must? The editors' own questions, and what got worse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from handrail.base import plots
from handrail.base.languages import language_of
from handrail.engines.ai.models import EvaluationQuestion, EvaluationRun
from handrail.hub import asking
from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.actions.evaluating import Change, Grade, got_worse
from handrail.mediums.docs.console.asked import pages_of
from handrail.mediums.docs.console.parts import FORM_METHODS, INVALID, name_of_language, parts
from handrail.mediums.docs.console.questions import views
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.reading import finding
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

RUNS = 30
"""That the plot shows."""

GRADES = {
    Grade.RIGHT: gettext_lazy("Right"),
    Grade.NEAR: gettext_lazy("Near"),
    Grade.MISSED: gettext_lazy("Not answered"),
    Grade.WRONG: gettext_lazy("Wrong"),
}
TONES = {
    Grade.RIGHT: "positive",
    Grade.NEAR: "warning",
    Grade.MISSED: "danger",
    Grade.WRONG: "danger",
}
"""The tone of its badge."""


@dataclass(frozen=True)
class Row:
    """A question that is measured, with what the last run said of it."""

    question: EvaluationQuestion
    page: Page | None
    """That should answer it."""
    spoken: str
    grade: str
    tone: str
    shown: Page | None
    """That was shown, where it is not the right one."""


@dataclass(frozen=True)
class Worse:
    """A question that went worse than in the run before."""

    question: EvaluationQuestion
    before: str
    after: str
    shown: Page | None


class QuestionForm(forms.Form):
    """A question that is to be measured by."""

    text = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the question as a reader would.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(tag, name_of_language(tag)) for tag in languages]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]


@require_http_methods(FORM_METHODS)
def index(request: ViewerRequest) -> HttpResponse:
    """The last run, what got worse in it, and all questions with a form for one more."""
    request.viewer.require(EDIT)
    form = _form(request)
    if form.is_valid():
        try:
            kept = _kept(request.viewer, form.cleaned_data["text"], form.cleaned_data["language"])
            return redirect("docs-desk:evaluation-question", kept.public_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    runs = EvaluationRun.objects.visible_to(request.viewer)
    ended = list(runs.ended().defer("results")[:RUNS])
    pair = list(runs.ended()[:2])
    after = pair[0] if pair else None
    worse = got_worse(pair[1], pair[0]) if len(pair) > 1 else []
    questions = list(EvaluationQuestion.objects.visible_to(request.viewer).order_by("-pk"))
    results = after.results if after else {}
    named = [one.page for one in questions] + [one["page"] for one in results.values()]
    pages = pages_of(request.viewer, [*named, *(after.pages if after else [])])
    context = {
        "parts": parts(),
        "part": "questions",
        "views": views("measured"),
        "form": form,
        "rows": [_row(one, results.get(one.public_id), pages) for one in questions],
        "run": after,
        "percent": round(100 * after.right / after.total) if after and after.total else 0,
        "causes": [pages[one] for one in after.pages if one in pages] if after else [],
        "worse": _worse(worse, questions, results, pages),
        "is_waiting": runs.filter(ended_at=None).exists(),
        "plot": _plot(ended),
        "plot_kinds": [("answered", GRADES[Grade.RIGHT])],
    }
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/evaluation.html", context, status=status)


@require_http_methods(FORM_METHODS)
def question(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Which section should answer it? What is cited now, what is near, any other, or none."""
    kept = _find(request, public_id)
    choices = _choices(request.viewer, kept)
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("place", "")
        place = _place(request.viewer, chosen, request.POST.get("address", ""), choices)
        if place is not None:
            page, anchor = place
            actions.keep_question(request.viewer, kept.text, kept.language, page, anchor)
            messages.success(request, _("Kept."))
            return redirect("docs-desk:evaluation")
        error = _("There is no page at this address.")
    context = {
        "kept": kept,
        "spoken": name_of_language(kept.language),
        "choices": choices,
        "chosen": f"{kept.page}#{kept.anchor}" if kept.page else "none",
        "address": request.POST.get("address", ""),
        "error": error,
    }
    status = INVALID if error else 200
    return render(request, "docs/desk/evaluation_question.html", context, status=status)


@require_POST
def drop(request: ViewerRequest, public_id: str) -> HttpResponse:
    actions.drop_question(request.viewer, public_id)
    messages.success(request, _("It is not asked any more."))
    return redirect("docs-desk:evaluation")


@require_POST
def run(request: ViewerRequest) -> HttpResponse:
    """All of them, now."""
    actions.want_run_by_hand(request.viewer)
    messages.success(request, _("They are being asked. It takes a moment."))
    return redirect("docs-desk:evaluation")


def _find(request: ViewerRequest, public_id: str) -> EvaluationQuestion:
    request.viewer.require(EDIT)
    kept = EvaluationQuestion.objects.visible_to(request.viewer)
    found = kept.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _form(request: ViewerRequest) -> QuestionForm:
    spoken = [tag for tag, _name in settings.LANGUAGES]
    own = get_language() or ""
    initial = {"language": own if own in spoken else spoken[0]}
    return QuestionForm(request.POST or None, languages=spoken, initial=initial)


def _kept(viewer: Viewer, text: str, language: str) -> EvaluationQuestion:
    """With the section that answers it now, which the editor then looks at."""
    sources = _asked(viewer, text, language)
    pages = pages_of(viewer, [one for one, _anchor, _title in sources[:1]])
    page = pages.get(sources[0][0]) if sources else None
    return actions.keep_question(viewer, text, language, page, sources[0][1] if page else "")


def _asked(viewer: Viewer, text: str, language: str) -> list[tuple[str, str, str]]:
    """The sections that the pages answer with now, and those near to it: page, anchor, title."""
    with translation.override(language_of(language)):
        reply = asking.ask(viewer, text)
    return [
        (one.thing_id, one.anchor, ": ".join([one.title, *one.heading_path[-1:]]))
        for one in (*reply.answer.sources, *reply.answer.closest)
    ]


def _choices(viewer: Viewer, kept: EvaluationQuestion) -> list[tuple[str, str]]:
    """The section that is kept comes first; "none" last."""
    found = {
        f"{page}#{anchor}": title
        for page, anchor, title in _asked(viewer, kept.text, kept.language)
    }
    own = f"{kept.page}#{kept.anchor}"
    if kept.page and own not in found:
        page = pages_of(viewer, [kept.page]).get(kept.page)
        title = page.title if page else _("A page that is gone")
        found = {own: ": ".join(filter(None, [title, kept.anchor])), **found}
    return [*found.items(), ("none", _("None: the pages should not answer this"))]


def _place(
    viewer: Viewer, chosen: str, address: str, choices: Sequence[tuple[str, str]]
) -> tuple[Page | None, str] | None:
    """What the form means; None: nothing that there is."""
    if chosen == "address":
        return _page_at(viewer, address)
    if chosen == "none":
        return None, ""
    if chosen not in dict(choices):
        return None
    public_id, _hash, anchor = chosen.partition("#")
    page = pages_of(viewer, [public_id]).get(public_id)
    return (page, anchor) if page else None


def _page_at(viewer: Viewer, address: str) -> tuple[Page, str] | None:
    try:
        parts = urlsplit(address.strip()[:1_000])
    except ValueError:
        return None
    path = unquote(parts.path).removeprefix("/help").removeprefix("/docs/").removesuffix(".md")
    found = finding.find(viewer, path, leave_out=("body", "html", "outline"))
    page = (found.page or found.leads_to) if found else None
    return (page, unquote(parts.fragment)) if page else None


def _row(kept: EvaluationQuestion, result: dict[str, Any] | None, pages: dict[str, Page]) -> Row:
    grade = Grade(result["grade"]) if result else None
    is_other = bool(result) and grade is not Grade.RIGHT
    return Row(
        question=kept,
        page=pages.get(kept.page),
        spoken=name_of_language(kept.language),
        grade=str(GRADES[grade]) if grade else "",
        tone=TONES[grade] if grade else "",
        shown=pages.get(result["page"]) if result and is_other else None,
    )


def _worse(
    changes: Sequence[Change],
    questions: Sequence[EvaluationQuestion],
    results: dict[str, Any],
    pages: dict[str, Page],
) -> list[Worse]:
    known = {one.public_id: one for one in questions}
    return [
        Worse(
            known[one.question_id],
            str(GRADES[one.before]),
            str(GRADES[one.after]),
            pages.get(results[one.question_id]["page"]),
        )
        for one in changes
        if one.question_id in known
    ]


def _plot(ended: Sequence[EvaluationRun]) -> plots.Plot | None:
    """The share that was right, by run; the oldest first."""
    columns = []
    for one in reversed(ended):
        share = round(100 * one.right / one.total) if one.total else 0
        at = timezone.localtime(one.ended_at) if one.ended_at else None
        label = date_format(at, "j M, H:i") if at else ""
        says = _("%(share)s %% right (%(right)s of %(total)s)") % {
            "share": share,
            "right": one.right,
            "total": one.total,
        }
        columns.append(plots.Column(label, f"{label}\n{says}", (share,)))
    return plots.drawn(columns, ["answered"], top=100, said=_percent) if columns else None


def _percent(share: int) -> str:
    return f"{share} %"
