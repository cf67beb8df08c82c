"""Which chats were there? Filters and words, a page at a time, by key and not by offset."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from handrail.base.among import Among
from handrail.engines.conversations.access import WORK, ConversationQuerySet, visible_conversations
from handrail.engines.conversations.archive import find
from handrail.engines.conversations.models import Conversation, Score
from handrail.engines.search.excerpts import Part
from handrail.engines.search.words import Clause, question
from handrail.mediums.chat.console import availability
from handrail.mediums.chat.crew import ROLES
from handrail.mediums.chat.lists import excerpts, key_of, read_key
from handrail.mediums.chat.models import Reason
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent
from handrail.people.requests import ViewerRequest
from handrail.people.viewer import Viewer

PAGE = 25
NO_RATING = "none"
NOBODY = "nobody"
OUR_TIME = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(9000, 1, 1))]
"""Days that have a moment in every zone, and a day after them."""


class PastForm(forms.Form):
    """What the list is narrowed by; what makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=200)
    agent = forms.CharField(required=False, max_length=32)
    reason = forms.ChoiceField(choices=[("", _("All")), *Reason.choices], required=False)
    rating = forms.ChoiceField(
        choices=[("", _("All")), *Score.choices, (NO_RATING, _("Not rated"))], required=False
    )
    since = forms.DateField(required=False, validators=OUR_TIME)
    until = forms.DateField(required=False, validators=OUR_TIME)


@dataclass(frozen=True)
class Filters:
    chosen: dict[str, Any]

    @classmethod
    def of(cls, given: QueryDict) -> "Filters":
        form = PastForm(given)
        form.is_valid()
        return cls({name: value for name, value in form.cleaned_data.items() if value})

    @property
    def narrowing(self) -> bool:
        return bool(self.chosen)

    def address(self, **changes: str) -> str:
        query = QueryDict(mutable=True)
        values = {name: str(value) for name, value in self.chosen.items()} | changes
        query.update({name: value for name, value in values.items() if value})
        return query.urlencode()

    @property
    def is_beside(self) -> bool:
        """Whether something is chosen that the chat's own row tells: an index of its own leads to
        what is rare among all. Chats without a rating are many, and the list's own order finds
        them."""
        return bool(self.chosen.get("reason")) or self.chosen.get("rating", NO_RATING) != NO_RATING

    @property
    def order(self) -> tuple[str, str]:
        """The columns of the list's order, both of one table: as one index has them."""
        at, pk = ("chat__last_word_at", "chat__pk") if self.is_beside else ("last_message_at", "pk")
        return at, pk

    def where(self) -> Q:
        chosen, at = self.chosen, self.order[0]
        rule = Q(chat__last_word_at__isnull=False) if self.is_beside else Q(status=Status.ENDED)
        if agent := chosen.get("agent"):
            named = Agent.objects.filter(public_id=agent).order_by().values("pk")[:1]
            rule &= Q(assignee=None) if agent == NOBODY else Q(assignee=named)
        if reason := chosen.get("reason"):
            rule &= Q(chat__reason=reason)
        if rating := chosen.get("rating"):
            rule &= Q(chat__score=None) if rating == NO_RATING else Q(chat__score=int(rating))
        if since := chosen.get("since"):
            rule &= Q((f"{at}__gte", _begin(since)))
        if until := chosen.get("until"):
            rule &= Q((f"{at}__lt", _begin(until + timedelta(days=1))))
        return rule

    def after(self, key: tuple[datetime, int]) -> Q:
        """What comes after a row of the list."""
        at, pk = self.order
        return Q((f"{at}__lte", key[0])) & (Q((f"{at}__lt", key[0])) | Q((f"{pk}__lt", key[1])))


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(WORK)
    filters = Filters.of(request.GET)
    chats, before = page_of(request.viewer, filters, request.GET.get("before", ""))
    asked = question(filters.chosen.get("q", ""))
    said = _said(request.viewer, chats, asked)
    context = {
        "part": "past",
        "filters": filters,
        "rows": [(chat, said.get(chat.pk)) for chat in chats],
        "more_url": f"?{filters.address(before=before)}" if before else "",
        "agents": _agents(),
        "reasons": Reason.choices,
        "ratings": [*Score.choices, (NO_RATING, _("Not rated"))],
        **availability.context(request),
    }
    is_more = request.htmx and "before" in request.GET
    page = "chat/console/_past_rows.html" if is_more else "chat/console/past.html"
    return render(request, page, context)


def _said(viewer: Viewer, chats: list[Conversation], asked: list[Clause]) -> dict[int, list[Part]]:
    """Where the words were said, but where the subject says no less. One query, if any."""
    if not (asked and chats):
        return {}
    subjects = {chat.pk: chat.subject for chat in chats}
    found = excerpts(viewer, list(subjects), asked)
    return {
        pk: parts
        for pk, parts in found.items()
        if "".join(part.text for part in parts) != subjects[pk]
    }


def page_of(viewer: Viewer, filters: Filters, before: str) -> tuple[list[Conversation], str]:
    """Ended chats, the newest first, and the key of what comes after them. Two queries at most."""
    chats = _found(viewer, filters).filter(filters.where())
    if key := read_key(before):
        chats = chats.filter(filters.after(key))
    rows = chats.select_related("account", "creator__person", "assignee", "rating")
    rows = rows.select_related("chat__ticket")
    found = list(rows.order_by(*(f"-{column}" for column in filters.order))[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], key_of(last) if last else ""


def _found(viewer: Viewer, filters: Filters) -> ConversationQuerySet:
    """All chats, or those that hold the words; none for words that say nothing."""
    chats = visible_conversations(viewer).of_kind(KIND)
    sought = filters.chosen.get("q", "")
    asked = question(sought)
    if asked:
        return chats.filter(Among(F("pk"), find(viewer, KIND, asked)))
    return chats.none() if sought.strip() else chats


def _begin(day: date) -> datetime:
    """The day's first moment where the agent is."""
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _agents() -> list[tuple[str, str]]:
    """Whoever could have answered, also those who have left."""
    agents = Agent.objects.filter(role__in=ROLES).order_by("name")
    return list(agents.values_list("public_id", "name"))
