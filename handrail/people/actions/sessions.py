"""How does a member's session begin, move to another account, and end?"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from handrail.base.tokens import hashed, random_secret
from handrail.people.models import (
    HelpSession,
    HelpSessionQuerySet,
    Host,
    Member,
    SessionKind,
)
from handrail.people.refusals import PassRefused
from handrail.people.signals import sessions_ended

LIFETIMES = {
    SessionKind.PANEL: timedelta(minutes=30),
    SessionKind.PAGE: timedelta(hours=8),
    SessionKind.LINK: timedelta(hours=1),
}
"""How long a session lives on one word of the host's. Each renewal needs a new word.

The panel asks the host again by itself. A full page has no host page around it to ask, so it lives
for a working day. Whoever came by a link proved only that they read a mailbox: an hour.
"""


class IssuedSession(NamedTuple):
    """A new session, and the secret for its cookie, which is kept nowhere else."""

    session: HelpSession
    secret: str


def start_session(
    member: Member,
    *,
    kind: SessionKind = SessionKind.PANEL,
    account_ids: list[int] | None = None,
    chain: str = "",
    expires_at: datetime | None = None,
    context: dict[str, str] | None = None,
) -> IssuedSession:
    """Opens a session for a member whom the host vouched for.

    `account_ids` are the accounts that the host listed, first the one that it named as current;
    `chain` continues an earlier session's; `expires_at` is for what must not live longer than
    what it grew out of; `context` is where the member is at the host.
    """
    secret = random_secret()
    now = timezone.now()
    session = HelpSession(
        token_hash=hashed(secret),
        kind=kind,
        host_id=member.person.host_id,
        person_id=member.person_id,
        member=member,
        account_ids=account_ids or [member.account_id],
        created_at=now,
        expires_at=expires_at or now + LIFETIMES[kind],
        context=context or {},
    )
    if chain:
        session.chain = chain
    session.save(force_insert=True)
    return IssuedSession(session, secret)


@transaction.atomic
def switch_account(session: HelpSession, account_public_id: str) -> IssuedSession:
    """Moves a session to another account that its token listed.

    The old session ends, so that no page or socket of the other account stays open; the new one
    lives no longer. Raises PassRefused for any other account.
    """
    listed = (
        Member.objects.active()
        .with_facts()
        .filter(person_id=session.person_id, account_id__in=session.account_ids)
    )
    # Compared here, since PostgreSQL refuses some of what a stranger may send as an id (NUL).
    member = next((m for m in listed if m.account.public_id == account_public_id), None)
    if member is None:
        raise PassRefused("not_listed", session.session_id)
    end_sessions(HelpSession.objects.filter(pk=session.pk))
    return start_session(
        member,
        kind=SessionKind(session.kind),
        account_ids=session.account_ids,
        chain=session.chain,
        expires_at=session.expires_at,
        context=session.context,
    )


def sign_out(session: HelpSession) -> None:
    """Ends a session and all that grew out of it, such as the full page opened from a panel."""
    end_sessions(HelpSession.objects.filter(chain=session.chain))


@transaction.atomic
def end_sessions(sessions: HelpSessionQuerySet) -> int:
    """Ends these sessions and, after commit, whatever they have open. Returns how many."""
    ending = list(sessions.filter(ended_at=None))
    HelpSession.objects.filter(pk__in=[session.pk for session in ending]).update(
        ended_at=timezone.now()
    )
    ids = [session.session_id for session in ending]
    if ids:
        transaction.on_commit(lambda: sessions_ended.send(sender=HelpSession, session_ids=ids))
    return len(ids)


@transaction.atomic
def end_membership(member: Member) -> None:
    """Shuts a member out of the account until the host names them in it again."""
    Member.objects.filter(pk=member.pk, ended_at=None).update(ended_at=timezone.now())
    end_sessions(HelpSession.objects.filter(member=member))


@transaction.atomic
def deactivate_host(host: Host) -> None:
    """Stops serving a host: its tokens are refused and all of its people are signed out."""
    Host.objects.filter(pk=host.pk).update(is_active=False)
    end_sessions(HelpSession.objects.filter(host=host))
