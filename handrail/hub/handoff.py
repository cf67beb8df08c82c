"""How does one medium pass a person on to another, without knowing it?"""

from dataclasses import dataclass

from handrail.hub.medium import Handoff, Medium
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find
from handrail.people.viewer import Viewer


@dataclass(frozen=True)
class WayOn:
    """A medium that takes over from another one, as the owner calls it."""

    name: str
    label: str
    icon: str


class NoSuchMedium(LookupError):
    """The medium is not installed; the caller shows no such offer."""


def handoff(medium_name: str, viewer: Viewer, draft: Handoff) -> str:
    """Gives a draft to a medium as this viewer; returns the address to go on at."""
    medium = find(medium_name)
    if medium is None:
        raise NoSuchMedium(medium_name)
    return medium.accept(viewer, draft)


def ways_on(viewer: Viewer) -> list[WayOn]:
    """The mediums that take over and are open to this viewer, in the owner's order. One query.

    A visitor may be a member who is not signed in here: they are shown what members have, and are
    led to sign in when they choose it.
    """
    found = []
    for offer in MediumOffer.objects.visible_to(viewer):
        medium = find(offer.medium)
        if medium is None or type(medium).accept is Medium.accept:
            continue
        if viewer.is_nobody or medium.lock(viewer) is None:
            label, icon = offer.label or str(medium.label), offer.icon or medium.icon
            found.append(WayOn(medium.name, label, icon))
    return found
