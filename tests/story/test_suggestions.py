"""Is somebody shown what answers them before they ask? With a medium beside ours that suggests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import no_serious_axe_findings_in_any_look
from tests.servers import fresh_database
from tests.stack import Stack, running_stack
from tests.story.people import Member
from tests.story.writing import FORM, kept


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    """An installation with postcards."""
    folder = tmp_path_factory.mktemp("postcards")
    settings = {"DJANGO_SETTINGS_MODULE": "tests.fences.with_postcards"}
    with fresh_database(folder, request) as database_url:
        with running_stack(folder, database_url, **settings) as running:
            yield running


def test_what_may_answer_is_shown_and_what_was_typed_is_there_when_one_comes_back(
    alice: Member,
) -> None:
    alice.enter_hub(FORM)
    page = alice.page
    with kept(page, last="subject"):
        page.get_by_label("Subject").press_sequentially("My card is late", delay=10)
    card = page.get_by_role("region", name="Perhaps this answers it")
    expect(card.get_by_text("Wish you were here.")).to_be_visible()
    expect(page.get_by_text("A card from nobody")).to_have_count(0)
    above, below = card.bounding_box(), page.get_by_role("button", name="Create").bounding_box()
    assert above and below and above["y"] < below["y"]
    no_serious_axe_findings_in_any_look(page)

    card.get_by_role("link", name="A card from the sea").click()
    page.wait_for_url("**/help/postcards/**")
    page.go_back()
    expect(page.get_by_label("Subject")).to_have_value("My card is late")
    expect(card).to_be_visible()
    page.get_by_label("Subject").fill("Something else")
    expect(card).to_have_count(0)
