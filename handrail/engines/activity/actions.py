"""How is an action written down, and who hears of it?"""

from typing import Any

from django.dispatch import Signal

from handrail.base import statements
from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.people.models import Account
from handrail.people.viewer import Viewer

recorded = Signal()
"""Sent inside the action's transaction, so that what listeners enqueue is lost or kept with it."""


def record(
    viewer: Viewer, verb: str, ref: Ref, *, account: Account | None = None, **detail: Any
) -> Activity:
    """Writes the one audit row of an action; call it in the action's transaction.

    `verb` is `<medium>.<what happened>`, `detail` holds JSON and no secret and no message text.
    """
    activity = Activity(
        verb=verb,
        member=viewer.member,
        agent=viewer.agent,
        system=viewer.system or "",
        account=account,
        medium=ref.medium,
        public_id=ref.public_id,
        via=viewer.via,
        detail=detail,
    )
    statements.insert_row(activity)  # each word of a chat is an action, too
    recorded.send(sender=Activity, activity=activity)
    return activity
