"""What does the one search box find? What every medium finds, in groups, never as one ranking."""

from dataclasses import dataclass

from handrail.hub.medium import Finding, Findings, Medium
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find, mediums
from handrail.people.viewer import Viewer

MOST_LETTERS = 400
"""Of what was typed: a question, not a letter."""
FEWEST_LETTERS = 2
MOST_IN_GROUP = 5


@dataclass(frozen=True)
class Group:
    """The findings of one medium under its name, as the owner calls it."""

    name: str
    label: str
    icon: str
    findings: Findings

    @property
    def found(self) -> list[Finding]:
        return list(self.findings.found)


@dataclass(frozen=True)
class Everything:
    """All groups that hold anything."""

    text: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        return sum(len(group.found) for group in self.groups)

    @property
    def corrected(self) -> str:
        return next((g.findings.corrected for g in self.groups if g.findings.corrected), "")

    @property
    def may_refine(self) -> bool:
        return any(group.findings.may_refine for group in self.groups)


def search_everything(viewer: Viewer, text: str, *, refine: bool = False) -> Everything:
    """As this viewer: of the mediums that are open to them. One query, and those of the mediums."""
    text = " ".join(text.replace("\0", " ").split())[:MOST_LETTERS]
    if sum(letter.isalnum() for letter in text) < FEWEST_LETTERS:
        return Everything(text, ())
    groups = []
    for medium, offer in sorted(_open(viewer), key=lambda pair: pair[0].search_place):
        findings = medium.search(viewer, text, limit=MOST_IN_GROUP, refine=refine)
        if findings and findings.found:
            label, icon = offer.label or str(medium.label), offer.icon or medium.icon
            groups.append(Group(medium.name, label, icon, findings))
    return Everything(text, tuple(groups))


def can_search() -> bool:
    """Whether any medium has something to be found: without one there is no box."""
    return any(type(medium).search is not Medium.search for medium in mediums())


def _open(viewer: Viewer) -> list[tuple[Medium, MediumOffer]]:
    return [
        (medium, offer)
        for offer in MediumOffer.objects.visible_to(viewer)
        if (medium := find(offer.medium))
        and (medium.for_nobody or not viewer.is_nobody)
        and medium.lock(viewer) is None
    ]
