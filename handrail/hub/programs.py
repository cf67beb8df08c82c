"""What may a program ask of all mediums together? The same at every address that programs use.

Each asks as a viewer, on the public site as nobody; limits are here, so that no way in has others.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

from handrail.base.limits import Limit
from handrail.engines.ai import actions
from handrail.engines.ai.model.actions import belongs_to
from handrail.engines.ai.models import Surface
from handrail.engines.search.library import EvidencePage, EvidenceSection
from handrail.hub import asking
from handrail.hub.asking import Reply, TooLong
from handrail.hub.registry import mediums
from handrail.people.viewer import Viewer

ASKED = Limit("programs-ask", most=60, seconds=60)
"""Questions from one address of the network."""
ASKED_BY_ALL = Limit("programs-ask-by-all", most=1_200, seconds=60)
"""From everywhere: some 25 milliseconds each, so half of a core at most."""
REMEMBERED = Limit("programs-ask-remembered", most=10_000, seconds=24 * 60 * 60)
"""Beyond it, questions are answered and not kept: strangers can fill some 30 MB a day, no more."""
REPORTED = Limit("programs-feedback", most=20, seconds=60 * 60)
REPORTED_BY_ALL = Limit("programs-feedback-by-all", most=500, seconds=24 * 60 * 60)

LONGEST_GOAL = 500
FEWEST_LETTERS, MOST_LETTERS = 1, 2_048
"""Of what a program may say about a page."""
LONGEST_ADDRESS = 2_048
LONGEST_PASSAGE = 1_500


@dataclass(frozen=True)
class Passage:
    """The best section of a page that a search found."""

    title: str
    address: str
    """Whole, with the anchor of the section; `read` takes it."""
    text: str


def ask(
    viewer: Viewer,
    question: str,
    *,
    goal: str,
    client: str,
    surface: Surface,
    languages: Iterable[str] = (),
) -> Reply:
    """Answers and remembers the question. `client`: the address that is counted.

    Raises TooLong, and TooMany where this client, or all together, asked too much.
    """
    question, goal = asking.cleaned(question), asking.cleaned(goal)
    if len(goal) > LONGEST_GOAL:
        raise TooLong
    ASKED.hit(client)
    ASKED_BY_ALL.hit("")
    began = time.perf_counter()
    calls: list[int] = []
    reply = asking.ask(viewer, question, goal=goal, languages=languages, calls=calls)
    milliseconds = round((time.perf_counter() - began) * 1_000)
    if REMEMBERED.count("") <= REMEMBERED.most:
        kept = actions.remember(
            viewer,
            reply.question,
            reply.answer,
            surface=surface,
            language=get_language() or "en",
            milliseconds=milliseconds,
            goal=goal,
        )
        belongs_to(kept, calls)
    return reply


def passages(viewer: Viewer, words: str) -> list[Passage]:
    """The best section of each page that this viewer finds by these words. Raises TooLong."""
    evidence, places = asking.readable_evidence(viewer, words)
    found = []
    for page in evidence.pages:
        place = places[page.medium, page.thing_id]
        if page.sections and place.public_url:
            best = max(page.sections, key=lambda section: section.score)
            address = f"{settings.HANDRAIL_URL}{place.public_url}"
            anchor = f"#{best.anchor}" if best.anchor else ""
            title = " > ".join((place.title, *best.heading_path))
            found.append(Passage(title, iri_to_uri(address + anchor), _cut(best, page)))
    return found


def _cut(section: EvidenceSection, page: EvidencePage) -> str:
    text = section.text or page.summary
    return text if len(text) <= LONGEST_PASSAGE else f"{text[:LONGEST_PASSAGE].rstrip()}…"


def read(viewer: Viewer, address: str) -> str | None:
    """What is at a public address, as Markdown; None: nothing that is listed for this viewer."""
    path = public_path(address)
    if path is None:
        return None
    found = (medium.read_public(viewer, path) for medium in mediums())
    return next((text for text in found if text is not None), None)


def take_feedback(viewer: Viewer, address: str, words: str, *, goal: str, client: str) -> bool:
    """What a program says about a page; False where there is none for this viewer.

    `words` have from FEWEST_LETTERS to MOST_LETTERS letters, `goal` LONGEST_GOAL at most. Raises
    TooMany.
    """
    REPORTED.hit(client)
    REPORTED_BY_ALL.hit("")
    path = public_path(address)
    if path is None:
        return False
    return any(medium.take_feedback(viewer, path, words, goal) for medium in mediums())


def public_path(address: str) -> str | None:
    """The path of a public address of ours, decoded; the scheme, and all before the path, may be
    left out. None for what is elsewhere."""
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or "\\" in address:
        return None
    own = urlsplit(settings.HANDRAIL_URL).netloc
    bare = address.strip().removeprefix("https://").removeprefix("http://")
    if not address.strip().startswith("/"):
        host, _, rest = bare.partition("/")
        if host.lower() != own.lower():
            return None
        bare = f"/{rest}"
    path = unquote(bare.partition("?")[0].partition("#")[0])
    return path if path.isprintable() else None
