"""What do chats bring to the one search box? A member's own, the newest first."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from handrail.engines.activity.ref import Ref
from handrail.engines.search.excerpts import marked
from handrail.hub.medium import Finding, Findings
from handrail.mediums.chat.lists import Listed, excerpts, found, page
from handrail.mediums.chat.states import KIND, Status
from handrail.people.viewer import Viewer


def search(viewer: Viewer, text: str, limit: int) -> Findings | None:
    """Those that hold every word. Three queries, and none for nobody."""
    proposed = found(viewer, text) if viewer.member else None
    if proposed is None:
        return None
    rows = page(viewer, proposed, "").rows
    shown = rows[:limit]
    said = excerpts(viewer, [row.pk for row in shown], proposed.question) if shown else {}
    rest = f"{reverse('chat:index')}?{urlencode({'q': text})}"
    return Findings(
        found=[
            Finding(
                ref=Ref(KIND, row.public_id),
                url=reverse("chat:detail", args=[row.public_id]),
                title=marked(row.subject, proposed.question),
                excerpt=said.get(row.pk, []),
                hint=_hint(row),
            )
            for row in shown
        ],
        more_url=rest if len(rows) > limit else "",
    )


def _hint(row: Listed) -> str:
    said = date_format(localtime(row.last_message_at), "SHORT_DATE_FORMAT")
    return f"{said} · {Status(row.status).label}"
