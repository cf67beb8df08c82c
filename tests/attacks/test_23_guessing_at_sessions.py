"""Brute force, enumeration, MIME and recurrence bombs. Zammad CVE-2022-35490.

Here: guessing at the doors of members' sessions. Counted by address with atomic counters, and
nothing tells a near miss from a wild guess.
"""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from conftest import ACME
from handrail.base.origins import own_origin
from handrail.people.actions import enter_by_link, make_link, start_session
from handrail.people.models import Host, Member
from handrail.surfaces.help.session_views import FAILURES
from tests.host_platform import Frame, logout_token, token

DOORS: dict[str, Callable[[Client], Any]] = {
    "token": lambda browser: browser.post(
        "/help/session", {"token": "guess"}, content_type="application/json"
    ),
    "code": lambda browser: browser.post("/help/enter", {"code": "guess"}),
    "link": lambda browser: browser.get("/help/link/guess"),
    "link used": lambda browser: browser.post("/help/link/guess"),
    "logout": lambda browser: browser.post("/help/backchannel-logout", {"logout_token": "guess"}),
}


@pytest.mark.parametrize("knock", DOORS.values(), ids=DOORS.keys())
def test_whoever_guesses_is_stopped_at_every_door(
    host: Host, knock: Callable[[Client], Any]
) -> None:
    guesser = Client(headers={"origin": own_origin()})
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(FAILURES.most):
            assert knock(guesser).status_code in {400, 403}
        for door in DOORS.values():
            answer = door(guesser)
            assert answer.status_code == 429
            assert int(answer["Retry-After"]) >= 1


def test_a_forged_forwarded_address_does_not_help_the_guesser(host: Host) -> None:
    guesser = Client(headers={"origin": own_origin()})
    with time_machine.travel(timezone.now(), tick=False):
        for number in range(FAILURES.most):
            guesser.get("/help/link/guess", headers={"x-forwarded-for": f"198.51.100.{number}"})
        last = guesser.get("/help/link/guess", headers={"x-forwarded-for": "203.0.113.1"})
    assert last.status_code == 429


def test_a_link_that_was_used_looks_like_one_that_never_was(alice: Member) -> None:
    spent = make_link(alice, "/help/") or ""
    enter_by_link(spent)
    pages = set()
    for secret in (spent, "x" * len(spent)):
        page = Client().get(f"/help/link/{secret}")
        pages.add((page.status_code, page.content.replace(secret.encode(), b"")))
    assert len(pages) == 1
    assert alice.name.encode() not in pages.pop()[1]


def test_signing_out_a_stranger_looks_like_signing_out_a_member(
    alice: Member, claims_of: Callable[..., dict[str, Any]]
) -> None:
    start_session(alice)
    answers = {
        (answer.status_code, answer.content)
        for subject in ("alice", "nobody-here")
        for answer in [
            Client().post("/help/backchannel-logout", {"logout_token": logout_token(subject)})
        ]
    }
    assert answers == {(200, b"")}


@pytest.mark.parametrize(
    "given", ["." * 16_000, "a" * 16_000, ("ey" * 5_000) + "." + ("ey" * 2_000) + ".x", "[" * 9_000]
)
def test_a_token_made_to_be_expensive_is_cheap(host: Host, given: str) -> None:
    assert Frame().exchange(given).status_code in {400, 413}


def test_a_body_without_end_is_not_read(
    host: Host, claims_of: Callable[..., dict[str, Any]]
) -> None:
    padded = token(claims_of("Alice", ACME)) + " " * 2_000_000
    assert Frame().exchange(padded).status_code in {400, 413}
