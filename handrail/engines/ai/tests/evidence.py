"""Evidence for tests, as the search would bring it."""

from handrail.engines.search.library.evidence import Evidence, EvidencePage, EvidenceSection
from handrail.engines.search.library.pieces import named


def section(
    text: str, *, anchor: str = "", path: tuple[str, ...] = (), near: dict[str, float] | None = None
) -> EvidenceSection:
    """`near`: how near some of its sentences are to the question."""
    known = {named(unit): value for unit, value in (near or {}).items()}
    return EvidenceSection(path, anchor, text, 1.0, 1.0, 0.6 if near else None, known)


def page(
    *sections: EvidenceSection,
    thing: str = "pay",
    score: float = 0.8,
    questions: tuple[str, ...] = (),
) -> EvidencePage:
    return EvidencePage("docs", thing, "en", thing.title(), "", score, sections, questions)


def evidence(
    *pages: EvidencePage, worth: dict[str, float] | None = None, confidence: float = 0.9
) -> Evidence:
    return Evidence(pages, worth or {"pay": 2.0}, confidence=confidence)
