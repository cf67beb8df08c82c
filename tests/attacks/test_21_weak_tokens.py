"""Weak, empty, eternal, reusable tokens. FreeScout CVE-2026-53595.

Everything that opens something is random, hashed at rest, expires, and works once where it can;
all of it stays true when two use it at the same moment.
"""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from conftest import ACME
from handrail.base.origins import own_origin
from handrail.people.actions import (
    enter_by_code,
    enter_by_link,
    exchange_token,
    make_code,
    make_link,
    start_session,
)
from handrail.people.models import HelpSession, Host, Member, OneTimePass
from handrail.people.refusals import Refused
from handrail.surfaces.help.sessions import COOKIE
from tests.host_platform import token

AT_ONCE = 8


def test_secrets_are_long_random_and_hashed_at_rest(alice: Member) -> None:
    session = start_session(alice)
    made = [session.secret, make_code(session.session), make_link(alice, "/help/") or ""]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in made)
    assert len({secret[:8] for secret in made}) == 3
    stored = [row.token_hash for row in [*HelpSession.objects.all(), *OneTimePass.objects.all()]]
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in stored)
    everything = _whole_database()
    assert not any(secret in everything for secret in made)


def test_a_stolen_hash_opens_nothing(alice: Member) -> None:
    issued = start_session(alice)
    browser = Client(headers={"origin": own_origin()})
    browser.cookies[COOKIE] = issued.session.token_hash
    assert browser.get("/help/tickets/").status_code == 401


@pytest.mark.parametrize("secret", ["", " ", "0", "null", "undefined", "None", "x" * 43, "%00"])
def test_an_empty_or_guessed_secret_opens_nothing(alice: Member, secret: str) -> None:
    start_session(alice)
    make_link(alice, "/help/")
    browser = Client(headers={"origin": own_origin()})
    browser.cookies[COOKIE] = secret
    assert browser.get("/help/tickets/").status_code == 401
    assert browser.post("/help/enter", {"code": secret}).status_code == 403
    assert browser.post(f"/help/link/{secret or '-'}").status_code == 403
    assert browser.post("/help/enter", {"token": secret}).status_code in {400, 403}


@pytest.mark.parametrize(
    ("lifetime", "what"),
    [
        (timedelta(seconds=60), "code"),
        (timedelta(minutes=30), "session"),
        (timedelta(days=7), "link"),
    ],
)
def test_nothing_lives_for_ever(alice: Member, lifetime: timedelta, what: str) -> None:
    issued = start_session(alice)
    browser = Client(headers={"origin": own_origin()})
    link, code = make_link(alice, "/help/"), make_code(issued.session)
    with time_machine.travel(timezone.now() + lifetime + timedelta(seconds=1)):
        if what == "session":
            browser.cookies[COOKIE] = issued.secret
            assert browser.get("/help/tickets/").status_code == 401
        elif what == "code":
            assert browser.post("/help/enter", {"code": code}).status_code == 403
        else:
            assert browser.post(f"/help/link/{link}").status_code == 403


def test_a_host_cannot_make_a_token_that_lives_long(
    host: Host, claims_of: Callable[..., dict[str, Any]]
) -> None:
    now = int(timezone.now().timestamp())
    with pytest.raises(Refused, match="lives_too_long"):
        exchange_token(token(claims_of("Alice", ACME), iat=now, exp=now + 86_400))
    with pytest.raises(Refused, match="bad_claims"):
        exchange_token(token(claims_of("Alice", ACME), exp=None))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["token", "code", "link"])
def test_of_many_at_the_same_moment_one_gets_in(
    host: Host, alice: Member, claims_of: Callable[..., dict[str, Any]], what: str
) -> None:
    session = start_session(alice).session
    secret, enter = {
        "token": (token(claims_of("Alice", ACME, "admin")), exchange_token),
        "code": (make_code(session), enter_by_code),
        "link": (make_link(alice, "/help/") or "", enter_by_link),
    }[what]
    sessions_before = HelpSession.objects.count()
    together = threading.Barrier(AT_ONCE)

    def attempt(_: int) -> bool:
        together.wait()
        try:
            enter(secret)  # type: ignore[operator]
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        assert sorted(crowd.map(attempt, range(AT_ONCE))) == [False] * (AT_ONCE - 1) + [True]
    assert HelpSession.objects.count() == sessions_before + 1


def _whole_database() -> str:
    """Every row of every table of people, as the database holds it."""
    tables: list[type[models.Model]] = [HelpSession, OneTimePass]
    return "".join(str(list(table._default_manager.values_list())) for table in tables)
