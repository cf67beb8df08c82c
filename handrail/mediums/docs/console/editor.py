"""How does an editor write a page? In a form that keeps what is typed until it is published."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from handrail.mediums.docs import actions
from handrail.mediums.docs.actions import FromSource, Overtaken, WrittenMeanwhile, stamp_of
from handrail.mediums.docs.console.diffs import diff
from handrail.mediums.docs.console.forms import NOTE_LENGTH, WordsForm
from handrail.mediums.docs.console.languages import tongues
from handrail.mediums.docs.console.parts import INVALID, find_page
from handrail.mediums.docs.models import Draft, Page, Revision
from handrail.people.requests import ViewerRequest

CONFLICT = 409

MOST_UNANSWERED = 3
"""So many texts does a window remember that it sent and heard nothing of."""


@require_safe
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The page with its draft, if somebody began one."""
    page = find_page(request, public_id)
    draft = draft_of(page)
    return _editor(request, page, draft, WordsForm(initial=words_of(draft or page)))


@require_POST
def save(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Keeps what is being written; the answer says when, or why not."""
    page = find_page(request, public_id)
    form = WordsForm(request.POST, is_draft=True)
    if not form.is_valid():
        return _not_saved(request, page, _first_error(form), INVALID)
    if form.words == words_of(page) and draft_of(page) is None:
        return render(request, "docs/desk/_saved.html", {"page": page, "stamp": ""})
    try:
        draft = _keep(request, page, form)
    except WrittenMeanwhile as other:
        return _written_meanwhile(request, page, form, other.draft)
    except ValidationError as refusal:
        return _not_saved(request, page, refusal.messages[0], INVALID)
    context = {"page": page, "draft": draft, "stamp": stamp_of(draft)}
    return render(request, "docs/desk/_saved.html", context)


@require_POST
def publish(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Keeps the words as the draft first, so that nothing is lost where publishing is stopped."""
    page = find_page(request, public_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _editor(request, page, draft_of(page), form, status=INVALID)
    draft = draft_of(page)
    if draft is None and page.is_published and form.words == words_of(page):
        messages.info(request, _("Nothing has changed since it was published."))
        return redirect("docs-desk:page", page.public_id)
    try:
        _keep(request, page, form)
        actions.publish(request.viewer, page, note=form.cleaned_data["note"])
    except WrittenMeanwhile as other:
        return _stopped_by_writer(request, page, form, other.draft)
    except Overtaken:
        url = reverse("docs-desk:overtaken", args=[page.public_id])
        return redirect(f"{url}?{urlencode({'note': form.cleaned_data['note']})}")
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _editor(request, page, draft_of(page), form, status=INVALID)
    if page.original_id and request.POST.get("is_up_to_date"):
        actions.mark_translated(request.viewer, page)
    messages.success(request, _("Published. Readers see it now."))
    return redirect("docs-desk:page", page.public_id)


@require_safe
def overtaken(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What somebody else published meanwhile, beside what this draft would make of it."""
    page = find_page(request, public_id)
    draft = draft_of(page)
    if draft is None or draft.based_on == page.number:
        return redirect("docs-desk:page", page.public_id)
    numbers = (draft.based_on, page.number)
    revisions = {
        one.number: one for one in page.revisions.filter(number__in=numbers).select_related("agent")
    }
    began = revisions.get(draft.based_on)
    context = {
        "page": page,
        "draft": draft,
        "latest": revisions.get(page.number),
        "theirs": diff(as_text(began) if began else "", as_text(page)),
        "mine": diff(as_text(page), as_text(draft)),
        "note": request.GET.get("note", ""),
    }
    return render(request, "docs/desk/overtaken.html", context)


@require_POST
def go_on(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Decides for an overtaken draft: `publish` it over the newer one, or `write` on."""
    page = find_page(request, public_id)
    if request.POST.get("how") == "publish":
        try:
            note = request.POST.get("note", "").replace("\0", "")[:NOTE_LENGTH]
            actions.publish(request.viewer, page, note=note, even_over=True)
            messages.success(request, _("Published. Readers see it now."))
        except FromSource as refusal:
            messages.error(request, refusal.messages[0])
    else:
        actions.see_newer(request.viewer, page)
    return redirect("docs-desk:page", page.public_id)


@require_POST
def discard(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Throws the draft away; the page stays as readers know it."""
    page = find_page(request, public_id)
    actions.discard_draft(request.viewer, page)
    messages.success(request, _("The draft is gone. This is what readers see."))
    if request.htmx:
        return HttpResponseClientRefresh()
    return redirect("docs-desk:page", page.public_id)


def draft_of(page: Page) -> Draft | None:
    return Draft.objects.select_related("agent").filter(page=page).first()


def words_of(thing: Page | Draft | Revision) -> dict[str, str]:
    return {"title": thing.title, "summary": thing.summary, "body": thing.body}


def as_text(thing: Page | Draft | Revision) -> str:
    """All that is said, one thing below the other, to be compared."""
    return "\n".join([thing.title, thing.summary, "", thing.body])


def _keep(request: ViewerRequest, page: Page, form: WordsForm) -> Draft:
    """With what the editor's page knew when it was loaded, unless they say that theirs counts."""
    is_theirs = request.POST.get("over_draft") == "yes"
    seen = _unanswered(request, page) or request.POST.get("seen", "")
    return actions.save_draft(
        request.viewer,
        page,
        **form.words,
        based_on=_number(request.POST.get("based_on", "")),
        seen=None if is_theirs else seen,
    )


def _unanswered(request: ViewerRequest, page: Page) -> str:
    """The stamp of the draft where this window wrote it, and our answer was lost on its way.

    `sent` says what it sent without hearing of it: a list of `{"title", "summary", "body"}`.
    """
    try:
        sent = json.loads(request.POST.get("sent") or "[]")
    except (ValueError, RecursionError):
        return ""
    known = [one for one in sent if isinstance(one, dict)] if isinstance(sent, list) else []
    draft = draft_of(page) if known else None
    if draft is None or draft.agent_id != request.viewer.require_agent().pk:
        return ""
    forms = [WordsForm(one, is_draft=True) for one in known[:MOST_UNANSWERED]]
    is_there = any(form.is_valid() and form.words == words_of(draft) for form in forms)
    return stamp_of(draft) if is_there else ""


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else None


def _editor(
    request: ViewerRequest, page: Page, draft: Draft | None, form: WordsForm, **changes: Any
) -> HttpResponse:
    status = changes.pop("status", 200)
    template = "read_only" if page.source_id else "editor"
    context = {
        "page": page,
        "draft": draft,
        "form": form,
        "stamp": request.POST.get("seen", stamp_of(draft)),
        "based_on": request.POST.get("based_on", draft.based_on if draft else page.number),
        "is_others": draft is not None and draft.agent_id != request.viewer.require_agent().pk,
        "is_overtaken": draft is not None and draft.based_on != page.number,
        "tongues": tongues(request.viewer, page),
        **changes,
    }
    return render(request, f"docs/desk/{template}.html", context, status=status)


def _stopped_by_writer(
    request: ViewerRequest, page: Page, form: WordsForm, other: Draft
) -> HttpResponse:
    """The form as it was sent, with what the other one wrote: nothing is published."""
    stopped = {
        "is_stopped": True,
        "is_mine": other.agent_id == request.viewer.require_agent().pk,
        "other": other,
        "parts": diff(as_text(other), _typed_text(form)),
    }
    return _editor(request, page, other, form, status=CONFLICT, **stopped)


def _written_meanwhile(
    request: ViewerRequest, page: Page, form: WordsForm, other: Draft
) -> HttpResponse:
    context = {
        "page": page,
        "other": other,
        "is_mine": other.agent_id == request.viewer.require_agent().pk,
        "parts": diff(as_text(other), _typed_text(form)),
    }
    return render(request, "docs/desk/_written_meanwhile.html", context, status=CONFLICT)


def _typed_text(form: WordsForm) -> str:
    return "\n".join([form.words["title"], form.words["summary"], "", form.words["body"]])


def _not_saved(request: HttpRequest, page: Page, why: str, status: int) -> HttpResponse:
    context = {"page": page, "why": why}
    return render(request, "docs/desk/_not_saved.html", context, status=status)


def _first_error(form: WordsForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)
