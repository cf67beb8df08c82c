"""Which pages are nearest to an address that leads nowhere?

.4 edit distance of the paths + .3 segments in common + .2 the last segment + .1 words in common,
and a little for the same beginning (.05) and the same end (.1): what GitBook's renderer weighs.
"""

import re

from rapidfuzz.distance import Levenshtein

from handrail.mediums.docs.models import Page
from handrail.people.viewer import Viewer

MOST_SHOWN = 5
MOST_COMPARED = 5_000
"""Pages that are looked at: some ten milliseconds."""

LONGEST = 400
LEAST = 0.25
"""Below it, an address says nothing of what was meant."""


def nearest(viewer: Viewer, address: str) -> list[Page]:
    """Up to five pages that this viewer may read, nearest first. Two queries."""
    address = address.replace("\0", "")[:LONGEST].strip("/").lower()
    pages = Page.objects.visible_to(viewer).listed().filter(is_group=False)
    rows = pages.values_list("pk", "section__slug", "section__language", "language", "path")
    scored = []
    for pk, slug, own, language, path in rows[:MOST_COMPARED]:
        parts = (slug, "" if language == own else language, path)
        score = similarity(address, "/".join(part for part in parts if part))
        if score >= LEAST:
            scored.append((-score, pk))
    best = [pk for _score, pk in sorted(scored)[:MOST_SHOWN]]
    if not best:
        return []
    found = pages.select_related("section").defer("body", "html", "outline").in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def similarity(wanted: str, path: str) -> float:
    """From 0 to a little over 1."""
    path = path.lower()
    ours, theirs = path.split("/"), wanted.split("/")
    score = (
        0.4 * Levenshtein.normalized_similarity(path, wanted)
        + 0.3 * _overlap(set(ours), set(theirs))
        + 0.2 * Levenshtein.normalized_similarity(ours[-1], theirs[-1])
        + 0.1 * _overlap(_words(path), _words(wanted))
    )
    return score + 0.05 * (ours[0] == theirs[0]) + 0.1 * (ours[-1] == theirs[-1])


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _words(path: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", path))
