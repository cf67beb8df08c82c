"""Which codes and links open something, and how often?"""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from conftest import ACME
from handrail.people.access import live_session
from handrail.people.actions import (
    apply_claims,
    email_link,
    end_membership,
    enter_by_code,
    enter_by_link,
    find_link,
    log_out_person,
    make_code,
    make_link,
    sign_out,
    start_session,
)
from handrail.people.models import Host, Member, OneTimePass, SessionKind
from handrail.people.refusals import PassRefused
from tests.host_platform import logout_token


def link_for(member: Member) -> str:
    secret = make_link(member, "/help/tickets/")
    assert secret
    return secret


def test_a_code_opens_a_full_page_in_the_chain_of_the_panel(alice: Member) -> None:
    panel = start_session(alice, account_ids=[alice.account_id, 77])
    page = enter_by_code(make_code(panel.session))
    assert page.session.kind == SessionKind.PAGE
    assert page.session.chain == panel.session.chain
    assert page.session.account_ids == panel.session.account_ids
    assert live_session(panel.secret)


def test_a_code_works_once(alice: Member) -> None:
    code = make_code(start_session(alice).session)
    enter_by_code(code)
    with pytest.raises(PassRefused, match="spent"):
        enter_by_code(code)


def test_a_code_lives_for_a_minute(alice: Member) -> None:
    code = make_code(start_session(alice).session)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)), pytest.raises(PassRefused):
        enter_by_code(code)


def test_a_code_ends_with_its_session(alice: Member) -> None:
    session = start_session(alice).session
    code = make_code(session)
    sign_out(session)
    with pytest.raises(PassRefused):
        enter_by_code(code)


def test_a_link_opens_a_short_session_where_it_leads(alice: Member) -> None:
    secret = link_for(alice)
    found = find_link(secret)
    assert found is not None
    assert found.member == alice
    entered = enter_by_link(secret)
    assert entered.next_path == "/help/tickets/"
    assert entered.issued.session.kind == SessionKind.LINK
    assert entered.issued.session.account_ids == [alice.account_id]
    assert find_link(secret) is None
    with pytest.raises(PassRefused, match="spent"):
        enter_by_link(secret)


def test_looking_at_a_link_does_not_spend_it(alice: Member) -> None:
    secret = link_for(alice)
    for _ in range(5):
        assert find_link(secret)
    assert enter_by_link(secret)


def test_a_link_lives_for_a_week(alice: Member) -> None:
    secret = link_for(alice)
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert find_link(secret)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert find_link(secret) is None
        with pytest.raises(PassRefused):
            enter_by_link(secret)


def test_a_link_goes_to_verified_addresses_alone(host: Host, claims_of: Any, settings: Any) -> None:
    unproved = apply_claims(host, {**claims_of("Alice", ACME), "email_verified": False})
    assert make_link(unproved, "/help/") is None
    assert email_link(unproved, "/help/tickets/") == f"{settings.HANDRAIL_URL}/help/tickets/"
    proved = apply_claims(host, claims_of("Bob", ACME))
    assert email_link(proved, "/help/").startswith(f"{settings.HANDRAIL_URL}/help/link/")


def test_a_link_ends_when_the_address_is_another(alice: Member, host: Host, claims_of: Any) -> None:
    secret = link_for(alice)
    claims = claims_of("Alice", ACME, "admin")
    apply_claims(host, {**claims, "email": "alice@elsewhere.example"})
    assert find_link(secret) is None


def test_a_link_ends_with_the_membership(alice: Member) -> None:
    secret = link_for(alice)
    end_membership(alice)
    assert find_link(secret) is None


def test_a_link_ends_when_the_host_signs_the_person_out(alice: Member) -> None:
    before = link_for(alice)
    log_out_person(logout_token("alice"))
    assert find_link(before) is None
    assert find_link(link_for(alice))


def test_a_code_is_no_link_and_a_link_no_code(alice: Member) -> None:
    code, link = make_code(start_session(alice).session), link_for(alice)
    with pytest.raises(PassRefused):
        enter_by_link(code)
    with pytest.raises(PassRefused):
        enter_by_code(link)


@pytest.mark.parametrize("secret", ["", "x", "é", "\x00", "x" * 10_000])
def test_what_is_no_secret_is_refused(alice: Member, secret: str) -> None:
    for enter in (enter_by_code, enter_by_link):
        with pytest.raises(PassRefused):
            enter(secret)
    assert find_link(secret) is None


def test_only_hashes_are_kept(alice: Member) -> None:
    secrets = [make_code(start_session(alice).session), link_for(alice)]
    rows = str(list(OneTimePass.objects.values()))
    assert all(len(secret) == 43 and secret not in rows for secret in secrets)
