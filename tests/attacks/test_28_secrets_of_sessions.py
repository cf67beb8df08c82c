"""Secrets in logs and answers. FreeScout GHSA-7wcq.

Secrets are planted wherever somebody hands one to us, in requests that work and in requests that
fail; then the log, the answers and the database are searched for them.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from conftest import ACME, HOST_SECRET
from handrail.base.origins import own_origin
from handrail.people.actions import make_code, make_link, start_session
from handrail.people.models import Host, Member
from handrail.people.refusals import TokenRefused
from handrail.people.tokens import verify_identity
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token
from tests.host_platform import Frame, logout_token, token

ClaimsOf = Callable[..., dict[str, Any]]


def test_what_opens_a_session_is_in_no_log_and_no_answer(
    alice: Member,
    claims_of: ClaimsOf,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    claims = claims_of("Alice", ACME, "admin")
    session = start_session(alice)
    planted = {
        "token": token(claims),
        "foreign token": token(claims, key="another-secret-of-32-bytes-or-more"),
        "bad token": token(claims, role="a-role-that-nobody-may-read"),
        "logout token": logout_token("alice"),
        "cookie": session.secret,
        "code": make_code(session.session),
        "wrong code": "a-wrong-code-that-nobody-may-read",
        "link": make_link(alice, "/help/") or "",
        "page": page_token(alice),
        "host's secret": HOST_SECRET,
    }
    answers = list(_hand_over(planted))
    told = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    told += "".join(capfd.readouterr())
    assert "sign_in_refused" in told
    for name, secret in planted.items():
        assert secret not in told, name
        # A signature alone would already prove what was signed.
        assert secret[-20:] not in told, name
        if name != "page":  # the page's own word stands in the page
            assert not [answer for answer in answers if secret in answer], name
    assert "that-nobody-may-read" not in told


def _hand_over(planted: dict[str, str]) -> list[str]:
    """Sends every secret to every door; returns bodies and headers, cookies left out."""
    frame = Frame()
    with_cookie = Client(headers={"origin": own_origin(), TOKEN_HEADER: planted["page"]})
    with_cookie.cookies[COOKIE] = planted["cookie"]
    sent = [
        with_cookie.get("/help/tickets/"),
        with_cookie.get("/help/nowhere", {"token": planted["token"]}),
        frame.browser.get(f"/help/link/{planted['link']}"),
        frame.browser.post(f"/help/link/{planted['link']}"),
        frame.browser.post(f"/help/link/{planted['link']}"),
        frame.browser.post("/help/enter", {"code": planted["code"]}),
        frame.browser.post("/help/enter", {"code": planted["wrong code"]}),
        frame.exchange(planted["foreign token"]),
        frame.exchange(planted["bad token"]),
        frame.exchange(planted["token"]),
        frame.exchange(planted["token"]),
    ]
    for name in ("bad token", "logout token", "logout token"):
        given = {"logout_token": planted[name]}
        sent.append(frame.browser.post("/help/backchannel-logout", given))
    return [f"{answer.headers}{answer.content.decode()}" for answer in sent]


def test_an_error_while_a_token_is_read_does_not_carry_it_into_the_log(
    host: Host, claims_of: ClaimsOf
) -> None:
    """Neither the exception nor what it was raised from: a log prints the whole chain."""
    given = token(claims_of("Alice", ACME), key="another-secret-of-32-bytes-or-more")
    with pytest.raises(TokenRefused) as refused:
        verify_identity(given)
    assert refused.value.__suppress_context__
    assert given not in repr(refused.value)


def test_a_hosts_secret_is_unreadable_in_the_database(host: Host) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_hostkey")
        rows = json.dumps(cursor.fetchall(), default=str)
    assert HOST_SECRET not in rows
    assert "test-1" in rows
