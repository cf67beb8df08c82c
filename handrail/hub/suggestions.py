"""What may answer somebody before they ask? Mediums suggest; what may be read is shown."""

from dataclasses import dataclass

from handrail.engines.activity.ref import Ref
from handrail.hub.medium import Medium
from handrail.hub.models import MediumOffer
from handrail.hub.refs import resolve
from handrail.hub.registry import find, mediums
from handrail.people.viewer import Viewer

FEWEST_LETTERS = 3
MOST_LETTERS = 1_200
"""A subject and the beginning of what is described."""
MOST_SHOWN = 4


@dataclass(frozen=True)
class Shown:
    """A suggestion as a page shows it: where it leads, and what it is part of."""

    ref: Ref
    title: str
    excerpt: str
    url: str
    medium: str
    icon: str


def has_suggesters() -> bool:
    """Whether any medium suggests at all: pages that ask nobody need not ask."""
    return any(type(medium).suggest is not Medium.suggest for medium in mediums())


def suggest(viewer: Viewer, words: str) -> list[Shown]:
    """What the mediums that are open to this viewer suggest, in the owner's order of mediums.

    One query for the mediums, and two for each that suggests.
    """
    words = " ".join(words.split())[:MOST_LETTERS]
    if sum(letter.isalnum() for letter in words) < FEWEST_LETTERS:
        return []
    found = [
        (offer, suggestion)
        for offer in MediumOffer.objects.visible_to(viewer)
        if (medium := find(offer.medium)) and medium.lock(viewer) is None
        for suggestion in medium.suggest(viewer, words)[:MOST_SHOWN]
    ]
    urls = resolve(viewer, {suggestion.ref for _offer, suggestion in found})
    return [
        _shown(offer, suggestion.ref, suggestion.title, suggestion.excerpt, urls[suggestion.ref])
        for offer, suggestion in found
        if suggestion.ref in urls
    ][:MOST_SHOWN]


def _shown(offer: MediumOffer, ref: Ref, title: str, excerpt: str, url: str) -> Shown:
    medium = find(offer.medium)
    label = offer.label or str(medium.label if medium else "")
    icon = offer.icon or (medium.icon if medium else "")
    return Shown(ref, title, excerpt, url, label, icon)
