"""How does a page begin and end? It is made, hidden from readers again, and deleted."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT, PageQuerySet
from handrail.mediums.docs.console.forms import NewPageForm, ParentField
from handrail.mediums.docs.console.index import address
from handrail.mediums.docs.console.parts import FORM_METHODS, INVALID, find_page
from handrail.mediums.docs.models import Page, Section
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer


class DeleteForm(forms.Form):
    """Where the addresses of a deleted page lead from now on."""

    def __init__(self, *args: object, among: Iterable[Page], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["lead_to"] = ParentField(
            among,
            label=gettext_lazy("Its address leads on to"),
            nothing=gettext_lazy("Nowhere: readers are told that it is gone"),
        )


@require_http_methods(FORM_METHODS)
def new(request: ViewerRequest) -> HttpResponse:
    """A page with a title and a place; then its editor."""
    request.viewer.require(EDIT)
    section = _section(request)
    if section is None:
        return redirect("docs-desk:new-section")
    spoken = request.GET.get("language", "")
    family = Page.objects.visible_to(request.viewer).filter(section=section)
    is_spoken = spoken and family.filter(language=spoken.replace("\0", "")).exists()
    language = spoken if is_spoken else section.language
    form = NewPageForm(
        request.POST or None,
        among=places(request.viewer, section, language),
        initial={"parent": request.GET.get("parent", ""), "title": request.GET.get("title", "")},
    )
    if form.is_valid():
        try:
            page = actions.make_page(
                request.viewer, section, language=language, **form.cleaned_data
            )
            return redirect("docs-desk:page", page.public_id)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    sections = Section.objects.visible_to(request.viewer)
    context = {
        "form": form,
        "section": section,
        "sections": sections,
        "language": language,
        "back_url": address(section, language),
    }
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/new_page.html", context, status=status)


@require_POST
def withdraw(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Readers do not find it any more."""
    page = find_page(request, public_id)
    try:
        actions.withdraw(request.viewer, page)
        messages.success(request, _("Readers do not see it any more. Publish it to bring it back."))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("docs-desk:page", page.public_id)


@require_http_methods(FORM_METHODS)
def delete(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Asks once more, and where its address should lead."""
    page = find_page(request, public_id)
    others = places(request.viewer, page.section, page.language).exclude(pk=page.pk)
    form = DeleteForm(request.POST if request.method == "POST" else None, among=others)
    if form.is_valid():
        try:
            actions.delete_page(request.viewer, page, lead_to=form.cleaned_data["lead_to"])
            messages.success(request, _("“%(title)s” is deleted.") % {"title": page.title})
            return redirect(address(page.section, page.language))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"page": page, "form": form, "has_children": page.children.exists()}
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/delete.html", context, status=status)


def places(viewer: Viewer, section: Section, language: str) -> PageQuerySet:
    """The pages of a section in one language in order, with what a list of them needs."""
    pages = Page.objects.visible_to(viewer).filter(section=section, language=language)
    facts = ("public_id", "title", "trail", "section_id", "language", "path")
    return pages.only(*facts).order_by("rank", "pk")


def _section(request: ViewerRequest) -> Section | None:
    sections = list(Section.objects.visible_to(request.viewer))
    asked = request.GET.get("section", "")
    found = next((one for one in sections if one.slug == asked), None)
    return found or (sections[0] if sections else None)
