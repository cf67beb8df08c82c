"""How are tabs drawn? As panels with their titles; a script lays them behind each other.

GitBook: `{% tabs %}{% tab title="…" icon="…" %} … {% endtab %}{% endtabs %}`. Without a script the
list on top leads to the panels, which are all there, as they are when the page is printed.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from handrail.base.markdown.blocks.block import Block
from handrail.base.markdown.icons import icon_named
from handrail.base.markdown.page import Page
from handrail.base.markdown.tree import Child, Node, icon, made, says_something

UNTITLED = gettext_noop("Tab %(number)s")


def draw(node: Node, page: Page) -> None:
    """What stands between the tabs stands before them, so that nothing is lost."""
    panels = [child for child in node.elements() if child.tag == "%tab"]
    others: list[Child] = [child for child in node.children if child not in panels]
    if not panels:
        page.problems.note(node.line, "{% tabs %}", _("There is no tab in it."))
        node.become("div")
        return
    tablist = made("div", {"role": "tablist", "class": "tab-list"}, is_silent=True)
    for number, panel in enumerate(panels, start=1):
        tablist.children.append(_draw_panel(panel, number, page))
    _keep_others(others, page, node)
    node.become("tab-group", {}, [*others, tablist, *panels])


def _draw_panel(panel: Node, number: int, page: Page) -> Node:
    """Makes the panel what browsers know, and answers with what opens it."""
    title = panel.attributes.get("title", "").strip() or page.say(UNTITLED) % {"number": number}
    name = page.anchors.for_words(title)
    drawing = icon_named(panel.attributes.get("icon", ""))
    face: list[Child] = [icon(drawing), title] if drawing else [title]
    heading = made("p", {"class": "tab-title"}, [title])
    about = {"role": "tabpanel", "id": name, "aria-labelledby": f"tab:{name}"}
    panel.become("section", about, [heading, *panel.children])
    chosen = "true" if number == 1 else "false"
    about = {
        "role": "tab",
        "href": f"#{name}",
        "id": f"tab:{name}",
        "aria-controls": name,
        "aria-selected": chosen,
    }
    return made("a", about, face)


def _keep_others(others: list[Child], page: Page, node: Node) -> None:
    if any(says_something(other) for other in others):
        words = _("Something stands between the tabs; it was moved before them.")
        page.problems.note(node.line, "{% tabs %}", words)
    else:
        others.clear()


def draw_stray(node: Node, page: Page) -> None:
    """A tab that is in no tabs: its title and its content."""
    page.problems.note(node.line, "{% tab %}", _("This tab is in no tabs."))
    title = node.attributes.get("title", "").strip()
    heading: list[Child] = [made("p", {"class": "tab-title"}, [title])] if title else []
    node.become("div", {}, [*heading, *node.children])


TABS = Block("tabs", draw)
TAB = Block("tab", draw_stray, within="tabs")
