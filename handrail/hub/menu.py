"""What does this viewer find behind the Help button?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.base.counting import counted
from handrail.engines.conversations.access import WORK
from handrail.engines.notify.models import Notice
from handrail.hub.medium import DeskItem, MenuItem, SettingsPart, Waiting
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find, mediums
from handrail.people.models import Agent
from handrail.people.viewer import Viewer

MOST_WAITING = 5
MOST_NOTICES = 100

_BELL = "notices"


def menu(viewer: Viewer) -> list[MenuItem]:
    """The mediums in the owner's order: open, or locked with the reason.

    A medium that is not installed, switched off or not for this viewer's audience is not there.
    One query, and one a medium for its badge.
    """
    items = (_item(viewer, offer) for offer in MediumOffer.objects.visible_to(viewer))
    return [item for item in items if item is not None]


def waiting(viewer: Viewer, items: Iterable[MenuItem]) -> list[Waiting]:
    """What waits for this viewer behind the open ones of these items. One query a medium."""
    opened = (find(item.name) for item in items if item.lock is None)
    found = [waits for medium in opened if medium for waits in medium.waiting(viewer)]
    return found[:MOST_WAITING]


def unread(viewer: Viewer) -> int:
    """What the badge on the Help button says: all badges of the menu. Costs what the menu does."""
    return sum(item.badge for item in menu(viewer))


def desk_menu(viewer: Viewer) -> list[DeskItem]:
    """The mediums that this agent works in. No query: their badges are in `navigation`."""
    items = (medium.desk_item(viewer) for medium in mediums())
    return [item for item in items if item is not None]


@dataclass(frozen=True)
class Navigation:
    """The console's navigation, with what waits behind each part of it."""

    items: list[DeskItem]
    unread_notices: int
    """What the bell says; it stops counting at a hundred."""


def navigation(viewer: Viewer) -> Navigation:
    """For this agent, on every page of the console. One query, however many mediums there are."""
    items = desk_menu(viewer)
    waiting = {item.name: _waiting_at_desk(viewer, item) for item in items}
    queries = {name: rows for name, rows in waiting.items() if rows is not None}
    queries[_BELL] = Notice.objects.visible_to(viewer).unread()[:MOST_NOTICES]
    counts = counted(Agent.objects.filter(pk=viewer.require_agent().pk), queries)
    shown = [replace(item, badge=counts.get(item.name, 0)) for item in items]
    return Navigation(shown, counts[_BELL])


def _waiting_at_desk(viewer: Viewer, item: DeskItem) -> QuerySet[Any] | None:
    medium = find(item.name)
    return medium.desk_waiting(viewer) if medium else None


def desk_scripts(viewer: Viewer) -> list[str]:
    """What mediums run in every page of the console, as far as this agent works conversations."""
    if not viewer.may(WORK):
        return []
    return [script for medium in mediums() for script in medium.desk_scripts]


def settings_menu(viewer: Viewer) -> list[SettingsPart]:
    """The pages of the settings that this agent may open: the console's own, then each medium's."""
    own = (
        ("people.manage", SettingsPart("agents", _("Agents"), reverse("console:agents"))),
        ("settings.manage", SettingsPart("hosts", _("Platforms"), reverse("console:hosts"))),
    )
    theirs = [part for medium in mediums() for part in medium.settings_parts(viewer)]
    return [*(part for needed, part in own if viewer.may(needed)), *theirs]


def account_menu(viewer: Viewer) -> list[SettingsPart]:
    """What this member may choose for all of their account, in the mediums that are there for them.
    No query for who may choose nothing, else one, and one a medium."""
    theirs = {medium.name: medium.account_parts(viewer) for medium in mediums()}
    if not any(theirs.values()):
        return []
    offers = MediumOffer.objects.visible_to(viewer)
    return [part for offer in offers for part in theirs.get(offer.medium, ())]


def sign_in_help_url() -> str:
    """Where somebody who cannot sign in finds help; empty where no medium offers any."""
    return next((url for medium in mediums() if (url := medium.sign_in_help_url())), "")


def _item(viewer: Viewer, offer: MediumOffer) -> MenuItem | None:
    medium = find(offer.medium)
    if medium is None or (viewer.is_nobody and not medium.for_nobody):
        return None
    lock = medium.lock(viewer)
    return MenuItem(
        name=medium.name,
        label=offer.label or str(medium.label),
        blurb=offer.blurb or str(medium.blurb),
        icon=offer.icon or medium.icon,
        url=medium.menu_url(),
        badge=0 if lock else medium.badge(viewer),
        lock=lock,
    )
