"""How does an editor make, name, order and remove sections?"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from handrail.mediums.docs import actions
from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.console.forms import SectionForm
from handrail.mediums.docs.console.index import address
from handrail.mediums.docs.console.parts import FORM_METHODS, INVALID, find_section
from handrail.mediums.docs.models import Section
from handrail.people.requests import ViewerRequest


@require_http_methods(FORM_METHODS)
def new(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(EDIT)
    form = SectionForm(request.POST or None)
    if form.is_valid():
        try:
            section = actions.make_section(request.viewer, **form.cleaned_data)
            messages.success(request, _("The section is made. Write its first page."))
            return redirect(address(section))
        except ValidationError as refusal:
            form.add_error("slug", refusal)
    return _page(request, form, None)


@require_http_methods(FORM_METHODS)
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    section = find_section(request, public_id)
    initial = {name: getattr(section, name) for name in ("title", "description", "icon")}
    form = SectionForm(request.POST or None, initial=initial, section=section)
    if form.is_valid():
        actions.change_section(request.viewer, section, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(address(section))
    return _page(request, form, section)


@require_POST
def move(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One place up or down among the sections; at the end of the row it stays."""
    section = find_section(request, public_id)
    sections = list(Section.objects.visible_to(request.viewer))
    at = sections.index(section)
    to = at + (1 if request.POST.get("move") == "down" else -1)
    if 0 <= to < len(sections):
        sections.insert(to, sections.pop(at))
        actions.order_sections(request.viewer, sections)
    return redirect("docs-desk:section", section.public_id)


@require_POST
def delete(request: ViewerRequest, public_id: str) -> HttpResponse:
    section = find_section(request, public_id)
    try:
        actions.delete_section(request.viewer, section)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("docs-desk:section", section.public_id)
    messages.success(request, _("The section is deleted."))
    return redirect("docs-desk:index")


def _page(request: ViewerRequest, form: SectionForm, section: Section | None) -> HttpResponse:
    sections = list(Section.objects.visible_to(request.viewer))
    context = {"form": form, "section": section, "sections": sections}
    status = INVALID if form.is_bound else 200
    return render(request, "docs/desk/section.html", context, status=status)
