"""What does a host's token do? It opens a session, renews one, or ends all of a person's."""

from django.db import IntegrityError, transaction

from handrail.base.tokens import hashed
from handrail.people.actions.assertions import Asserted, apply_assertion
from handrail.people.actions.sessions import (
    IssuedSession,
    end_sessions,
    sign_out,
    start_session,
)
from handrail.people.claims import BadClaims, read_claims
from handrail.people.models import HelpSession, OneTimePass, Person, SessionKind, SpentToken
from handrail.people.refusals import TokenRefused
from handrail.people.tokens import VerifiedToken, verify_identity, verify_logout


def exchange_token(
    token: str,
    *,
    previous: str = "",
    kind: SessionKind = SessionKind.PANEL,
    origin: str | None = None,
) -> IssuedSession:
    """Opens a session on a host's word; raises TokenRefused.

    `previous` is the secret in the cookie so far: that session ends, and when it was another
    person's, so does all that grew out of it. `origin` is given where the token came from a page
    of the host's: it must be one of that host's origins. Spending the token, taking over its
    facts and opening the session are one transaction: all of it happens, or nothing.
    """
    verified = verify_identity(token)
    if origin is not None and origin not in verified.host.origins:
        raise TokenRefused("wrong_origin", f"host {verified.host.pk}")
    with transaction.atomic():
        _spend(verified)
        earlier = _earlier(previous)
        return _continued(_asserted(verified), earlier, kind)


def log_out_person(token: str) -> int:
    """Ends all sessions of the person whom the host's logout token names, and voids their links.

    Tokens that the host issued before are refused from now on, too. Raises TokenRefused. Returns
    how many sessions ended; a person whom we do not know has none, which is no error.
    """
    verified = verify_logout(token)
    with transaction.atomic():
        _spend(verified)
        people = Person.objects.filter(host=verified.host, subject=verified.claims["sub"])
        people.exclude(signed_out_at__gt=verified.issued_at).update(
            signed_out_at=verified.issued_at
        )
        OneTimePass.objects.filter(member__person__in=people).delete()
        return end_sessions(HelpSession.objects.filter(person__in=people))


def sign_out_by(secret: str) -> None:
    """Ends the session that a cookie names, with its chain; none there is no error."""
    session = _earlier(secret)
    if session is not None:
        sign_out(session)


def _spend(verified: VerifiedToken) -> None:
    """Marks the token as used. The unique row makes it atomic: of two at once, one fails."""
    try:
        with transaction.atomic():
            SpentToken.objects.create(
                issuer=verified.host.issuer, jti=verified.jti, expires_at=verified.expires_at
            )
    except IntegrityError:
        raise TokenRefused("replayed", f"host {verified.host.pk}") from None


def _asserted(verified: VerifiedToken) -> Asserted:
    try:
        claims = read_claims(verified.claims)
    except BadClaims as error:
        raise TokenRefused("bad_claims", f"host {verified.host.pk}: {error.claim}") from None
    asserted = apply_assertion(verified.host, claims)
    # Both times are the host's: its clock is compared with itself.
    signed_out_at = asserted.member.person.signed_out_at
    if signed_out_at is not None and claims.issued_at < signed_out_at:
        raise TokenRefused("signed_out", f"person {asserted.member.person_id}")
    if asserted.member.ended_at is not None:
        raise TokenRefused("membership_ended", f"member {asserted.member.pk}")
    return asserted


def _continued(asserted: Asserted, earlier: HelpSession | None, kind: SessionKind) -> IssuedSession:
    """A new session in place of the one in the cookie, which may have expired meanwhile."""
    member, account_ids, context = asserted.member, asserted.account_ids, asserted.context
    if earlier is None:
        return start_session(member, kind=kind, account_ids=account_ids, context=context)
    if earlier.person_id != member.person_id:
        sign_out(earlier)
        return start_session(member, kind=kind, account_ids=account_ids, context=context)
    end_sessions(HelpSession.objects.filter(pk=earlier.pk))
    return start_session(
        asserted.switched_to(earlier) or member,
        kind=kind,
        account_ids=account_ids,
        chain=earlier.chain,
        context=context,
    )


def _earlier(secret: str) -> HelpSession | None:
    """The session that a cookie named, unless it was ended on purpose."""
    if not secret:
        return None
    return HelpSession.objects.filter(token_hash=hashed(secret), ended_at=None).first()
