"""Which page is at an address? `<section>/[<language>/]<path>`, as this viewer."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q

from handrail.mediums.docs.models import LONGEST_PATH, Page, Redirect, Section
from handrail.mediums.docs.paths import LANGUAGE
from handrail.people.viewer import Viewer

LONGEST_ADDRESS = LONGEST_PATH + 100


@dataclass(frozen=True)
class Address:
    """An address taken apart; nothing of it has been looked up."""

    section: str
    rest: str
    language: str
    """What stands where a language would, if it looks like one; else empty."""
    after: str
    """What follows the language."""


@dataclass(frozen=True)
class Found:
    """What is at an address: a page, the list of a section, or the way to where it is now."""

    section: Section
    page: Page | None = None
    language: str = ""
    """The language that the address names; empty: the section's own."""
    is_fallback: bool = False
    """There is no such page in that language: this is the section's own."""
    leads_to: Page | None = None
    is_for_good: bool = True


def taken_apart(address: str) -> Address | None:
    """None for what can be no address of ours, whatever is in the database."""
    if "\0" in address or len(address) > LONGEST_ADDRESS:
        return None
    section, _, rest = address.strip("/").partition("/")
    first, _, after = rest.partition("/")
    language = first if LANGUAGE.fullmatch(first) else ""
    return Address(section, rest, language, after if language else "")


def find(viewer: Viewer, address: str, *, leave_out: tuple[str, ...]) -> Found | None:
    """What this viewer finds there. One query for a page, two or three for what is none.

    A section's own page, which has no path (the README.md of its tree), is at the section's
    address, and in each language at the language's. Where there is none, the list of its pages is.
    `leave_out`: the long fields that the caller does not show.
    """
    parts = taken_apart(address)
    if parts is None:
        return None
    page = _page_at(viewer, parts, leave_out)
    if page is not None:
        is_named = page.language == parts.language != page.section.language
        return Found(page.section, page, parts.language if is_named else "")
    if not parts.after and (index := _index(viewer, parts)):
        return index
    return _moved(viewer, parts) or _untranslated(viewer, parts, leave_out)


def _at(parts: Address) -> Q:
    """Conditions for rows with a section, a language and a path, as either reading has them."""
    here = Q(language=F("section__language"), path=parts.rest)
    if parts.language:
        here |= Q(language=parts.language, path=parts.after)
    return Q(section__slug=parts.section) & here


def _page_at(viewer: Viewer, parts: Address, leave_out: tuple[str, ...]) -> Page | None:
    """Where both readings of an address have a page, the one in the language that it names."""
    pages = Page.objects.visible_to(viewer).filter(_at(parts))
    found = list(pages.select_related("section").defer(*leave_out)[:2])
    return min(found, key=lambda page: page.language != parts.language, default=None)


def _index(viewer: Viewer, parts: Address) -> Found | None:
    """The section itself, or its pages in another language that it has."""
    section = Section.objects.visible_to(viewer).filter(slug=parts.section).first()
    if section is None or not parts.rest:
        return Found(section) if section else None
    listed = Page.objects.visible_to(viewer).listed().filter(section=section)
    is_there = parts.language and listed.filter(language=parts.language).exists()
    return Found(section, language=parts.language) if is_there else None


def _moved(viewer: Viewer, parts: Address) -> Found | None:
    moved = Redirect.objects.visible_to(viewer).filter(_at(parts))
    redirect = moved.select_related("page__section").first()
    return Found(redirect.page.section, leads_to=redirect.page) if redirect else None


def _untranslated(viewer: Viewer, parts: Address, leave_out: tuple[str, ...]) -> Found | None:
    """`de/tracking`, where `tracking` has a German page of another name, or none at all."""
    if not parts.after:
        return None
    visible = Page.objects.visible_to(viewer)
    own = visible.filter(language=F("section__language"), path=parts.after)
    own = own.filter(section__slug=parts.section).select_related("section")
    page = own.defer(*leave_out).first()
    if page is None:
        return None
    of_language = visible.filter(section=page.section, language=parts.language)
    translation = of_language.filter(original=page).first()
    if translation is not None:
        return Found(page.section, leads_to=translation, is_for_good=False)
    if parts.language not in dict(settings.LANGUAGES) and not of_language.exists():
        return None
    return Found(page.section, page, parts.language, is_fallback=True)
