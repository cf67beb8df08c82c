"""Does /console/design show every component?"""

import re
from pathlib import Path
from typing import Any

import handrail.base
from handrail.people.models import Agent
from tests.browsing import client_for

TEMPLATES = Path(handrail.base.__file__).parent / "templates/base"
CONSOLE = Path(__file__).parents[1] / "templates/console"


def components_in(text: str) -> set[str]:
    """Names of the components that a template's source draws."""
    included = re.findall(r"base/components/(\w+)\.html", text)
    return {*included, *re.findall(r'\{% wrap "(\w+)"', text)}


def shown() -> set[str]:
    """What the page and its frame draw, and what these components draw in turn."""
    pages = [CONSOLE / "design.html", *(CONSOLE / "design").glob("*.html"), TEMPLATES / "page.html"]
    found: set[str] = set()
    waiting = {name for page in pages for name in components_in(page.read_text())}
    while waiting:
        found |= waiting
        parts = (TEMPLATES / "components" / f"{name}.html" for name in waiting)
        waiting = {name for part in parts for name in components_in(part.read_text())} - found
    return found


def test_every_component_has_its_specimen() -> None:
    exist = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert exist - shown() == set()


def test_an_agent_sees_the_page(dora: Agent, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    html = client_for(dora).get("/console/design/").content.decode()
    assert 'data-theme="light"' in html
    assert 'data-theme="dark"' in html
    assert html.count("Internal note. Members never see this.") == 2
