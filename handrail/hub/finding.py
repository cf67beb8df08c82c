"""What does the one search box find? What every medium finds, in groups, never as one ranking."""

from dataclasses import dataclass, replace

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
    groups: tuple[Group, ...] = ()
    may_refine: bool = False
    """Also where words alone have found nothing: the meaning of them may."""
    is_too_short: bool = False
    """Too little was typed to look for."""
    ask_url: str = ""
    """Where the same words are asked as a question; empty: nowhere."""

    @property
    def count(self) -> int:
        return sum(len(group.found) for group in self.groups)

    @property
    def corrected(self) -> str:
        return next((g.findings.corrected for g in self.groups if g.findings.corrected), "")


def search_everything(
    viewer: Viewer, text: str, *, refine: bool = False, is_public: bool = False
) -> Everything:
    """As this viewer: of the mediums that are open to them. One query, and those of the mediums.

    `is_public`: what is on the public site is found there, not in the panel.
    """
    text = " ".join(text.replace("\0", " ").split())[:MOST_LETTERS]
    if _is_too_short(text):
        return Everything(text, is_too_short=True)
    groups, may_refine, ask_url = [], False, ""
    for medium, offer in sorted(_open(viewer), key=lambda pair: pair[0].search_place):
        ask_url = ask_url or medium.ask_url(text, is_public=is_public)
        findings = medium.search(viewer, text, limit=MOST_IN_GROUP, refine=refine)
        if findings is None:
            continue
        may_refine = may_refine or findings.may_refine
        if findings.found:
            label, icon = offer.label or str(medium.label), offer.icon or medium.icon
            shown = _on_the_site(findings) if is_public else findings
            groups.append(Group(medium.name, label, icon, shown))
    return Everything(text, tuple(groups), may_refine, ask_url=ask_url)


def can_search() -> bool:
    """Whether any medium has something to be found: without one there is no box."""
    return any(type(medium).search is not Medium.search for medium in mediums())


def _is_too_short(text: str) -> bool:
    """A number may have one digit."""
    letters = "".join(filter(str.isalnum, text))
    return len(letters) < FEWEST_LETTERS and not letters.isdecimal()


def _on_the_site(findings: Findings) -> Findings:
    found = [replace(one, url=one.public_url or one.url) for one in findings.found]
    return replace(findings, found=found, more_url=findings.more_public_url or findings.more_url)


def _open(viewer: Viewer) -> list[tuple[Medium, MediumOffer]]:
    return [
        (medium, offer)
        for offer in MediumOffer.objects.visible_to(viewer)
        if (medium := find(offer.medium))
        and (medium.for_nobody or not viewer.is_nobody)
        and medium.lock(viewer) is None
    ]
