"""How does a session reach another window or mailbox? By a code or a link that works once."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from handrail.base.tokens import hashed, random_secret
from handrail.people.actions.sessions import IssuedSession, start_session
from handrail.people.models import HelpSession, Member, OneTimePass, PassKind, SessionKind
from handrail.people.refusals import PassRefused

CODE_LIFETIME = timedelta(seconds=60)
LINK_LIFETIME = timedelta(days=7)
MOST_LETTERS = 100


class Entered(NamedTuple):
    """A session opened by a code or link, and where its holder wanted to go."""

    issued: IssuedSession
    next_path: str


def make_code(session: HelpSession) -> str:
    """A code that continues this session in another window, once, within 60 seconds."""
    return _make(
        OneTimePass(
            kind=PassKind.CODE,
            member_id=session.member_id,
            session=session,
            expires_at=timezone.now() + CODE_LIFETIME,
        )
    )


def make_link(member: Member, next_path: str) -> str | None:
    """The secret of a link that signs this member in, for a mail to them alone.

    None where the host has not verified the address: who reads there may be anybody.
    """
    if not member.person.email_verified or not member.email:
        return None
    return _make(
        OneTimePass(
            kind=PassKind.LINK,
            member=member,
            email=member.email,
            next_path=next_path,
            expires_at=timezone.now() + LINK_LIFETIME,
        )
    )


def email_link(member: Member, path: str) -> str:
    """The absolute address for a mail to this member that leads to `path`, a path of ours.

    It signs them in, once, within 7 days, where the host has verified the address. Otherwise it
    is the page's plain address, and they sign in at the host.
    """
    secret = make_link(member, path)
    return f"{settings.HANDRAIL_URL}{reverse('help:link', args=[secret]) if secret else path}"


def find_link(secret: str) -> OneTimePass | None:
    """The link as it stands, to ask its holder before it is used. Changes nothing."""
    return (
        _usable(PassKind.LINK, secret).select_related("member__person", "member__account").first()
    )


@transaction.atomic
def enter_by_code(code: str) -> IssuedSession:
    """Spends a code: a full-page session in the chain of the panel's. Raises PassRefused."""
    spent = _spend(PassKind.CODE, code)
    session = spent.session
    if session is None:
        raise PassRefused("spent", "code without a session")
    return start_session(
        session.member,
        kind=SessionKind.PAGE,
        account_ids=session.account_ids,
        chain=session.chain,
        context=session.context,
    )


@transaction.atomic
def enter_by_link(secret: str) -> Entered:
    """Spends a link: a short session as the member it was mailed to. Raises PassRefused."""
    spent = _spend(PassKind.LINK, secret)
    return Entered(start_session(spent.member, kind=SessionKind.LINK), spent.next_path)


def _make(new: OneTimePass) -> str:
    secret = random_secret()
    new.token_hash = hashed(secret)
    new.save(force_insert=True)
    return secret


def _spend(kind: PassKind, secret: str) -> OneTimePass:
    """One UPDATE decides: of two who spend the same pass at once, one changes no row."""
    usable = _usable(kind, secret)
    found = usable.select_related(
        "session__member__person", "member__person", "member__account__plan"
    ).first()
    won = (
        OneTimePass.objects.filter(pk=found.pk, used_at=None).update(used_at=timezone.now())
        if found
        else 0
    )
    if found is None or not won:
        raise PassRefused("spent", kind.value)
    return found


def _usable(kind: PassKind, secret: str) -> QuerySet[OneTimePass]:
    """The pass with this secret, while it and what it rests on still count."""
    if not 0 < len(secret) <= MOST_LETTERS:
        return OneTimePass.objects.none()
    now = timezone.now()
    passes = OneTimePass.objects.filter(
        kind=kind,
        token_hash=hashed(secret),
        used_at=None,
        expires_at__gt=now,
        member__ended_at=None,
        member__person__host__is_active=True,
    )
    if kind == PassKind.CODE:
        return passes.filter(session__in=HelpSession.objects.live(now))
    return passes.filter(
        member__person__email=F("email"),
        member__person__email_verified=True,
    )
