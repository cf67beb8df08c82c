"""Which parts has the editors' desk, and how does one find a page or a section there?"""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from handrail.mediums.docs.access import EDIT
from handrail.mediums.docs.models import Page, Section
from handrail.people.requests import ViewerRequest

INVALID = 422
"""The status of a form that comes back with errors."""

FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Part:
    """A part of the desk, as its tab shows it."""

    name: str
    label: str
    url: str


def parts() -> list[Part]:
    """The tabs, in their order."""
    return [
        Part("pages", _("Pages"), reverse("docs-desk:index")),
        Part("questions", _("Questions"), reverse("docs-desk:questions")),
        Part("words", _("Search"), reverse("docs-desk:words")),
        Part("sources", _("Repositories"), reverse("docs-desk:sources")),
    ]


def find_page(request: ViewerRequest, public_id: str) -> Page:
    """The page with all that its frame names, in one query; 404 where there is none."""
    request.viewer.require(EDIT)
    pages = Page.objects.visible_to(request.viewer).filter(public_id=public_id)
    joined = pages.select_related("section", "source", "audience", "original")
    page = joined.defer("html", "outline", "original__html", "original__outline").first()
    if page is None:
        raise Http404
    return page


def find_section(request: ViewerRequest, public_id: str) -> Section:
    request.viewer.require(EDIT)
    section = Section.objects.visible_to(request.viewer).filter(public_id=public_id).first()
    if section is None:
        raise Http404
    return section


def language_in_words(tag: str) -> str:
    """As the viewer calls it: "German"; the tag itself where we do not know."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def name_of_language(tag: str) -> str:
    """As its speakers call it: "Deutsch"; the tag itself where we do not know."""
    try:
        return str(get_language_info(tag)["name_local"]).capitalize()
    except KeyError:
        return tag
