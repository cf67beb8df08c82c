"""What do the pages of all mediums say to a question, as this viewer may read them?

The search proposes passages, the database says which of their pages this viewer may read, and only
then is anything made of them: what somebody may not read changes nothing of their answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language

from handrail.engines.ai import answering, quoting
from handrail.engines.ai.answers import NOTHING, Answer, Source
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.search import library
from handrail.hub import kept
from handrail.hub.medium import Medium, Place
from handrail.hub.models import MediumOffer
from handrail.hub.registry import find, mediums
from handrail.people.viewer import Viewer

BUILT_IN = "built-in"
LONGEST_QUESTION = 2_000
"""Letters; a question of more is refused, since what is cut off may be what was meant."""


@dataclass(frozen=True)
class Cited:
    """A source with the addresses at which this viewer reads it."""

    source: Source
    place: Place


@dataclass(frozen=True)
class Reply:
    """An answer as it may be shown to this viewer, and to nobody else."""

    question: str
    answer: Answer
    sources: tuple[Cited, ...]
    """As `answer.sources`, number by number."""
    closest: tuple[Cited, ...]


class TooLong(ValueError):
    """The question has more than LONGEST_QUESTION letters."""


def cleaned(question: str) -> str:
    """In one line, without what no database takes: NUL, and halves of letters. Raises TooLong."""
    whole = question.encode(errors="replace").decode()
    text = " ".join(whole.replace("\0", " ").split())
    if len(text) > LONGEST_QUESTION:
        raise TooLong
    return text


def is_blank(question: str) -> bool:
    """Nothing is asked: it is empty, or the placeholder of an example that somebody followed."""
    return question.strip("<> \t").lower() in ("", "question")


def is_on() -> bool:
    """Whether questions are answered here at all: the operator says so, and there is something to
    answer from."""
    return settings.HANDRAIL_ASK and any(medium.explains for medium in mediums())


def ask(
    viewer: Viewer,
    question: str,
    *,
    goal: str = "",
    languages: Iterable[str] = (),
    calls: list[int] | None = None,
) -> Reply:
    """Answers by quoting. `goal`: what it is asked for; steers, and never widens what is read.

    `calls`: whoever gives a list has the time for a model, where there is one; what it was called
    for is added. Three queries, and two for each medium that explains; 20 to 40 ms without a model.
    The same question of somebody who may read the same is answered from what is kept, in two
    queries less. Raises TooLong.
    """
    question = cleaned(question)
    explaining = _explaining(viewer)
    if is_blank(question) or not explaining:
        return Reply(question, NOTHING, (), ())
    asked = _asked(viewer, question, goal, languages, explaining)
    if calls is not None and (model := Endpoint.chosen()):
        asked = replace(asked, engine=model.name)
    answer = kept.find(asked)
    if answer is not None:
        cited = [*answer.sources, *answer.closest]
        places = _places(viewer, explaining, cited)
        if all((one.medium, one.thing_id) in places for one in cited):
            return _reply(question, answer, places)
    evidence, places = _evidence(viewer, asked, explaining)
    if calls is None:
        answer = quoting.answer(question, evidence)
    else:
        events = answering.answer(
            question, evidence, goal=goal, account=viewer.account, calls=calls
        )
        answer = answering.whole(events)
    if answer.engine != asked.engine:
        return _reply(question, answer, places)  # the model failed, and may not the next time
    if evidence.has_meaning == bool(asked.version.model):  # the model was not too busy
        kept.keep(asked, answer)
    return _reply(question, answer, places)


def readable_evidence(
    viewer: Viewer, question: str, *, languages: Iterable[str] = ()
) -> tuple[library.Evidence, "Places"]:
    """The pages that say most of it and where this viewer reads them; the costs of `ask`. Raises
    TooLong."""
    question = cleaned(question)
    explaining = _explaining(viewer)
    if is_blank(question) or not explaining:
        return library.Evidence(), {}
    return _evidence(viewer, _asked(viewer, question, "", languages, explaining), explaining)


Places = Mapping[tuple[str, str], Place]


def _explaining(viewer: Viewer) -> list[Medium]:
    """The mediums with evidence that are open to this viewer."""
    return [
        medium
        for offer in MediumOffer.objects.visible_to(viewer)
        if (medium := find(offer.medium))
        and medium.explains
        and (medium.for_nobody or not viewer.is_nobody)
        and medium.lock(viewer) is None
    ]


def _asked(
    viewer: Viewer,
    question: str,
    goal: str,
    languages: Iterable[str],
    explaining: Iterable[Medium],
) -> kept.Asked:
    written = [language for medium in explaining for language in medium.languages(viewer)]
    wanted = tuple(dict.fromkeys([get_language() or "en", *languages, *written]))
    return kept.Asked(
        question=question,
        goal=goal,
        audiences=None if viewer.is_system else viewer.audience_ids,
        languages=wanted,
        mediums=tuple(medium.name for medium in explaining),
        version=library.version(wanted),
        engine=BUILT_IN,
    )


def _evidence(
    viewer: Viewer, asked: kept.Asked, explaining: list[Medium]
) -> tuple[library.Evidence, dict[tuple[str, str], Place]]:
    """What the library proposes, less what the database says is not for this viewer."""
    evidence = library.evidence_for(
        asked.question,
        audiences=asked.audiences,
        languages=asked.languages,
        mediums=asked.mediums,
    )
    places = _places(viewer, explaining, evidence.pages)
    readable = (one for one in evidence.pages if (one.medium, one.thing_id) in places)
    return replace(evidence, pages=tuple(readable)), places


def _places(
    viewer: Viewer, explaining: list[Medium], pages: Iterable[library.EvidencePage | Source]
) -> dict[tuple[str, str], Place]:
    wanted: dict[str, list[str]] = {}
    for page in pages:
        wanted.setdefault(page.medium, []).append(page.thing_id)
    return {
        (medium.name, public_id): place
        for medium in explaining
        if medium.name in wanted
        for public_id, place in medium.places(viewer, dict.fromkeys(wanted[medium.name])).items()
    }


def _reply(question: str, answer: Answer, places: Places) -> Reply:
    def cited(sources: Iterable[Source]) -> tuple[Cited, ...]:
        return tuple(Cited(one, places[one.medium, one.thing_id]) for one in sources)

    return Reply(question, answer, cited(answer.sources), cited(answer.closest))


def shown_again(viewer: Viewer, given: Sequence[tuple[str, Answer]]) -> list[Reply | None]:
    """Questions with answers that were given before, as this viewer may read them now.

    None: not all that an answer rests on is there for them any more, and nothing of it is shown.
    One query, and one for each medium, however many there are.
    """
    sources = [one for _, answer in given for one in (*answer.sources, *answer.closest)]
    places = _places(viewer, _explaining(viewer), sources) if sources else {}
    shown: list[Reply | None] = []
    for question, answer in given:
        near = tuple(one for one in answer.closest if (one.medium, one.thing_id) in places)
        is_whole = all((one.medium, one.thing_id) in places for one in answer.sources)
        now = replace(answer, closest=near)
        shown.append(_reply(question, now, places) if is_whole else None)
    return shown
