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
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import STRANGER
from handrail.mediums.tickets.models import SignInRequest
from handrail.mediums.tickets.public import links
from handrail.people.actions import (
    enter_by_code,
    enter_by_link,
    exchange_token,
    make_code,
    make_link,
    start_session,
)
from handrail.people.models import Agent, HelpSession, Host, Member, OneTimePass
from handrail.people.refusals import Refused
from handrail.surfaces.help.sessions import COOKIE
from tests.host_platform import token
from tests.strangers import asked, letters, proof_link, proved, visitor

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


# --- Links to people whom we do not know --------------------------------------------------------


def test_a_proof_link_is_random_hashed_at_rest_and_works_once(dora: Agent) -> None:
    path = proof_link(dora, asked())
    secret = path.rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
    [kept] = SignInRequest.objects.values_list("proof_digest", flat=True)
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert visitor().get(path.replace(secret, kept)).status_code == 404
    assert visitor().post(path).status_code == 302
    assert visitor().post(path).status_code == 404
    assert visitor().get(path).status_code == 404


def test_looking_at_a_proof_link_proves_nothing(dora: Agent) -> None:
    """Programs that look into mail follow every link in it."""
    path = proof_link(dora, asked())
    for _ in range(3):
        assert visitor().get(path).status_code == 200
        assert visitor().head(path).status_code == 200
    assert not SignInRequest.objects.exclude(proved_at=None).exists()


def test_a_newer_proof_link_ends_the_older_and_all_expire(dora: Agent) -> None:
    ticket = asked()
    older, newer = proof_link(dora, ticket), proof_link(dora, ticket)
    assert visitor().post(older).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1)):
        assert visitor().post(newer).status_code == 404
    assert not SignInRequest.objects.exclude(proved_at=None).exists()


@pytest.mark.parametrize("secret", ["", "0", "None", "x" * 43, "x" * 5000, "%00"])
def test_an_empty_or_guessed_proof_proves_nothing(dora: Agent, secret: str) -> None:
    proved(dora)  # whose digest is empty again
    asked(email="lee@elsewhere.example")
    assert visitor().post(f"/sign-in-help/proof/{secret}").status_code in {404, 405}
    assert actions.prove(STRANGER, secret) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_follow_a_proof_link_at_once_one_counts(dora: Agent) -> None:
    secret = proof_link(dora, asked()).rpartition("/")[2]
    together = threading.Barrier(AT_ONCE)

    def attempt(_: int) -> bool:
        together.wait()
        try:
            return actions.prove(STRANGER, secret) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        assert sum(crowd.map(attempt, range(AT_ONCE))) == 1


def test_a_link_to_write_back_is_for_one_ticket_and_not_for_ever(dora: Agent) -> None:
    mine, other = proved(dora), proved(dora, email="lee@elsewhere.example")
    path = links.more_path(mine.conversation, mine.sign_in_request)
    assert visitor().get(path).status_code == 200
    foreign = path.replace(mine.conversation.public_id, other.conversation.public_id)
    public_id, _, key = path.removeprefix("/sign-in-help/").partition("/")
    expires, _, word = key.partition("-")
    longer = f"/sign-in-help/{public_id}/{int(expires) + 60}-{word}"
    for forged in (foreign, longer, path[:-1], f"/sign-in-help/{public_id}/{expires}-"):
        assert visitor().get(forged).status_code == 404
        assert visitor().post(forged, {"body": "Hello"}).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1)):
        assert visitor().post(path, {"body": "Hello"}).status_code == 404


def test_a_link_to_write_back_shows_nothing_and_opens_no_session(dora: Agent) -> None:
    ticket = proved(dora, body="my secret is a zebra")
    answer = visitor().get(links.more_path(ticket.conversation, ticket.sign_in_request))
    assert "zebra" not in answer.content.decode()
    assert not answer.cookies
    assert letters()  # and no letter ever held a way in
    assert not any("/help/link/" in letter.body for letter in letters())
