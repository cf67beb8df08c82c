"""Which session does a cookie open, and which viewer is behind it?"""

from handrail.base.tokens import hashed
from handrail.people.models import HelpSession
from handrail.people.viewer import Viewer, viewer_for_member

MOST_LETTERS = 100
"""Our secrets have 43; whatever is much longer is not worth hashing."""


def live_session(secret: str) -> HelpSession | None:
    """The session that this secret opens now, with all that a Viewer needs, in one query."""
    if not secret or len(secret) > MOST_LETTERS:
        return None
    found = HelpSession.objects.live().select_related("host", "member__person", "member__account")
    return next(iter(found.filter(token_hash=hashed(secret))), None)


def viewer_of_session(session: HelpSession, *, via: str = "web") -> Viewer:
    """The viewer of a live session, without a query."""
    return viewer_for_member(session.member, via=via, session_id=session.session_id)


def context_of(viewer: Viewer) -> dict[str, str]:
    """Where a member was at the host when their session began, as the host says. One query."""
    kind, _, pk = (viewer.session_id or "").partition("-")
    if kind != "help" or not pk.isdecimal():
        return {}
    found = HelpSession.objects.filter(pk=int(pk), member=viewer.member).values_list("context")
    return dict(found[0][0]) if found else {}
