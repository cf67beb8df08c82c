"""What comes back from a question? Pages, best first, each with the passages that speak for it."""

from dataclasses import dataclass

from handrail.engines.search.excerpts import Part


@dataclass(frozen=True)
class PassageHit:
    """A place in a page that answers; its address is the page's with `#anchor`."""

    heading_path: tuple[str, ...]
    anchor: str
    excerpt: tuple[Part, ...]
    score: float


@dataclass(frozen=True)
class Hit:
    """A page. The index proposes it: ask the database for it as the viewer before it is shown."""

    medium: str
    thing_id: str
    language: str
    title: str
    title_parts: tuple[Part, ...]
    summary: str
    score: float
    """Compares with the other hits of this answer alone."""
    passages: tuple[PassageHit, ...]


@dataclass(frozen=True)
class Answer:
    """What was found."""

    hits: tuple[Hit, ...]
    corrected: str | None
    """The question as it was read, where words in it were put right."""
    confidence: float
    """From 0 to 1, how sure it is that the pages answer at all. With meaning, the best cosine of a
    passage (below about .48: they hardly do); without, how much of the question the best page
    holds. The two are not one scale."""
    has_meaning: bool
    """False: words alone ranked; the same question may be asked again with `refine`."""
    is_exact: bool = True
    """False: no page held the quoted words next to each other, so they counted as words."""


NOTHING = Answer((), None, 0.0, has_meaning=False)
