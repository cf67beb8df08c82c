"""Does the model find what is said in other words, and does everything work without it?"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handrail.engines.search.library import actions, evidence_for
from handrail.engines.search.library.meaning import NoMeaning, meaning
from handrail.engines.search.library.meaning.minilm import MiniLM
from handrail.engines.search.library.tests.pages import ask, found, help_centre, put
from handrail.engines.tasks.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(settings: Any) -> MiniLM:
    """The packaged one, loaded."""
    settings.MEANING_MODEL = None
    given = meaning()
    assert isinstance(given, MiniLM)
    given.embed("Is it there?")
    return given


def test_texts_that_mean_the_same_are_near(model: MiniLM) -> None:
    one, same, other = (
        model.embed(text)
        for text in ("How do I reset my password?", "I forgot my login code", "Zebras have stripes")
    )
    assert one is not None and same is not None and other is not None
    assert float(one @ one) == pytest.approx(1, abs=1e-4)
    assert float(one @ same) > float(one @ other) + 0.2


def test_the_same_text_has_the_same_vector(model: MiniLM) -> None:
    """Whatever was read before: vectors are kept for ever."""
    first = model.embed("Pay an invoice")
    model.embed("Something else, much longer than that. " * 20)
    assert np.array_equal(first, model.embed("Pay an invoice"))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "\u202e", "x" * 100_000, "🙂" * 5_000])
def test_any_text_has_a_vector(model: MiniLM, text: str) -> None:
    vector = model.embed(text)
    assert vector is not None
    assert vector.shape == (384,)
    assert np.isfinite(vector).all()


def test_a_busy_model_is_not_waited_for(model: MiniLM) -> None:
    with model._lock:
        assert model.embed("Hello", patience=0.01) is None


def test_a_page_is_found_by_what_it_means(model: MiniLM) -> None:
    help_centre()
    assert not ask("send somebody an invitation", refine=True).has_meaning
    Worker().run_ready()
    answer = ask("let a coworker join our workspace ", refine=True)
    assert answer.has_meaning
    assert answer.hits[0].thing_id == "members"
    assert answer.confidence > 0.4
    assert ask("how tall is the Eiffel tower", refine=True).confidence < 0.3


def test_without_refine_nobody_asks_the_model(model: MiniLM) -> None:
    help_centre()
    Worker().run_ready()
    assert not ask("let a coworker join").has_meaning


def test_what_the_model_has_not_read_yet_is_found_by_words(model: MiniLM) -> None:
    help_centre()
    Worker().run_ready()
    put("zebra", "Zebra mode", "Stripes for every second row.")
    answer = ask("zebra mode", refine=True)
    assert answer.has_meaning
    assert answer.hits[0].thing_id == "zebra"


def test_meaning_shows_nobody_more(model: MiniLM) -> None:
    help_centre()
    put("secret", "Join our workspace", "Let a coworker join our workspace.", audience=7)
    Worker().run_ready()
    asked = "let a coworker join our workspace"
    assert "secret" in found(asked, refine=True, audiences=frozenset({7}))
    before = ask(asked, refine=True)
    assert "secret" not in [hit.thing_id for hit in before.hits]
    some = evidence_for(asked, audiences=frozenset(), languages=("en",))
    assert "secret" not in [page.thing_id for page in some.pages]
    actions.forget("docs", "secret")
    after = ask(asked, refine=True)
    assert [hit.thing_id for hit in after.hits] == [hit.thing_id for hit in before.hits]
    assert after.confidence == pytest.approx(before.confidence, abs=1e-5)


def test_what_is_read_for_an_answer_says_how_near_each_sentence_is(model: MiniLM) -> None:
    help_centre()
    Worker().run_ready()
    evidence = evidence_for("when is a payment late", audiences=None, languages=("en",))
    best = max(evidence.pages[0].sections, key=lambda section: section.score)
    assert best.anchor == "late-payments"
    assert best.cosine is not None and best.cosine > 0.4
    assert best.lexical > 0
    near = best.near(best.text)
    assert near is not None and near > 0.4
    assert best.near("Nothing that stands there.") is None


def test_pieces_are_read_in_the_light_of_the_whole(model: MiniLM) -> None:
    text = "Invoices. They are due on Friday. Cats sleep."
    read = model.read(text, [(10, 33), (900, 950)])
    assert read is not None
    due, beyond = read.pieces
    assert np.array_equal(read.whole, model.embed(text))  # type: ignore[arg-type]
    assert beyond is None
    alone, asked = model.embed("They are due on Friday."), model.embed("When is my invoice due?")
    assert due is not None and alone is not None and asked is not None
    assert float(due @ asked) > float(alone @ asked)


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_without_a_model_words_answer(folder: str, settings: Any, tmp_path: Path) -> None:
    settings.MEANING_MODEL = str(tmp_path / folder) if folder else ""
    assert isinstance(meaning(), NoMeaning)
    help_centre()
    assert Worker().run_ready() == 0
    answer = ask("late payment", refine=True)
    assert answer.hits[0].thing_id == "invoices"
    assert not answer.has_meaning
    assert 0 < answer.confidence <= 1


def test_without_the_packages_words_answer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.util

    from handrail.engines.search.library import meaning as module

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    module._of.cache_clear()
    settings.MEANING_MODEL = None
    try:
        assert isinstance(meaning(), NoMeaning)
    finally:
        module._of.cache_clear()
