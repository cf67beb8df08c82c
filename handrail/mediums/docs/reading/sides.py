"""Where is a page read? In the panel, or on the public site: the same page in another frame."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, get_supported_language_variant

from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import path_of


@dataclass(frozen=True)
class Side:
    """One of the two. Their addresses differ by what they begin with."""

    prefix: str
    frame: str
    """The template that all of this side's pages extend."""
    namespace: str
    is_public: bool

    def address(self, section: Section, page: Page, suffix: str = "") -> str:
        """The address of a page on this side, within our origin."""
        return f"{self.prefix}{path_of(section, page)}{suffix}"

    def index(self, section: Section, language: str = "") -> str:
        """The address of a section's first page, in its own or in another language."""
        is_own = language in ("", section.language)
        return f"{self.prefix}{section.slug}" + ("" if is_own else f"/{language}")

    @property
    def search_address(self) -> str:
        return f"{self.prefix}search"

    @property
    def ask_address(self) -> str:
        return f"{self.prefix}ask"


PANEL = Side("/help/docs/", "docs/panel.html", "docs", is_public=False)
SITE = Side("/docs/", "docs/site.html", "docs-public", is_public=True)


def absolute(path: str) -> str:
    """The whole address as programs want it, with letters of other scripts encoded."""
    return iri_to_uri(f"{settings.HANDRAIL_URL}{path}")


@contextmanager
def speaking(side: Side, language: str) -> Iterator[None]:
    """On the public site an address that names a language is answered in it, where we speak it.

    In the panel the member's own language stays.
    """
    try:
        ours = get_supported_language_variant(language) if side.is_public and language else None
    except LookupError:
        ours = None
    with translation.override(ours or get_language()):
        yield
