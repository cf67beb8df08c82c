"""How is something of another site drawn? A film to press, all else as a card to follow.

GitBook: `{% embed url="…" %}`, with a caption and `{% endembed %}` where it has one. Nothing is
asked of another site before somebody presses, and no player is let in but those named here.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from handrail.base.markdown.addresses import clean_address, host_of, kind_of
from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, icon, made, words

PLAY = gettext_noop("Play the video from %(site)s")
PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://www.loom.com")
"""Sites whose players may be shown in a page, for its `frame-src`."""

_YOUTUBE = re.compile(r"[A-Za-z0-9_-]{6,20}")
_VIMEO = re.compile(r"/(?:video/)?(\d{4,12})(?:/([0-9a-f]{6,20}))?/?$")
_LOOM = re.compile(r"/(?:share|embed)/([0-9a-f]{20,40})/?$")


class Player(NamedTuple):
    """Where a film plays, and the name of its site."""

    address: str
    site: str


def player_for(address: str) -> Player | None:
    """The player of a film that we know how to show; None for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    host = host_of(address).removeprefix("m.")
    if host in ("youtube.com", "youtu.be", "youtube-nocookie.com"):
        return _youtube(host, parts.path, parts.query)
    if host in ("vimeo.com", "player.vimeo.com") and (film := _VIMEO.search(parts.path)):
        secret = film[2] or parse_qs(parts.query).get("h", [""])[0]
        known = f"?h={secret}" if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
        return Player(f"{PLAYERS[1]}/video/{film[1]}{known}", "Vimeo")
    if host == "loom.com" and (film := _LOOM.search(parts.path)):
        return Player(f"{PLAYERS[2]}/embed/{film[1]}", "Loom")
    return None


def _youtube(host: str, path: str, query: str) -> Player | None:
    given = parse_qs(query)
    last = path.rstrip("/").rpartition("/")[2]
    name = last if host == "youtu.be" or last != "watch" else given.get("v", [""])[0]
    if not _YOUTUBE.fullmatch(name) or (
        last == path.strip("/") and host != "youtu.be" and last != "watch"
    ):
        return None
    start = re.fullmatch(r"(\d{1,6})s?", given.get("t", given.get("start", [""]))[0])
    return Player(f"{PLAYERS[0]}/embed/{name}" + (f"?start={start[1]}" if start else ""), "YouTube")


def draw(node: Node, page: Page) -> None:
    """The caption follows a film, and is the name of a card."""
    address = clean_address(node.attributes.get("url") or node.attributes.get("src") or "")
    if kind_of(address) != "site" or not address.lower().startswith(("http://", "https://", "//")):
        _draw_inside(node, address, page)
        return
    page.links.setdefault(address)
    caption = words(node) or node.attributes.get("title", "").strip()
    player = player_for(address)
    if player is None:
        about = {"class": "card-link", "href": address, **ELSEWHERE}
        face: list[Child] = [
            icon("external-link"),
            made("span", {"class": "card-title"}, [caption or address]),
        ]
        if caption:
            face += [" ", made("span", {"class": "card-about"}, [host_of(address)])]
        node.become("p", {"class": "card-line"}, [made("a", about, face)])
        return
    about = {"class": "embed-play", "href": address, "data-embed": player.address, **ELSEWHERE}
    label = page.say(PLAY) % {"site": player.site}
    face = [icon("play"), made("span", {}, [label])]
    children: list[Child] = [made("a", about, face)]
    if caption:
        children.append(made("figcaption", {}, [caption]))
    node.become("figure", {"class": "embed"}, children)


ELSEWHERE = {"target": "_blank", "rel": "noopener noreferrer"}
"""How a link to another site opens: beside the page, which may be a panel, and told nothing."""


def _draw_inside(node: Node, address: str, page: Page) -> None:
    """What is embedded from the same tree is a file or a page of it: a card."""
    found = page.link(address, node.line) if address else None
    if not address:
        page.problems.note(node.line, "{% embed %}", _("It does not say what to show."))
    if found is None:
        node.become("div")
        return
    name = words(node) or address.rpartition("/")[2]
    face: list[Child] = [icon("link"), made("span", {"class": "card-title"}, [name])]
    node.become(
        "p", {"class": "card-line"}, [made("a", {"class": "card-link", "href": found}, face)]
    )


EMBED = Block("embed", draw, has_content=False)
