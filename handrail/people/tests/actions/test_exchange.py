"""What does a host's token open, continue and end?"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from conftest import ACME, GLOBEX, HOST_ORIGIN
from handrail.people.access import live_session, viewer_of_session
from handrail.people.actions import (
    end_membership,
    enter_by_code,
    exchange_token,
    log_out_person,
    make_code,
    sign_out_by,
    switch_account,
)
from handrail.people.models import Account, HelpSession, Host, Member, SessionKind
from handrail.people.refusals import TokenRefused
from tests.host_platform import logout_token, token

Claims = dict[str, Any]


@pytest.fixture
def claims(host: Host, claims_of: Callable[..., Claims]) -> Claims:
    return claims_of("Alice", ACME, "admin")


@pytest.fixture
def in_two(claims: Claims) -> Claims:
    return {**claims, "accounts": [{**GLOBEX, "role": "member"}]}


def test_a_token_opens_a_session_for_half_an_hour(claims: Claims) -> None:
    issued = exchange_token(token(claims))
    session = live_session(issued.secret)
    assert session == issued.session
    assert viewer_of_session(session).name == "Alice"
    with time_machine.travel(timezone.now() + timedelta(minutes=29, seconds=55)):
        assert live_session(issued.secret)
    with time_machine.travel(timezone.now() + timedelta(minutes=30, seconds=1)):
        assert live_session(issued.secret) is None


def test_only_the_hash_of_a_session_is_kept(claims: Claims) -> None:
    issued = exchange_token(token(claims))
    assert len(issued.secret) == 43
    assert issued.secret not in str(HelpSession.objects.values())


def test_a_renewal_ends_the_old_session_and_continues_its_chain(claims: Claims) -> None:
    first = exchange_token(token(claims))
    second = exchange_token(token(claims), previous=first.secret)
    assert live_session(first.secret) is None
    assert live_session(second.secret)
    assert second.session.chain == first.session.chain


def test_a_renewal_continues_what_expired(claims: Claims) -> None:
    first = exchange_token(token(claims))
    with time_machine.travel(timezone.now() + timedelta(hours=10)):
        second = exchange_token(token(claims), previous=first.secret)
        assert second.session.chain == first.session.chain


def test_another_person_in_the_same_browser_ends_all_of_the_first_one(
    claims: Claims, claims_of: Callable[..., Claims]
) -> None:
    alice = exchange_token(token(claims))
    full_page = enter_by_code(make_code(alice.session))
    carol = exchange_token(token(claims_of("Carol", GLOBEX)), previous=alice.secret)
    assert live_session(alice.secret) is None
    assert live_session(full_page.secret) is None
    assert carol.session.chain != alice.session.chain


def test_a_renewal_keeps_the_account_that_the_person_switched_to(in_two: Claims) -> None:
    first = exchange_token(token(in_two))
    globex = Account.objects.get(name="Globex")
    switched = switch_account(first.session, globex.public_id)
    renewed = exchange_token(token(in_two), previous=switched.secret)
    assert renewed.session.member.account == globex


def test_a_renewal_follows_the_host_when_it_names_another_account(in_two: Claims) -> None:
    first = exchange_token(token(in_two))
    switched = switch_account(first.session, Account.objects.get(name="Globex").public_id)
    north = {**in_two, "account": {**ACME, "id": "north", "name": "North"}}
    north["accounts"] = [{**ACME, "role": "admin"}, {**GLOBEX, "role": "member"}]
    renewed = exchange_token(token(north), previous=switched.secret)
    assert renewed.session.member.account.name == "North"


def test_a_renewal_leaves_an_account_that_is_no_longer_listed(in_two: Claims) -> None:
    first = exchange_token(token(in_two))
    switched = switch_account(first.session, Account.objects.get(name="Globex").public_id)
    renewed = exchange_token(token({**in_two, "accounts": []}), previous=switched.secret)
    assert renewed.session.member.account.name == "Acme"


def test_a_token_from_a_page_must_come_from_its_hosts_origin(claims: Claims) -> None:
    for origin in ("https://evil.example", "null", "", HOST_ORIGIN + ".evil.example"):
        with pytest.raises(TokenRefused, match="wrong_origin"):
            exchange_token(token(claims), kind=SessionKind.PAGE, origin=origin)
    assert exchange_token(token(claims), kind=SessionKind.PAGE, origin=HOST_ORIGIN)


def test_an_old_token_does_not_open_an_ended_membership(in_two: Claims) -> None:
    now = int(time.time())
    old = token({**in_two, "account": GLOBEX, "role": "member", "accounts": None}, iat=now - 60)
    exchange_token(token(in_two, iat=now - 90))
    exchange_token(token({**in_two, "accounts": []}, iat=now - 30))
    with pytest.raises(TokenRefused, match="membership_ended"):
        exchange_token(old)


def test_a_membership_that_we_ended_opens_again_by_a_newer_word(claims: Claims) -> None:
    issued = exchange_token(token(claims, iat=int(time.time()) - 60))
    end_membership(Member.objects.get())
    assert live_session(issued.secret) is None
    assert exchange_token(token(claims))


def test_signing_out_by_the_cookie_ends_the_full_page_too(claims: Claims) -> None:
    panel = exchange_token(token(claims))
    page = enter_by_code(make_code(panel.session))
    elsewhere = exchange_token(token(claims))
    sign_out_by(panel.secret)
    assert live_session(panel.secret) is None
    assert live_session(page.secret) is None
    assert live_session(elsewhere.secret)


def test_the_host_signs_a_person_out_everywhere(
    claims: Claims, claims_of: Callable[..., Claims]
) -> None:
    panel = exchange_token(token(claims))
    elsewhere = exchange_token(token(claims))
    bob = exchange_token(token(claims_of("Bob", ACME)))
    assert log_out_person(logout_token("alice")) == 2
    assert live_session(panel.secret) is live_session(elsewhere.secret) is None
    assert live_session(bob.secret)


def test_signing_out_whom_we_do_not_know_is_no_error(host: Host) -> None:
    assert log_out_person(logout_token("stranger")) == 0


def test_a_logout_token_works_once(claims: Claims) -> None:
    once = logout_token("alice")
    log_out_person(once)
    with pytest.raises(TokenRefused, match="replayed"):
        log_out_person(once)


def test_a_token_from_before_the_sign_out_opens_nothing(claims: Claims) -> None:
    now = int(time.time())
    exchange_token(token(claims, iat=now - 60))
    kept_back = token(claims, iat=now - 40)
    log_out_person(logout_token("alice", iat=now - 20))
    with pytest.raises(TokenRefused, match="signed_out"):
        exchange_token(kept_back)
    assert exchange_token(token(claims, iat=now - 20))


def test_where_the_member_is_goes_along_and_is_told_anew(in_two: Claims) -> None:
    said = {**in_two, "context": {"page": "/reports", "host_version": "7.2"}}
    first = exchange_token(token(said))
    assert first.session.context == said["context"]
    assert enter_by_code(make_code(first.session)).session.context == said["context"]
    globex = Account.objects.get(name="Globex")
    assert switch_account(first.session, globex.public_id).session.context == said["context"]
    renewed = exchange_token(token({**said, "context": {"page": "/links"}}), previous=first.secret)
    assert renewed.session.context == {"page": "/links"}
