"""Which questions does a list show, and how many of what? Groups of what means the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncWeek
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.base import plots
from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.models import Question, QuestionGroup, Settled, Surface, Verdict
from handrail.mediums.docs.console.parts import name_of_language
from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

AT_ONCE = 25
WEEKS = 12
LAST_PAGE = 1_000

KINDS = {
    "todo": gettext_lazy("To do"),
    "nothing": gettext_lazy("No answer"),
    "closest": gettext_lazy("Not sure"),
    "answered": gettext_lazy("Answered"),
    "bad": gettext_lazy("Rated badly"),
    "settled": gettext_lazy("Settled"),
    "all": gettext_lazy("All"),
}
"""What a list may be narrowed down to; the first is what an editor begins with."""

DAYS = {
    "7": gettext_lazy("The last 7 days"),
    "30": gettext_lazy("The last 30 days"),
    "90": gettext_lazy("The last 90 days"),
    "365": gettext_lazy("The last year"),
}

OUTCOMES = {
    Outcome.NOTHING: gettext_lazy("No answer"),
    Outcome.CLOSEST: gettext_lazy("Not sure"),
    Outcome.ANSWERED: gettext_lazy("Answered"),
}

_UNSETTLED = Q(settled_at=None)
_COUNTS = {
    "asked": Count("pk"),
    "answered": Count("pk", filter=Q(outcome=Outcome.ANSWERED)),
    "closest": Count("pk", filter=Q(outcome=Outcome.CLOSEST)),
    "nothing": Count("pk", filter=Q(outcome=Outcome.NOTHING)),
    "good": Count("pk", filter=Q(verdict=Verdict.HELPED)),
    "bad": Count("pk", filter=Q(verdict=Verdict.DID_NOT)),
    "settled": Count("pk", filter=~_UNSETTLED),
    "by_hand": Count("pk", filter=Q(settled_as=Settled.BY_HAND)),
    "missing": Count("pk", filter=_UNSETTLED & Q(outcome=Outcome.NOTHING)),
    "todo": Count("pk", filter=_UNSETTLED & ~Q(outcome=Outcome.ANSWERED)),
    "hear": Count("pk", filter=_UNSETTLED & Q(wants_to_hear=True)),
    "last": Max("asked_at"),
}


@dataclass(frozen=True)
class Filters:
    """How the list is narrowed down; what somebody made up in the address is the first of each."""

    kind: str
    days: str
    language: str
    page: int

    @classmethod
    def of(cls, given: QueryDict, languages: Sequence[str]) -> "Filters":
        kind, days = given.get("kind", ""), given.get("days", "")
        language, page = given.get("language", ""), given.get("page", "")
        return cls(
            kind if kind in KINDS else "todo",
            days if days in DAYS else "90",
            language if language in languages else "",
            min(int(page), LAST_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 0,
        )

    @property
    def since(self) -> datetime:
        return timezone.now() - timedelta(days=int(self.days))

    def address(self, **changes: object) -> str:
        """The query of the same list, with these changes."""
        now = {"kind": self.kind, "days": self.days, "language": self.language, "page": 0} | changes
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in now.items() if value})
        return f"?{query.urlencode()}"


@dataclass(frozen=True)
class Row:
    """A group as the list shows it."""

    group: QuestionGroup
    counts: Mapping[str, Any]
    spoken: str
    surfaces: list[str] = field(default_factory=list)
    page: Page | None = None
    """The page that was begun for it, where it is still there."""


def languages(viewer: Viewer) -> list[str]:
    """Of all groups. One query."""
    spoken = QuestionGroup.objects.visible_to(viewer).values_list("language", flat=True)
    return sorted(spoken.distinct())


def rows(viewer: Viewer, filters: Filters) -> tuple[list[Row], bool]:
    """A page of groups, and whether there are more. Four queries.

    Counts are of the questions within the time and language that was chosen. What was asked
    within that time is read once, by an index: some 50 ms for fifty thousand questions.
    """
    found = Question.objects.visible_to(viewer).filter(
        asked_at__gte=filters.since, group__isnull=False
    )
    if filters.language:
        found = found.filter(group__language=filters.language)
    counted = found.values("group").annotate(**_COUNTS).order_by(*_order(filters.kind))
    if filters.kind != "all":
        counted = counted.filter(**{f"{filters.kind}__gt": 0})
    begin = filters.page * AT_ONCE
    some = list(counted[begin : begin + AT_ONCE + 1])
    return _shown(viewer, some[:AT_ONCE], filters.since), len(some) > AT_ONCE


def counts_of(viewer: Viewer, group: QuestionGroup) -> Mapping[str, Any]:
    """Of all that was ever asked of a group, as far as it is kept. One query."""
    return Question.objects.visible_to(viewer).filter(group=group).aggregate(**_COUNTS)


def by_week(viewer: Viewer) -> plots.Plot | None:
    """The outcomes of the last weeks; None where nobody asked. One query."""
    this = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    weeks = [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    since = timezone.now() - timedelta(weeks=WEEKS)
    asked = Question.objects.visible_to(viewer).filter(asked_at__gte=since)
    counted = asked.annotate(week=TruncWeek("asked_at")).values_list("week", "outcome")
    found: dict[tuple[date, str], int] = {}
    for week, outcome, count in counted.annotate(n=Count("pk")).order_by():
        found[timezone.localdate(week), outcome] = count
    if not found:
        return None
    kinds = list(reversed(OUTCOMES))
    columns = []
    for week in weeks:
        counts = tuple(found.get((week, kind), 0) for kind in kinds)
        label = date_format(week, "j M")
        said = [f"{OUTCOMES[kind]}: {n}" for kind, n in zip(kinds, counts, strict=True)]
        columns.append(plots.Column(label, "\n".join([_week(label), *said]), counts))
    return plots.drawn(columns, [str(kind) for kind in kinds])


def _week(label: str) -> str:
    return _("Week of %(day)s") % {"day": label}


def _order(kind: str) -> list[str]:
    if kind in ("todo", "all"):
        return ["-missing", "-todo", "-asked", "-last", "group"]
    return [f"-{kind}", "-last", "group"]


def _shown(viewer: Viewer, counted: Sequence[Mapping[str, Any]], since: datetime) -> list[Row]:
    keys = [one["group"] for one in counted]
    groups = QuestionGroup.objects.visible_to(viewer).defer("vector", "stems").in_bulk(keys)
    asked = Question.objects.visible_to(viewer).filter(group__in=keys, asked_at__gte=since)
    where: dict[int, list[str]] = {}
    for key, surface in asked.values_list("group", "surface").distinct().order_by("surface"):
        where.setdefault(key, []).append(str(Surface(surface).label))
    begun = pages_of(viewer, [group.page for group in groups.values()])
    return [
        Row(
            group=groups[one["group"]],
            counts=one,
            spoken=name_of_language(groups[one["group"]].language),
            surfaces=where.get(one["group"], []),
            page=begun.get(groups[one["group"]].page),
        )
        for one in counted
        if one["group"] in groups
    ]


def pages_of(viewer: Viewer, public_ids: Sequence[str]) -> dict[str, Page]:
    """Pages by their public ids, without their texts. One query, none for none."""
    wanted = {one for one in public_ids if one}
    if not wanted:
        return {}
    pages = Page.objects.visible_to(viewer).filter(public_id__in=wanted).select_related("section")
    return {page.public_id: page for page in pages.defer("body", "html", "outline")}
