"""Do pages cost as many queries for twenty rows as for one?"""

from typing import Any

import pytest

from handrail.engines.conversations.access import ConversationQuerySet
from handrail.people.models import Agent, Host, Member
from tests.fences.counted import PAGES, WITHOUT_ROWS, Page
from tests.fences.scene import ClaimsOf, Scene
from tests.fences.table import ROWS

FEW, MANY = 1, 20


@pytest.fixture
def scene(host: Host, claims_of: ClaimsOf, alice: Member, dora: Agent, settings: Any) -> Scene:
    settings.REQUIRE_SECOND_FACTOR = False
    return Scene(host, claims_of, alice, dora)


def test_every_page_is_counted_or_has_no_rows() -> None:
    counted = {page.name for page in PAGES}
    pages = {row.name for row in ROWS if row.method == "GET"}
    ours = {name for name in pages if not name.startswith(("account_", "mfa_"))}
    unknown = ours - counted - WITHOUT_ROWS
    assert not unknown, f"put {sorted(unknown)} into PAGES of counted.py"
    assert not counted & WITHOUT_ROWS


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_many_rows_cost_as_many_queries_as_one(scene: Scene, page: Page) -> None:
    page.fill(scene, FEW)
    few = scene.ask(page.who, page.path)
    page.fill(scene, MANY - FEW)
    many = scene.ask(page.who, page.path)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= page.most, "\n".join(many)


def test_a_query_for_each_row_is_noticed(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ConversationQuerySet, "select_related", lambda rows, *names: rows)
    scene.answered(FEW)
    few = scene.ask("dora", "/console/tickets/?view=all")
    scene.answered(MANY - FEW)
    many = scene.ask("dora", "/console/tickets/?view=all")
    assert len(many) > len(few) + MANY
