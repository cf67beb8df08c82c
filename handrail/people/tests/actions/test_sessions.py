"""How do sessions move and end?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from conftest import ACME, GLOBEX
from handrail.people.access import live_session
from handrail.people.actions import (
    deactivate_host,
    end_sessions,
    exchange_token,
    start_session,
    switch_account,
)
from handrail.people.models import Account, HelpSession, Host, Member
from handrail.people.refusals import PassRefused
from handrail.people.signals import sessions_ended
from tests.host_platform import token


@pytest.fixture
def in_two(host: Host, claims_of: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    return {**claims_of("Alice", ACME, "admin"), "accounts": [{**GLOBEX, "role": "member"}]}


def test_a_switch_moves_to_a_new_session_that_lives_no_longer(in_two: dict[str, Any]) -> None:
    first = exchange_token(token(in_two))
    globex = Account.objects.get(name="Globex")
    second = switch_account(first.session, globex.public_id)
    assert live_session(first.secret) is None
    assert second.session.member.account == globex
    assert second.session.member.role == "member"
    assert second.session.expires_at == first.session.expires_at
    assert second.session.chain == first.session.chain


def test_one_cannot_switch_to_an_account_that_the_token_did_not_list(
    in_two: dict[str, Any], carol: Member
) -> None:
    exchange_token(token(in_two))
    narrow = exchange_token(token({**in_two, "accounts": None}))
    for wanted in (carol.account.public_id, "", "nonsense", "\x00"):
        with pytest.raises(PassRefused, match="not_listed"):
            switch_account(narrow.session, wanted)
    assert live_session(narrow.secret)


def test_one_cannot_switch_to_an_account_that_one_has_left(in_two: dict[str, Any]) -> None:
    first = exchange_token(token(in_two))
    exchange_token(token({**in_two, "accounts": []}))
    with pytest.raises(PassRefused, match="not_listed"):
        switch_account(first.session, Account.objects.get(name="Globex").public_id)


def test_the_end_of_sessions_is_told_after_commit_and_once(
    alice: Member, django_capture_on_commit_callbacks: Any
) -> None:
    heard: list[list[str]] = []

    def hear(*, session_ids: list[str], **kwargs: Any) -> None:
        heard.append(session_ids)

    sessions_ended.connect(hear)
    session = start_session(alice).session
    with django_capture_on_commit_callbacks(execute=True):
        assert end_sessions(HelpSession.objects.all()) == 1
        assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        assert end_sessions(HelpSession.objects.all()) == 0
    assert heard == [[session.session_id]]


def test_a_deactivated_host_has_no_sessions(alice: Member, host: Host) -> None:
    issued = start_session(alice)
    deactivate_host(host)
    assert live_session(issued.secret) is None
    assert not Member.objects.active().exists()


def test_a_session_does_not_count_without_what_it_rests_on(alice: Member, host: Host) -> None:
    """Even where nobody ended it: a race, or a row that was changed by hand."""
    issued = start_session(alice)
    Member.objects.update(ended_at=timezone.now())
    assert live_session(issued.secret) is None
    Member.objects.update(ended_at=None)
    assert live_session(issued.secret)
    Host.objects.update(is_active=False)
    assert live_session(issued.secret) is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 5_000, "é", "\x00"])
def test_what_is_no_secret_opens_nothing(alice: Member, secret: str) -> None:
    start_session(alice)
    assert live_session(secret) is None
