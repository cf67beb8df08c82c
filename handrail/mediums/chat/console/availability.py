"""Does this agent take chats? Here or away, how many, in which languages, of which teams."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handrail.engines.conversations.access import WORK
from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat import actions
from handrail.mediums.chat.console.rail import calls
from handrail.mediums.chat.crew import HEARD_OF_FOR
from handrail.mediums.chat.models import Availability, Presence
from handrail.mediums.chat.states import KIND, Status
from handrail.people.models import Agent, Team
from handrail.people.requests import ViewerRequest

INVALID = 422
SPOKEN = ("en", "de", "fr", "es", "ar", "it", "nl", "pl", "pt", "ja")
"""Languages that an agent can say they answer in; pages have words in some of them."""


class AvailabilityForm(forms.Form):
    presence = forms.ChoiceField(choices=Presence.choices)
    limit = forms.IntegerField(
        label=_("Chats at a time"),
        min_value=1,
        max_value=20,
        help_text=_("As many come by themselves. You can always accept one more."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you answer in"),
        help_text=_("None chosen: whatever comes."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.MultipleChoiceField(
        label=_("Teams whose chats come to you"),
        help_text=_("None chosen: those of all your teams."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, teams: list[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(code, str(get_language_info(code)["name_local"])) for code in SPOKEN]
        self.fields["languages"].choices = spoken  # type: ignore[attr-defined]
        own = [(team.public_id, team.name) for team in teams]
        self.fields["skills"].choices = own  # type: ignore[attr-defined]
        if not own:
            del self.fields["skills"]


@require_POST
def change(request: ViewerRequest) -> HttpResponse:
    """By the popover's form, or by the palette with a presence alone."""
    request.viewer.require(WORK)
    if set(request.POST) - {"csrfmiddlewaretoken"} == {"presence"}:
        presence = request.POST["presence"]
        if presence in Presence.values:
            actions.set_availability(request.viewer, presence=Presence(presence))
        return render(request, "chat/console/_availability.html", context(request))
    form = AvailabilityForm(_teams(request), request.POST)
    if not form.is_valid():
        drawn = {**context(request), "availability_form": form, "is_open": True}
        return render(request, "chat/console/_availability.html", drawn, status=INVALID)
    given = form.cleaned_data
    try:
        actions.set_availability(
            request.viewer,
            presence=Presence(given["presence"]),
            limit=given["limit"],
            languages=given["languages"],
            skills=given.get("skills", []),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        drawn = {**context(request), "availability_form": form, "is_open": True}
        return render(request, "chat/console/_availability.html", drawn, status=INVALID)
    return render(request, "chat/console/_availability.html", context(request))


@require_POST
def here(request: ViewerRequest) -> HttpResponse:
    """A page of the console is open: its agent can be given chats. Answers what calls them; or it
    is closed."""
    request.viewer.require(WORK)
    if "leaves" in request.POST:
        actions.leave(request.viewer)
        return HttpResponse(status=204)
    actions.be_here(request.viewer)
    return render(request, "chat/console/_calls.html", {"calls": calls(request.viewer)})


def context(request: ViewerRequest) -> dict[str, Any]:
    """What the button in the head and its popover show. Three queries."""
    agent = request.viewer.require_agent()
    found = Availability.objects.visible_to(request.viewer).filter(agent=agent).first()
    own = found or Availability(agent=agent)
    initial = {
        "presence": own.presence,
        "limit": own.limit,
        "languages": own.languages,
        "skills": own.skills,
    }
    live = Conversation.objects.visible_to(request.viewer).filter(
        assignee=agent, kind=KIND, status=Status.LIVE
    )
    return {
        "availability": own,
        "load": live.count(),
        "is_here": own.presence == Presence.HERE,
        "availability_form": AvailabilityForm(_teams(request), initial=initial),
        "presences": Presence.choices,
    }


def is_here(agent: Agent) -> bool:
    """Whether an agent, who came with their availability, takes chats now."""
    own: Availability | None = getattr(agent, "availability", None)
    return bool(
        own
        and own.presence == Presence.HERE
        and own.seen_at
        and own.seen_at > timezone.now() - HEARD_OF_FOR
    )


def _teams(request: ViewerRequest) -> list[Team]:
    """The agent's own teams, as far as they still are."""
    agent = request.viewer.require_agent()
    return list(Team.objects.filter(memberships__agent=agent, retired_at=None).order_by("name"))
