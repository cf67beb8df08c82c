"""Does the command palette lead an editor to a page?"""

from handrail.mediums.docs.console import palette
from handrail.mediums.docs.models import Page
from handrail.people.models import Agent
from tests.making import viewer_of


def test_a_page_is_found_by_its_title(eva: Agent, page: Page) -> None:
    [command] = palette.search(viewer_of(eva), "lin")
    assert (command.label, command.url) == ("Links", f"/console/docs/{page.public_id}/")
    assert command.hint == "Brand · English"


def test_a_new_page_is_a_command(eva: Agent) -> None:
    assert [one.url for one in palette.search(viewer_of(eva), "new")] == ["/console/docs/new"]


def test_what_was_seen_lately_comes_in_its_order(eva: Agent, page: Page) -> None:
    found = palette.seen(viewer_of(eva), ["nothing", page.public_id])
    assert [one.label for one in found] == ["Links"]


def test_agents_who_do_not_edit_find_nothing(dora: Agent, page: Page) -> None:
    assert palette.search(viewer_of(dora), "links") == []
    assert palette.seen(viewer_of(dora), [page.public_id]) == []
