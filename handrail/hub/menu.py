"""What does this viewer find behind the Help button?"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.engines.conversations.access import WORK
from handrail.engines.notify.models import Notice
from handrail.hub.medium import DeskItem, MenuItem, SettingsPart, Waiting
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find, mediums
from handrail.people.viewer import Viewer

MOST_WAITING = 5


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
    """The console's navigation for this agent."""
    items = (medium.desk_item(viewer) for medium in mediums())
    return [item for item in items if item is not None]


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


def sign_in_help_url() -> str:
    """Where somebody who cannot sign in finds help; empty where no medium offers any."""
    return next((url for medium in mediums() if (url := medium.sign_in_help_url())), "")


def unread_notices(viewer: Viewer) -> int:
    """What the bell in the console says; it stops counting at a hundred. One indexed query."""
    return Notice.objects.visible_to(viewer).unread()[:100].count()


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
