"""Who of us takes chats, how many at a time, and of what kind? Agents say so themselves."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations import topics
from handrail.engines.live import push
from handrail.engines.live.topics import Topic
from handrail.mediums.chat.actions.refusals import WORK
from handrail.mediums.chat.actions.routing import route_soon
from handrail.mediums.chat.crew import HEARD_OF_FOR
from handrail.mediums.chat.models import Availability, Presence
from handrail.mediums.chat.states import KIND
from handrail.people.models import Team
from handrail.people.viewer import Viewer

MOST_CHATS = 20
MOST_LANGUAGES = 20

LEAVES_IN = timedelta(seconds=30)
"""Who goes from one page to the next closes one: so long the next has to say that it is open."""


def set_availability(
    viewer: Viewer,
    *,
    presence: Presence | None = None,
    limit: int | None = None,
    languages: Iterable[str] | None = None,
    skills: Iterable[str] | None = None,
) -> Availability:
    """Changes what is given, as this agent, for themselves."""
    viewer.require(WORK)
    agent = viewer.require_agent()
    with transaction.atomic():
        row, _made = Availability.objects.select_for_update().get_or_create(agent=agent)
        if presence is not None:
            row.presence = Presence(presence)
        if limit is not None:
            row.limit = _limit(limit)
        if languages is not None:
            row.languages = _languages(languages)
        if skills is not None:
            row.skills = _teams(skills)
        row.seen_at = row.changed_at = timezone.now()
        row.save()
        activity.record(
            viewer,
            "chat.availability_changed",
            Ref(KIND, agent.public_id),
            presence=row.presence,
            limit=row.limit,
        )
        crew_changed()
    return row


def be_here(viewer: Viewer) -> None:
    """A page of this agent's is open."""
    viewer.require(WORK)
    now = timezone.now()
    row = Availability.objects.filter(agent=viewer.require_agent())
    was_gone = row.exclude(seen_at__gt=now - HEARD_OF_FOR).filter(presence=Presence.HERE)
    with transaction.atomic():
        if was_gone.update(seen_at=now):
            crew_changed()
        else:
            row.update(seen_at=now)


def leave(viewer: Viewer) -> None:
    """A page of this agent's was closed. Where no other says soon that it is open, they left."""
    viewer.require(WORK)
    here_since = timezone.now() - HEARD_OF_FOR + LEAVES_IN
    here = Availability.objects.filter(agent=viewer.require_agent(), seen_at__gt=here_since)
    here.update(seen_at=here_since)


def crew_changed() -> None:
    """Who is here has changed: queues and expected times with it."""
    push.changed(Topic(topics.QUEUE))
    route_soon()


def _limit(limit: int) -> int:
    if not 1 <= limit <= MOST_CHATS:
        words = _("You can have between 1 and %(most)s chats at a time.")
        raise ValidationError(words % {"most": MOST_CHATS})
    return limit


def _languages(languages: Iterable[str]) -> list[str]:
    """First parts of language tags, each once."""
    parts = [tag.strip().partition("-")[0].lower() for tag in languages]
    if any(not (part.isascii() and part.isalpha() and len(part) <= 8) for part in parts):
        raise ValidationError(_("That is no language that we know."))
    return list(dict.fromkeys(parts))[:MOST_LANGUAGES]


def _teams(public_ids: Iterable[str]) -> list[str]:
    """Teams that there are, in their order."""
    teams = Team.objects.filter(public_id__in=list(public_ids), retired_at=None)
    return list(teams.values_list("public_id", flat=True))
