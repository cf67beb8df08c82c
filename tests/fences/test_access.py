"""Does everybody get what the table says, and nothing outside of it?

A new address fails here until it has a row. What a row says is asked for by each of the cast on
the real pages, about things that all of them could confuse; see `world`.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from handrail.base import statements
from handrail.engines.conversations.access import ConversationQuerySet
from handrail.engines.conversations.models import Conversation
from handrail.people.models import Agent, Member
from tests.browsing import MemberClient
from tests.fences.database import digest, undone
from tests.fences.table import CAST, ROWS, Row
from tests.fences.urls import url_names
from tests.fences.world import ASKED, World
from tests.making import SUBJECT

READS = [row for row in ROWS if row.method == "GET"]
WRITES = [row for row in ROWS if row.method == "POST"]

WITHOUT_PAGE_WORD = {
    "help:session": "the frame asks before it drew a page",
    "help:end": "the frame signs out also where it drew no page",
    "help:enter": "a form of the host's own page sends it; a token or code proves it",
    "help:link": "a page for somebody who is not signed in yet",
}
"""Changes below /help/ that need our Origin alone, and why."""

ALWAYS_ANSWERED = {"account_reset_password_from_key": "that the link is bad, to every method"}
"""Addresses that say something with any method; like all others they write nothing."""

BY_SERVERS = "help:backchannel-logout"
"""Asked by the host's server: a signature counts, there is no page and no Origin."""


@pytest.fixture
def world(alice: Member, bob: Member, carol: Member, dora: Agent, settings: Any) -> World:
    settings.REQUIRE_SECOND_FACTOR = False
    return World(alice, bob, carol, dora)


# --- The table itself ---------------------------------------------------------------------------


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    known, listed = url_names(), {row.name for row in ROWS}
    assert not known - listed, f"say in TABLE who gets what at {sorted(known - listed)}"
    assert not listed - known, f"TABLE speaks of {sorted(listed - known)}, which is no more"


def test_what_is_asked_of_a_shared_thing_is_asked_of_a_private_one() -> None:
    """A shared ticket proves nothing of a private one."""
    for row in ROWS:
        if row.target == "shared" and row.name.startswith("tickets:"):
            same_address = {other.target for other in ROWS if other.name == row.name}
            assert "private" in same_address, str(row)


# --- What each of the cast gets -----------------------------------------------------------------


@pytest.mark.parametrize("person", CAST)
def test_reading_gives_what_the_table_says_and_writes_nothing(world: World, person: str) -> None:
    got = {}
    for row in READS:
        browser, path = world.browser(person), world.path(row)
        before = digest()
        got[row] = browser.get(path).status_code
        assert digest() == before, f"{person}: {row} wrote into the database"
    assert not surprises(person, got)


@pytest.mark.parametrize("person", CAST)
def test_writing_gives_what_the_table_says(world: World, person: str) -> None:
    got = {}
    for row in WRITES:
        with undone():
            got[row] = world.ask(world.browser(person), row).status_code
    assert not surprises(person, got)


@pytest.mark.parametrize("person", ["carol", "editor", "visitor"])
def test_no_answer_tells_a_stranger_of_acmes_tickets(world: World, person: str) -> None:
    """A 200 with a leak is a leak: a list is open to Carol, Acme's rows in it are not. What readers
    ask is read by editors."""
    for row in ROWS:
        with undone():
            said = body_of(world.ask(world.browser(person), row))
        assert SUBJECT.encode() not in said, f"{person}: {row}"
        assert b"Since Monday" not in said, f"{person}: {row}"
        assert person == "editor" or ASKED.encode() not in said, f"{person}: {row}"


def test_acmes_own_people_and_agents_find_the_tickets(world: World) -> None:
    """Without this, the test above could pass on pages that show nothing to anybody."""
    for person, path in [("alice", "/help/tickets/"), ("bob", "/help/tickets/rows")]:
        assert SUBJECT.encode() in world.browser(person).get(path).content
    for path in ["/console/tickets/", "/console/tickets/rows?view=all"]:
        assert SUBJECT.encode() in world.browser("dora").get(path).content


@pytest.mark.parametrize("person", ["bob", "carol", "dora", "editor", "admin"])
def test_what_is_not_ones_own_looks_like_what_does_not_exist(world: World, person: str) -> None:
    for row in ROWS:
        if row.statuses[person] != 404 or row.target == "-":
            continue
        with undone():
            hidden = world.ask(world.browser(person), row)
            missing = world.ask(world.browser(person), row, made_up=True)
        assert told(hidden) == told(missing), f"{person}: {row}"


def test_the_table_notices_when_the_rule_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ConversationQuerySet, "visible_to", lambda rows, viewer: rows)
    monkeypatch.setattr(statements._kept, "texts", {})  # written while there was a rule
    browser = world.browser("carol")
    got = {row: browser.get(world.path(row)).status_code for row in READS}
    said = "\n".join(surprises("carol", got))
    for name in ("tickets:detail", "tickets:messages", "tickets:download", "tickets:preview"):
        assert f"GET {name} private gives 200, not 404" in said
    assert SUBJECT.encode() in browser.get("/help/tickets/").content


def test_the_digest_notices_one_changed_row(world: World) -> None:
    before = digest()
    with undone():
        Conversation.objects.filter(pk=world.tickets["private"].pk).update(is_unread=True)
        assert digest() != before
    assert digest() == before


def test_an_agent_without_a_second_factor_gets_no_further_than_setting_it_up(
    world: World, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    browser = world.browser("dora")
    for row in ROWS:
        if world.path(row).startswith("/console/") and not row.name.startswith(
            ("account_", "mfa_")
        ):
            answer = world.ask(browser, row)
            assert (answer.status_code, answer["Location"]) == (
                302,
                reverse("mfa_activate_totp"),
            ), str(row)


# --- Methods ------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["alice", "admin", "visitor"])
def test_a_method_without_a_row_gets_nowhere(world: World, person: str) -> None:
    listed = {(row.method, row.name) for row in ROWS}
    browser = world.browser(person)
    for row in {row.name: row for row in ROWS}.values():
        path = world.path(row)
        before = digest()
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            same = "POST" if method == "PUT" else method  # to Django's forms they are one
            if (same, row.name) not in listed:
                status = browser.generic(method, path).status_code
                is_refused = status in {302, 401, 403, 404, 405} or row.name in ALWAYS_ANSWERED
                assert is_refused, f"{person}: {method} {row.name} gives {status}"
        assert digest() == before, f"{person}: {row.name} wrote into the database"


def test_a_members_change_from_elsewhere_is_refused(world: World) -> None:
    """Neither without our Origin, nor without the word that only our own pages hold."""
    for row in WRITES:
        if not world.path(row).startswith("/help/") or row.name == BY_SERVERS:
            continue
        with undone():
            answer = world.ask(MemberClient(world.alice), row, without="Origin")
            assert answer.status_code == 403, str(row)
            if row.name not in WITHOUT_PAGE_WORD:
                answer = world.ask(MemberClient(world.alice), row, without="X-Handrail-Token")
                assert answer.status_code == 409, str(row)


def test_an_agents_change_without_the_pages_word_is_refused(world: World) -> None:
    for row in WRITES:
        if not world.path(row).startswith("/console/"):
            continue
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(world.admin)
        before = digest()
        assert world.ask(browser, row).status_code == 403, str(row)
        assert digest() == before, str(row)


def surprises(person: str, got: dict[Row, int]) -> list[str]:
    """Where the answers differ from the table, in words."""
    return [
        f"{person}: {row} gives {status}, not {row.statuses[person]}"
        for row, status in got.items()
        if status != row.statuses[person]
    ]


def body_of(answer: Any) -> bytes:
    body: bytes = answer.getvalue() if answer.streaming else answer.content
    return body


def told(answer: Any) -> tuple[object, ...]:
    """All that an answer says, less what is random in every answer."""
    headers = {name: value for name, value in answer.items() if name != "X-Request-ID"}
    policy = headers.pop("Content-Security-Policy", "")
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    body = body_of(answer).decode()
    for nonce in nonces:
        policy, body = policy.replace(nonce, "nonce"), body.replace(nonce, "nonce")
    return answer.status_code, headers, policy, body
