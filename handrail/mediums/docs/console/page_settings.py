"""What is a page beside its words? Its address, icon, audience, keywords, and its place."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.forms import PlaceForm, SettingsForm
from handrail.mediums.docs.console.languages import tongues
from handrail.mediums.docs.console.life import places
from handrail.mediums.docs.console.parts import (
    FORM_METHODS,
    INVALID,
    find_page,
    language_in_words,
)
from handrail.mediums.docs.console.versions import candidates
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.paths import public_url
from handrail.people.models import Audience
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


@require_http_methods(FORM_METHODS)
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    page = find_page(request, public_id)
    form = _settings_form(page, request.POST or None)
    if form.is_valid():
        try:
            actions.change_page(request.viewer, page, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("docs-desk:page-settings", page.public_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    status = INVALID if form.is_bound else 200
    return _page(request, page, status, form=form)


@require_POST
def place(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Below another page, or on the highest level, as the first or the last there."""
    page = find_page(request, public_id)
    form = _place_form(request.viewer, page, request.POST)
    if form.is_valid():
        parent = form.cleaned_data["parent"]
        position = 0 if form.cleaned_data["place"] == "first" else 1_000_000
        try:
            actions.move_page(request.viewer, page, parent=parent, position=position)
            messages.success(request, _("“%(title)s” is in its new place.") % {"title": page.title})
            return redirect("docs-desk:page-settings", page.public_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return _page(request, page, INVALID, place_form=form)


@require_POST
def join(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Says that it is the version of another page (`of`) in its language."""
    page = find_page(request, public_id)
    known = Page.objects.visible_to(request.viewer).select_related("section")
    to = known.filter(public_id=request.POST.get("of", "").replace("\0", "")).first()
    if to is None:
        return _page(request, page, INVALID, refusal=_("Choose a page: that one is not there."))
    try:
        actions.join_versions(request.viewer, page, to)
    except ValidationError as refusal:
        return _page(request, page, INVALID, refusal=refusal.messages[0])
    named = {"title": page.title, "original": to.title}
    messages.success(request, _("“%(title)s” and “%(original)s” belong together now.") % named)
    return redirect("docs-desk:page-settings", page.public_id)


@require_POST
def part(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Takes that back."""
    page = find_page(request, public_id)
    try:
        actions.part_versions(request.viewer, page)
    except ValidationError as refusal:
        return _page(request, page, INVALID, refusal=refusal.messages[0])
    messages.success(request, _("“%(title)s” is a page of its own again.") % {"title": page.title})
    return redirect("docs-desk:page-settings", page.public_id)


def in_words(audience: Audience | None, plans: list[str]) -> str:
    """Who reads what is for this audience, in a sentence."""
    if audience is None or audience.everyone:
        return _("Everybody, signed in or not; search engines and AI too.")
    if audience.agents:
        return _("Your own agents alone.")
    narrowed = [
        words % {"which": ", ".join(str(one) for one in which)}
        for words, which in (
            (_("whose account is: %(which)s"), audience.kinds),
            (_("whose plan is: %(which)s"), plans),
            (_("whose role is: %(which)s"), audience.roles),
        )
        if which
    ]
    if not narrowed:
        return _("Every member who is signed in.")
    return _("Members %(which)s.") % {"which": "; ".join(narrowed)}


def _initial(page: Page) -> dict[str, Any]:
    return {
        "slug": page.slug,
        "icon": page.icon,
        "audience": page.audience.key if page.audience else "",
        "is_hidden": page.is_hidden,
        "keywords": page.keywords,
        "questions": page.questions,
    }


def _settings_form(page: Page, given: Any = None) -> SettingsForm:
    audiences = Audience.objects.prefetch_related("plans")
    return SettingsForm(given, initial=_initial(page), audiences=audiences)


def _place_form(viewer: Viewer, page: Page, given: Any = None) -> PlaceForm:
    """A page is never below itself, nor below what is below it."""
    possible = [
        one
        for one in places(viewer, page.section, page.language)
        if one.pk != page.pk and page.pk not in one.trail
    ]
    above = next((one.public_id for one in possible if one.pk == page.parent_id), "")
    return PlaceForm(given, among=possible, initial={"parent": above, "place": "last"})


def _versions(request: ViewerRequest, page: Page) -> dict[str, Any]:
    """What the card about its languages needs. At most three queries."""
    sought = (request.POST if request.method == "POST" else request.GET).get("original", "")
    family = [one for one in tongues(request.viewer, page) if one.page and not one.is_here]
    is_alone = not family and page.language != page.section.language
    return {
        "language_name": language_in_words(page.language),
        "family": family,
        "is_alone": is_alone,
        "sought": sought,
        "candidates": candidates(request.viewer, page, sought) if is_alone else [],
    }


def _page(request: ViewerRequest, page: Page, status: int, **forms: Any) -> HttpResponse:
    form = forms.get("form") or _settings_form(page)
    readers = [("", in_words(None, []))] + [
        (key, in_words(one, [plan.name for plan in one.plans.all()]))
        for key, one in form.audiences.items()
    ]
    context = {
        "page": page,
        "form": form,
        "place_form": forms.get("place_form") or _place_form(request.viewer, page),
        "readers": readers,
        "url": public_url(page.section, page),
        "redirects": page.redirects.order_by("path")[:20],
        "refusal": forms.get("refusal", ""),
        **_versions(request, page),
    }
    return render(request, "docs/desk/page_settings.html", context, status=status)
