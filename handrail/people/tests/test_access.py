"""Does a secret open the session that it belongs to, for as long as that counts?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handrail.base.tokens import hashed
from handrail.people import actions
from handrail.people.access import live_session, live_viewers, viewer_of_session
from handrail.people.models import HelpSession, Member, SessionKind

pytestmark = pytest.mark.django_db


def secret_of(member: Member) -> str:
    return actions.start_session(member, kind=SessionKind.PAGE).secret


def opened_by(secret: str) -> HelpSession:
    session = live_session(secret)
    assert session
    return session


def test_each_secret_opens_its_own(alice: Member, bob: Member, carol: Member) -> None:
    secrets = {member: secret_of(member) for member in (alice, bob, carol)}
    for member, secret in secrets.items():
        session = opened_by(secret)
        assert session.member == member
        assert viewer_of_session(session).member == member


def test_it_comes_as_django_would_have_read_it(alice: Member) -> None:
    session = opened_by(secret_of(alice))
    with_all = HelpSession.objects.select_related("host", "member__person", "member__account")
    anew = with_all.get(pk=session.pk)
    for ours, theirs in [
        (session, anew),
        (session.host, anew.host),
        (session.member, anew.member),
        (session.member.person, anew.member.person),
        (session.member.account, anew.member.account),
    ]:
        assert ours == theirs
        assert model_to_dict(ours) == model_to_dict(theirs)
        assert not ours.get_deferred_fields()
        assert not ours._state.adding


def test_whoever_only_hears_is_known_by_the_same_keys(alice: Member, carol: Member) -> None:
    """Less is read of them, and what is read is theirs."""
    by_hash = {hashed(secret_of(member)): member for member in (alice, carol)}
    for token_hash, viewer in live_viewers(list(by_hash)).items():
        member, hearer = by_hash[token_hash], viewer.member
        assert hearer
        for name in ("pk", "public_id", "account_id", "ended_at"):
            assert getattr(hearer, name) == getattr(member, name)
        for name in ("pk", "public_id", "plan_id"):
            assert getattr(hearer.account, name) == getattr(member.account, name)


def test_all_that_a_viewer_needs_comes_in_one_query(alice: Member) -> None:
    secret = secret_of(alice)
    with CaptureQueriesContext(connection) as asked:
        viewer = viewer_of_session(opened_by(secret))
        assert viewer.name and viewer.account and viewer.zone
    assert len(asked) == 1


def test_time_goes_on_for_a_session_that_was_found_before(alice: Member) -> None:
    secret = secret_of(alice)
    end = opened_by(secret).expires_at
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert live_session(secret)
    with time_machine.travel(end, tick=False):
        assert live_session(secret) is None


@pytest.mark.parametrize(
    "end",
    [
        lambda session: HelpSession.objects.filter(pk=session.pk).update(ended_at=timezone.now()),
        lambda session: Member.objects.filter(pk=session.member_id).update(ended_at=timezone.now()),
        lambda session: (
            type(session.host).objects.filter(pk=session.host_id).update(is_active=False)
        ),
    ],
    ids=["session", "membership", "host"],
)
def test_what_ended_is_not_found_again(alice: Member, end: Callable[[HelpSession], object]) -> None:
    secret = secret_of(alice)
    end(opened_by(secret))
    assert live_session(secret) is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 101, "\0", "' OR 1=1 --", "%s"])
def test_what_is_no_secret_opens_nothing(alice: Member, secret: str) -> None:
    secret_of(alice)
    assert live_session(secret) is None
