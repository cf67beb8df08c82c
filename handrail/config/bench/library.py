"""How well does the library answer, and how fast, on either database? Each fills one of its own."""

import json
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from handrail.config.bench import answering
from handrail.config.bench.asking import Order
from handrail.config.bench.postgres import fresh_database, postgres
from handrail.config.bench.servers import Installation

PAGES = 2_000
SECTIONS = 6
WORDS = 90
"""In a section: a page has some 540 words, as help centres' pages have."""
QUESTIONS = 300
VOCABULARY = 20_000

Say = Callable[[str], None]
Some = Callable[[int], str]


def measure(databases: Sequence[str], order: Order, say: Say) -> list[dict[str, Any]]:
    """The order, on each database. The second takes over the vectors that the first made."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        vectors = order.vectors or Path(folder) / "vectors.npz"
        figures = []
        for number, database in enumerate(databases):
            run = order.run
            if run and number:
                run = run.with_suffix(f".{database}{run.suffix}")
            with installation(database) as place:
                say(f"{database}: filling and asking")
                mine = replace(order, run=run, vectors=vectors)
                found = place.told("asking", *_options(mine))
                figures.append({"database": database, **found})
        return figures


def measure_answers(
    databases: Sequence[str], order: answering.Order, say: Say
) -> list[dict[str, Any]]:
    """The same for answers. The second database takes over the vectors of the first."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        vectors = order.vectors or Path(folder) / "vectors.npz"
        figures = []
        for number, database in enumerate(databases):
            options = [str(order.folder), "--split", order.split, "--vectors", str(vectors)]
            if order.run:
                suffix = f".{database}{order.run.suffix}" if number else order.run.suffix
                options += ["--run", str(order.run.with_suffix(suffix))]
            if not order.has_meaning:
                options.append("--words")
            if order.is_removing:
                options.append("--removed")
            with installation(database) as place:
                say(f"{database}: filling and asking")
                figures.append({"database": database, **place.told("answering", *options)})
        return figures


def made_up(databases: Sequence[str], say: Say) -> list[dict[str, Any]]:
    """Two thousand pages that mean nothing, by words alone, beside plain full text."""
    with tempfile.TemporaryDirectory(prefix="handrail-bench-") as folder:
        _make(Path(folder), PAGES)
        order = Order(Path(folder), "made", "title", has_meaning=False)
        return measure(databases, order, say)


@contextmanager
def installation(database: str) -> Iterator[Installation]:
    """An empty one, on the database of this name."""
    with ExitStack() as stack:
        url = ""
        if database == "postgresql":
            url = stack.enter_context(fresh_database(stack.enter_context(postgres())))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="handrail-bench-"))
        yield Installation(Path(folder), url)


def _options(order: Order) -> list[str]:
    options = [str(order.folder), "--split", order.split, "--view", order.view]
    for name in ("run", "refuse", "vectors"):
        if path := getattr(order, name):
            options += [f"--{name}", str(path)]
    return options if order.has_meaning else [*options, "--words"]


def _make(folder: Path, pages: int) -> None:
    """Pages of sections, and questions of their words."""
    dice = random.Random(5)  # noqa: S311  the same pages every time
    some = made_up_words(dice)
    with (folder / "corpus.jsonl").open("w") as out:
        for number in range(pages):
            sections = [
                {"heading": some(4), "anchor": f"s{at}", "level": min(at, 1), "text": some(WORDS)}
                for at in range(SECTIONS)
            ]
            row = {"id": f"page-{number}", "title": some(6), "summary": some(12)}
            out.write(json.dumps({**row, "sections": sections}) + "\n")
    with (folder / "queries.made.jsonl").open("w") as out:
        for number in range(QUESTIONS):
            asked = some(dice.randint(2, 9))
            out.write(json.dumps({"id": str(number), "text": asked}) + "\n")


def made_up_words(dice: random.Random) -> Some:
    """Gives a number of words, as rare as in a language (Zipf)."""
    vocabulary = _words(dice)
    shares = [1 / rank for rank in range(2, VOCABULARY + 2)]

    def some(count: int) -> str:
        return " ".join(dice.choices(vocabulary, shares, k=count)).replace(" ba ", "\u2019s ")

    return some


def _words(dice: random.Random) -> list[str]:
    syllables = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(dice.choices(syllables, k=dice.randint(2, 4)))] = None
    return list(found)
