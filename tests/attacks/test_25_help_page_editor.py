"""CSRF, state change on GET: what editors do with help pages. Frappe CVE-2026-63654.

An agent's cookie alone changes nothing: each form sends the word of the page that it stands in, and
no address that changes something answers to GET.
"""

from typing import Any

import pytest
from django.test import Client

from handrail.people.models import Agent, Member
from tests.fences.database import digest
from tests.fences.table import ROWS, Row
from tests.fences.world import World

pytestmark = pytest.mark.django_db

POSTS = [row for row in ROWS if row.name.startswith("docs-desk:") and row.method == "POST"]
READ_TOO = {row.name for row in ROWS if row.method == "GET"}


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


def test_there_are_forms_to_attack() -> None:
    assert len(POSTS) > 20


@pytest.mark.parametrize("row", POSTS, ids=str)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_another_site_changes_no_help_page_with_an_editors_cookie(
    world: World, row: Row, origin: str | None
) -> None:
    victim = Client(enforce_csrf_checks=True)
    victim.cookies = world.browser("editor").cookies
    path, given, before = world.path(row), world.given(row), digest()
    headers = {"origin": origin} if origin else {}
    assert victim.post(path, given, headers=headers).status_code == 403
    assert digest() == before


@pytest.mark.parametrize("row", [row for row in POSTS if row.name not in READ_TOO], ids=str)
def test_nothing_is_changed_by_looking(world: World, row: Row) -> None:
    browser = world.browser("editor")
    path, before = world.path(row), digest()
    assert browser.get(path).status_code == 405
    assert digest() == before
