"""How is a hint drawn? In the tone of its style, with an icon, its style said to who cannot see.

GitBook: `{% hint style="info" %} … {% endhint %}`; `icon` and `title` may be there. GitHub's alerts
(`> [!NOTE]`) are the same to readers.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.icons import icon_named
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, icon, made


class Look(NamedTuple):
    """A tone of the design system, an icon of the sprite, and what a screen reader says."""

    tone: str
    icon: str
    label: str


LOOKS = {
    "info": Look("info", "info", gettext_noop("Note")),
    "success": Look("positive", "circle-check", gettext_noop("Good to know")),
    "warning": Look("warning", "triangle-alert", gettext_noop("Take care")),
    "danger": Look("danger", "circle-alert", gettext_noop("Danger")),
}

SAME = {
    "tip": "success",
    "note": "info",
    "important": "warning",
    "working": "warning",
    "caution": "danger",
    "error": "danger",
}
"""Styles of GitBook's first years and of GitHub's alerts."""


def draw(node: Node, page: Page) -> None:
    """A hint without a style is an info; one whose style nobody knows, too, with a problem."""
    given = node.attributes
    style = given.get("style", "info").lower()
    look = LOOKS.get(SAME.get(style, style))
    if look is None:
        look = LOOKS["info"]
        page.problems.note(
            node.line, f'style="{style}"', _("No hint has this style; it is an info.")
        )
    body = made("div", {"class": "callout-body"}, node.children)
    if title := given.get("title", "").strip():
        body.children.insert(0, made("p", {"class": "callout-title"}, [title]))
    drawing = icon(icon_named(given.get("icon", "")) or look.icon)
    label = {"class": f"callout {look.tone}", "role": "note", "aria-label": page.say(look.label)}
    node.become("div", label, [drawing, body])


HINT = Block("hint", draw)
