"""Where may a link of a page lead: to another page, a file, another site, a place here?"""

import re
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

Kind = Literal["site", "place", "inside", "unsafe"]

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""All others are refused; `javascript:` and `data:` are only the best known of them."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_STRAYS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PAGE = re.compile(r"(?:\.(?:md|markdown|mdx|html?)|/|^)$", re.IGNORECASE)


class Targets(Protocol):
    """How the caller of `render` finds what a page leads to.

    Addresses come as the source has them, without `%20` and without what follows `#`. They may be
    of another site, too, in case that is the old address of what is here now. None: there is
    nothing that this page may lead to.
    """

    def page(self, address: str) -> str | None:
        """Where readers find the page that is called so."""
        ...

    def file(self, address: str) -> str | None:
        """Where readers find the file, or picture, that is called so."""
        ...


class NoTargets:
    """Leads nowhere: for a text that belongs to no tree."""

    def page(self, address: str) -> str | None:
        return None

    def file(self, address: str) -> str | None:
        return None


def clean_address(address: str) -> str:
    """Without spaces around, and without signs that hide what an address is."""
    address = address.strip()
    head, rest = address[:40], address[40:]
    if _SCHEME.match(_STRAYS.sub("", head)):
        head = _STRAYS.sub("", head)
    return head + rest


def kind_of(address: str) -> Kind:
    """What an address is; it was cleaned before."""
    if address.startswith("#"):
        return "place"
    if address.startswith(("//", "\\\\", "/\\", "\\/")):
        return "site" if address.startswith("//") else "unsafe"
    scheme = _SCHEME.match(address)
    if scheme is None:
        return "inside"
    return "site" if scheme[1].lower() in SCHEMES else "unsafe"


def part_address(address: str) -> tuple[str, str]:
    """The address as the tree knows it, and the place in it with its `#`, or nothing."""
    path, sign, place = address.partition("#")
    return unquote(path), sign + place


def looks_like_page(path: str) -> bool:
    """Whether an address without a file's ending, or with a page's, is more likely a page."""
    name = path.rpartition("/")[2].partition("?")[0]
    return bool(_PAGE.search(path)) or "." not in name


def host_of(address: str) -> str:
    """The name of the site, for readers who want to know before they go there."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
