"""What do tickets bring to the one search box? A member's own and shared ones, the newest first."""

from urllib.parse import urlencode

from django.urls import reverse

from handrail.engines.activity.ref import Ref
from handrail.engines.search.excerpts import marked
from handrail.hub.medium import Finding, Findings
from handrail.mediums.tickets.lists import Listed, MemberList, Page, excerpts, found
from handrail.mediums.tickets.states import KIND, Status
from handrail.people.viewer import Viewer


def search(viewer: Viewer, text: str, limit: int) -> Findings | None:
    """Those that hold every word, or have the number. Three queries, and none for nobody."""
    proposed = found(viewer, text) if viewer.member else None
    if proposed is None:
        return None
    page = MemberList(viewer, {"found": proposed}).page("")
    rows = page.rows[:limit]
    said = excerpts(viewer, Page(rows, ""), proposed) if rows else {}
    is_all = len(page.rows) <= limit
    rest = f"{reverse('tickets:index')}?{urlencode({'q': text})}"
    return Findings(
        found=[
            Finding(
                ref=Ref(KIND, row.public_id),
                url=reverse("tickets:detail", args=[row.public_id]),
                title=marked(row.subject, proposed.question),
                excerpt=said.get(row.pk, []),
                hint=_hint(row),
            )
            for row in rows
        ],
        more_url="" if is_all else rest,
    )


def _hint(row: Listed) -> str:
    return f"#{row.number} · {Status(row.status).label}"
