"""What is remembered of suggestions beside the form of a new ticket?"""

from uuid import UUID

from handrail.engines.activity import actions as activity
from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.mediums.tickets.states import KIND
from handrail.people.viewer import Viewer

SHOWN = "tickets.suggestions_shown"
OPENED = "tickets.suggestion_opened"


def show_suggestions(viewer: Viewer, form: UUID | None) -> None:
    """Suggestions came beside this form, for the first time. One query, and once a row.

    Shown, opened (below) and not followed by `tickets.opened` with the same form: so many tickets
    were spared, or given up.
    """
    viewer.require("tickets.open")
    if form is None:
        return
    ref = Ref(KIND, form.hex)
    if not Activity.objects.filter(medium=KIND, public_id=form.hex, verb=SHOWN).exists():
        activity.record(viewer, SHOWN, ref, account=viewer.account)


def follow_suggestion(viewer: Viewer, ref: Ref, form: UUID | None) -> None:
    """A member opened it instead of writing on.

    `form` is the form's own id, which `tickets.opened` has too: a form with the one and without
    the other spared a ticket. Who comes back later has another form; reports go by member and day.
    """
    viewer.require("tickets.open")
    detail = {"form": form.hex} if form else {}
    activity.record(viewer, OPENED, ref, account=viewer.account, **detail)
