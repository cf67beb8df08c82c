"""How well do the pages answer, how often rightly not at all, and what does that cost?

Every question is asked as whoever it is meant for: of the search alone, of the engine that quotes,
and of the same with the right pages taken out. Questions off the topic are asked beside them.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean, median
from typing import Any

from handrail.config.bench import filling, grades, sets
from handrail.config.bench.process import resident_megabytes
from handrail.config.demo import help_centre, people
from handrail.config.demo.load import CONTENT, read_toml
from handrail.config.installation import prepare
from handrail.config.progress import Bar
from handrail.engines.ai import quoting
from handrail.engines.ai.answers import Answer, Outcome, Source
from handrail.engines.search import library
from handrail.engines.search.library.evidence import PAGES, Evidence
from handrail.mediums.docs.models import Page
from handrail.people.models import Audience
from handrail.people.viewer import system_viewer

DEMO = CONTENT / "questions"
OFF_TOPIC = "oos"
"""The folder beside a set with questions that no page of it answers."""


@dataclass(frozen=True)
class Order:
    """What is to be measured."""

    folder: Path
    """DEMO: the demo's own questions to its own pages."""
    split: str
    run: Path | None = None
    vectors: Path | None = None
    has_meaning: bool = True
    is_removing: bool = False
    """Whether each question is asked once more with its right pages taken out."""

    @property
    def is_demo(self) -> bool:
        return self.folder == DEMO


@dataclass(frozen=True)
class Question:
    """One question, and where its answer stands."""

    id: str
    text: str
    group: str
    """`answered`: some section answers; `on topic`: none does; `off topic`."""
    audiences: frozenset[int]
    language: str
    right: dict[tuple[str, str | None], int]
    """Page and anchor → grade; None for sets that name pages alone."""
    quotes: tuple[str, ...] = ()

    @property
    def pages(self) -> set[str]:
        return {page for page, _anchor in self.right}


@dataclass
class Found:
    """What one question got, and how long it took."""

    question: Question
    answer: Answer
    evidence: Evidence
    without: Answer | None
    """The same with its right pages taken out."""
    search_ms: float
    ask_ms: float


@dataclass
class Names:
    """How the set calls the pages: by the library's name."""

    of_page: dict[str, str] = field(default_factory=dict)

    def name(self, thing_id: str) -> str:
        return self.of_page.get(thing_id, thing_id)


def measure(order: Order, pid: int) -> dict[str, Any]:
    """Fills the installation, which must be empty, and asks it."""
    prepare()
    before = resident_megabytes(pid)
    names, figures = _filled(order)
    questions = _questions(order)
    searched = resident_megabytes(pid)
    found = [_asked(question, names, order) for question in _shown(questions)]
    figures["megabytes_filled"] = round(searched - before)
    figures["megabytes_more"] = round(resident_megabytes(pid) - searched)
    figures |= scored(found, names)
    if order.run:
        _write(order.run, [(one.question, one.answer) for one in found], names)
    if order.run and order.is_removing:
        removed = [(one.question, one.without) for one in found if one.without]
        _write(order.run.with_suffix(f".removed{order.run.suffix}"), removed, names)
    return figures


def _filled(order: Order) -> tuple[Names, dict[str, Any]]:
    if not order.is_demo:
        pages = sets.pages(order.folder)
        filled = filling.fill(pages, has_meaning=order.has_meaning, vectors=order.vectors)
        return Names(), {"pages": len(pages), **filled}
    people.load_plans(read_toml("plans.toml")["plan"])
    help_centre.load_help_centre(CONTENT)
    rows = Page.objects.visible_to(system_viewer("bench")).filter(language="en", is_group=False)
    found = rows.values_list("public_id", "section__slug", "source_path")
    names = {key: f"{section}/{path.removesuffix('.md')}" for key, section, path in found}
    if order.has_meaning:
        filling.read_by_model(order.vectors)
    return Names(names), {"pages": len(names)}


def _questions(order: Order) -> list[Question]:
    right: dict[str, dict[tuple[str, str | None], int]] = {}
    quotes: dict[str, list[str]] = {}
    for row in sets.rows(order.folder, f"qrels.{order.split}.jsonl"):
        if row["rel"] > 0:
            key = (str(row["doc"]), row.get("anchor"))
            right.setdefault(str(row["query"]), {})[key] = row["rel"]
            quotes.setdefault(str(row["query"]), []).append(row.get("quote", ""))
    own = list(sets.rows(order.folder, f"queries.{order.split}.jsonl"))
    beside = order.folder.parent / OFF_TOPIC
    others = (
        [{**row, "topic": "off"} for row in sets.rows(beside, f"queries.{order.split}.jsonl")]
        if beside.is_dir() and beside != order.folder
        else []
    )
    keys = dict(Audience.objects.values_list("key", "pk"))
    return [
        _question(row, right.get(str(row["id"]), {}), quotes.get(str(row["id"]), []), keys)
        for row in own + others
        if row.get("answerable") is False or str(row["id"]) in right
    ]


def _question(
    row: dict[str, Any],
    right: dict[tuple[str, str | None], int],
    quotes: list[str],
    keys: dict[str, int],
) -> Question:
    is_off = row.get("topic") == "off"
    audience = row.get("audience")
    return Question(
        id=str(row["id"]),
        text=row["text"],
        group="answered" if right else "off topic" if is_off else "on topic",
        audiences=frozenset([keys[audience]]) if audience else frozenset(),
        language=row.get("language") or sets.LANGUAGE,
        right=right,
        quotes=tuple(quote for quote in quotes if quote),
    )


def _asked(question: Question, names: Names, order: Order) -> Found:
    whom: dict[str, Any] = {
        "audiences": question.audiences,
        "languages": (question.language,),
    }
    # Once before: what a question means is remembered, and the first would pay for both.
    library.search(question.text, **whom, refine=True)
    began = time.perf_counter()
    library.search(question.text, **whom, refine=True)
    searched = time.perf_counter()
    evidence = library.evidence_for(question.text, **whom)
    answer = quoting.answer(question.text, evidence)
    ended = time.perf_counter()
    without = None
    if question.right and order.is_removing:
        more = library.evidence_for(question.text, **whom, limit=PAGES + len(question.pages))
        kept = [page for page in more.pages if names.name(page.thing_id) not in question.pages]
        without = quoting.answer(question.text, replace(more, pages=tuple(kept[:PAGES])))
    milliseconds = (searched - began) * 1000, (ended - searched) * 1000
    return Found(question, answer, evidence, without, *milliseconds)


def scored(found: Sequence[Found], names: Names) -> dict[str, Any]:
    groups: dict[str, list[Answer]] = {}
    for one in found:
        groups.setdefault(one.question.group, []).append(one.answer)
        if one.without:
            groups.setdefault("right page removed", []).append(one.without)
    asked = [one for one in found if one.question.right]
    sure = [answer.certainty for answer in groups.get("answered", [])]
    return {
        "outcomes": {group: _outcomes(answers) for group, answers in groups.items()},
        "auroc": {
            group: grades.auroc(sure, [answer.certainty for answer in answers])
            for group, answers in groups.items()
            if group != "answered" and sure and answers
        },
        **_cited(asked, names),
        "verbatim": _verbatim(found),
        "search_ms": _milliseconds([one.search_ms for one in found]),
        "ask_ms": _milliseconds([one.ask_ms for one in found]),
    }


def _outcomes(answers: Sequence[Answer]) -> dict[str, float]:
    """Shares, and how many there were."""
    shares = {
        outcome.value: round(sum(one.outcome is outcome for one in answers) / len(answers), 3)
        for outcome in Outcome
    }
    return {"questions": len(answers), **shares}


def _cited(asked: Sequence[Found], names: Names) -> dict[str, Any]:
    """Of all questions that have an answer, and of those for which something was shown."""
    shown = [one for one in asked if one.answer.pieces]
    if not asked:
        return {}

    def share(some: Sequence[Found], most: int | None) -> float:
        hits = (any(_is_right(one, s, names) for s in one.answer.sources[:most]) for one in some)
        return round(fmean(map(float, hits)), 3) if some else 0.0

    quoted = [one for one in asked if one.question.quotes]
    return {
        "cited_right": {"first": share(asked, 1), "any": share(asked, None)},
        "cited_right_of_shown": {"first": share(shown, 1), "any": share(shown, None)},
        "quote_shown": round(fmean(map(_shows_quote, quoted)), 3) if quoted else None,
        "cited_sections": round(fmean(len(one.answer.sources) for one in shown), 2) if shown else 0,
    }


def _is_right(one: Found, source: Source, names: Names) -> bool:
    page = names.name(source.thing_id)
    return (page, source.anchor) in one.question.right or (page, None) in one.question.right


def _shows_quote(one: Found) -> float:
    said = _plain("\n".join(_lines(one.answer)))
    return float(any(_plain(quote) in said for quote in one.question.quotes))


def _verbatim(found: Sequence[Found]) -> float:
    """Which share of the lines that were shown stand word for word in a section that they cite."""
    stands = []
    for one in found:
        texts = {
            (page.thing_id, section.anchor, section.heading_path): _plain(section.text)
            for page in one.evidence.pages
            for section in page.sections
        }
        for piece in one.answer.pieces:
            cited = [one.answer.sources[number - 1] for number in piece.sources]
            whole = [texts[s.thing_id, s.anchor, s.heading_path] for s in cited]
            lines = map(_plain, (piece.lead, *piece.lines))
            stands += [any(line in text for text in whole) for line in lines]
    return round(fmean(map(float, stands)), 4) if stands else 1.0


def _lines(answer: Answer) -> Iterator[str]:
    for piece in answer.pieces:
        if piece.lead:
            yield piece.lead
        yield from piece.lines


def _plain(text: str) -> str:
    return " ".join(text.split())


def _milliseconds(each: Sequence[float]) -> dict[str, float]:
    ordered = sorted(each)
    return {
        "p50": round(median(ordered), 2),
        "p99": round(ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)], 2),
    }


def _write(path: Path, said: Sequence[tuple[Question, Answer | None]], names: Names) -> None:
    with path.open("w", encoding="utf-8") as out:
        for question, answer in said:
            if answer is None:
                continue
            citations = [
                {
                    "doc": names.name(answer.sources[number - 1].thing_id),
                    "anchor": answer.sources[number - 1].anchor,
                    "quote": line,
                }
                for piece in answer.pieces
                for line, number in zip(
                    piece.lines, _numbers(piece.sources, len(piece.lines)), strict=True
                )
            ]
            row = {
                "query": question.id,
                "status": answer.outcome.value,
                "answer": "\n".join(_lines(answer)),
                "citations": citations,
                "confidence": round(answer.certainty, 4),
                "docs": list(
                    dict.fromkeys(
                        names.name(one.thing_id) for one in (*answer.sources, *answer.closest)
                    )
                ),
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _numbers(sources: Sequence[int], lines: int) -> Sequence[int]:
    """The source of each line: its own where every line has one, else that of all."""
    return sources if len(sources) == lines else [sources[0]] * lines


def _shown(questions: Sequence[Question]) -> Iterator[Question]:
    bar = Bar(sys.stderr, "Questions", len(questions))
    for number, question in enumerate(questions, start=1):
        yield question
        bar(number)
