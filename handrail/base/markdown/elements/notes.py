"""How are footnotes drawn? Numbers that lead to a list at the end, and back."""

from django.utils.translation import gettext_noop

from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Node, made

BACK = gettext_noop("Back to the text")
NOTES = gettext_noop("Footnotes")


def draw_note_mention(node: Node, page: Page) -> None:
    """The second mention of the first note is `1-2`, and reads 1 as well."""
    to = node.attributes["to"]
    number = to.partition("-")[0]
    about = {"href": f"#note:{number}", "id": f"mention:{to}", "role": "doc-noteref"}
    node.become("sup", {}, [made("a", about, [number])])
    node.is_silent = True


def draw_notes(node: Node, page: Page) -> None:
    """The list of all notes of the page."""
    label = {"class": "notes", "role": "doc-endnotes", "aria-label": page.say(NOTES)}
    node.become("section", label, [made("ol", {}, node.children)])


def draw_note(node: Node, page: Page) -> None:
    """One note, to which its number leads."""
    node.become("li", {"id": f"note:{node.attributes['number']}"})


def draw_note_back(node: Node, page: Page) -> None:
    """An arrow back to where the note was mentioned."""
    about = {
        "href": f"#mention:{node.attributes['to']}",
        "role": "doc-backlink",
        "aria-label": page.say(BACK),
    }
    node.become("span", {}, [" ", made("a", about, ["↩"])])
    node.is_silent = True
