"""What does the library answer, and how fast? Real rows, tasks and questions, in this installation.

Each question is asked three ways in turn: of the library by words, of plain full text, and of the
library by words and meaning. So what else the machine does disturbs all of them.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from handrail.config.bench import filling, grades, sets
from handrail.config.bench.full_text import FullText
from handrail.config.bench.process import resident_megabytes
from handrail.config.installation import prepare
from handrail.config.progress import Bar
from handrail.engines.search.library import Answer, search
from handrail.engines.search.library.current import current
from handrail.engines.search.library.meaning import meaning

HITS = 10
TYPED = (0.25, 0.5, 0.75, 1.0)
"""After which parts of a question somebody who types is answered."""


@dataclass(frozen=True)
class Order:
    """What is to be measured."""

    folder: Path
    split: str
    view: sets.View
    run: Path | None = None
    refuse: Path | None = None
    """Questions that no page answers."""
    vectors: Path | None = None
    """Where vectors are kept from one measuring to the next."""
    has_meaning: bool = True


@dataclass
class Taken:
    """Milliseconds of every question."""

    words: list[float] = field(default_factory=list)
    full_text: list[float] = field(default_factory=list)
    refined: list[float] = field(default_factory=list)
    typed: list[float] = field(default_factory=list)


def measure(order: Order, pid: int) -> dict[str, Any]:
    """Fills the installation, which must be empty, and asks it."""
    prepare()
    pages = sets.pages(order.folder)
    questions = sets.questions(order.folder, order.split, order.view)
    unanswered = sets.questions(order.refuse, order.split, "title") if order.refuse else []
    before = resident_megabytes(pid)
    figures: dict[str, Any] = {"pages": len(pages), "questions": len(questions)}
    figures |= filling.fill(pages, has_meaning=order.has_meaning, vectors=order.vectors)
    figures["megabytes"] = round(resident_megabytes(pid) - before)
    taken, full_text = Taken(), FullText(pages)
    said = [
        _ask(question, full_text, taken, order)
        for question in _shown(questions + unanswered, "Questions")
    ]
    figures |= _scored(questions, unanswered, said)
    figures |= {name: _percentiles(each) for name, each in vars(taken).items() if each}
    figures["arrays_megabytes"] = round(current().nbytes() / 1e6, 1)
    if order.run:
        _write(order.run, questions + unanswered, said)
    return figures


def _ask(
    question: sets.Asked, full_text: FullText, taken: Taken, order: Order
) -> tuple[Answer, Answer]:
    """By words alone, as in a list while somebody types, and as well as we can."""

    def ask(text: str, *, refine: bool = False) -> Answer:
        languages = (question.language,)
        return search(
            text,
            audiences=frozenset(),
            languages=languages,
            limit=HITS,
            places=3 if refine else 1,
            refine=refine,
        )

    for share in TYPED:
        part = question.text[: max(1, round(len(question.text) * share))]
        if order.view == "title":
            _timed(taken.typed, partial(ask, part))
    _timed(taken.full_text, lambda: full_text.ask(question.text))
    by_words = _timed(taken.words, lambda: ask(question.text))
    if not order.has_meaning or not meaning().key:
        return by_words, by_words
    return by_words, _timed(taken.refined, lambda: ask(question.text, refine=True))


def _timed(taken: list[float], work: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    answer = work()
    taken.append((time.perf_counter() - began) * 1000)
    return answer


def _scored(
    questions: Sequence[sets.Asked],
    unanswered: Sequence[sets.Asked],
    said: Sequence[tuple[Answer, Answer]],
) -> dict[str, Any]:
    asked = [pair for pair in zip(questions, said, strict=False) if pair[0].relevant]
    if not asked:
        return {}
    figures: dict[str, Any] = {"scored": len(asked)}
    for number, name in enumerate(("words", "refined")):
        figures[f"{name}_grades"] = grades.means(
            [grades.graded(_pages(both[number]), question.relevant) for question, both in asked]
        )
        if unanswered:
            sure = [both[number].confidence for _question, both in asked]
            unsure = [both[number].confidence for both in said[len(questions) :]]
            figures[f"{name}_grades"]["refusal"] = grades.auroc(sure, unsure)
    return figures


def _pages(answer: Answer) -> list[str]:
    return [hit.thing_id for hit in answer.hits]


def _percentiles(each: list[float]) -> dict[str, float]:
    ordered = sorted(each)
    places = {"p50": 0.5, "p99": 0.99}
    return {
        name: round(ordered[min(int(len(ordered) * part), len(ordered) - 1)], 2)
        for name, part in places.items()
    }


def _write(
    path: Path, questions: Sequence[sets.Asked], said: Sequence[tuple[Answer, Answer]]
) -> None:
    with path.open("w", encoding="utf-8") as out:
        for question, (_words, best) in zip(questions, said, strict=True):
            row = {"query": question.id, "docs": _pages(best), "confidence": best.confidence}
            out.write(json.dumps(row) + "\n")


def _shown(questions: Sequence[sets.Asked], name: str) -> Any:
    bar = Bar(sys.stderr, name, len(questions))
    for number, question in enumerate(questions, start=1):
        yield question
        bar(number)
