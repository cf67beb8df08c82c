"""Which sentence, step or row answers best? What it means, what it says, and where it stands.

    score = PAGE * page + near + SAID * said + FITS        with meaning
    score = PAGE * page + said + FITS                      by words alone
    score + PROMISED                                       of a page whose author says it answers

near: cosine of the unit, in the light of its passage, and the question; said: which part of the
question's words it says, by rarity; page: the hybrid score; FITS where it looks like an answer of
the kind that is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from handrail.engines.ai.questions import Wanted, are_alike, fits, wanted
from handrail.engines.search.library.blocks import Block, bare, blocks
from handrail.engines.search.library.evidence import Evidence, EvidencePage, EvidenceSection
from handrail.engines.search.library.ranking import SPOKEN
from handrail.engines.search.library.stems import stem
from handrail.engines.search.words import words

PAGE = 0.9
SAID = 0.2
FITS = 0.1
FOREIGN = (0.35, 1.0)
"""Weights of near and said in languages that the model only guesses at."""
PROMISED = 1.0
"""More than anything else can be worth: the author knows the page."""
MOST_UNITS = 400
"""Of one section."""


@dataclass(frozen=True)
class Unit:
    """One sentence, step, item or row, and what speaks for it."""

    page: EvidencePage
    section: EvidenceSection
    block: Block
    number: int
    """Its place among the lines of its block."""
    near: float | None
    said: float
    fits: bool
    is_promised: bool = False
    """The author of the page wrote that it answers this question."""

    @property
    def text(self) -> str:
        return self.block.lines[self.number]

    @property
    def score(self) -> float:
        fits = (FITS if self.fits else 0.0) + (PROMISED if self.is_promised else 0.0)
        if self.near is None:
            return PAGE * self.page.score + self.said + fits
        meant, said = (1.0, SAID) if self.page.language in SPOKEN else FOREIGN
        return PAGE * self.page.score + meant * self.near + said * self.said + fits


def weighed(evidence: Evidence, question: str) -> list[Unit]:
    """All units of the evidence, the best first."""
    kind = wanted(question)
    found: list[Unit] = []
    for page in evidence.pages:
        promises = any(are_alike(question, one, page.language) for one in page.questions)
        for section in page.sections:
            units = _of_section(page, section, evidence, kind)
            found += [replace(one, is_promised=True) for one in units] if promises else units
    return sorted(found, key=lambda unit: -unit.score)


def _of_section(
    page: EvidencePage, section: EvidenceSection, evidence: Evidence, kind: Wanted
) -> Iterator[Unit]:
    count = 0
    for block in blocks(section.text):
        for number, line in enumerate(block.lines):
            if (count := count + 1) > MOST_UNITS:
                return
            near, words = section.near(line), line
            if block.lead and not number:
                announced = section.near(block.lead)
                near = max(near, announced) if near and announced else near or announced
                words = f"{block.lead} {line}"
            said = share(evidence.worth, words, page.language)
            does_fit = kind is not Wanted.ANYTHING and fits(kind, bare(line))
            yield Unit(page, section, block, number, near, said, does_fit)


def share(worth: dict[str, float], text: str, language: str) -> float:
    """Which part of the question's words a text says in some form of them, by their rarity."""
    said, total = stems(text, language), sum(worth.values())
    held = sum(value for word, value in worth.items() if stem(word, language) in said)
    return held / total if total else 0.0


@lru_cache(maxsize=4096)
def stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text))
