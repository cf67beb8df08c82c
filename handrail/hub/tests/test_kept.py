"""Is the same question answered from what is kept, and never for whoever may not read the same?"""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation

from conftest import ACME
from handrail.engines.ai import quoting
from handrail.engines.search.library import Version
from handrail.hub import kept
from handrail.hub.asking import Reply, ask
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.people.actions import apply_claims
from handrail.people.models import Host, Member
from handrail.people.viewer import Viewer
from tests.help_pages import EDITOR, page_of, rewritten, section_of
from tests.making import viewer_of

QUESTION = "How long does a payout take?"
PUBLIC = "A payout takes five days."
SECRET = "For brands, a payout takes one day, since Zanzibar pays it in advance."


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands")


@pytest.fixture
def payout(section: Section) -> Page:
    return page_of(section, "Payouts", PUBLIC)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that an answer was made to."""
    questions: list[str] = []
    real = quoting.answer

    def answer(question: str, evidence: Any) -> Any:
        questions.append(question)
        return real(question, evidence)

    monkeypatch.setattr(quoting, "answer", answer)
    return questions


def everything(reply: Reply) -> str:
    return repr(reply)


def test_the_same_question_is_answered_from_what_is_kept(
    payout: Page, nobody: Viewer, made: list[str]
) -> None:
    first = ask(nobody, QUESTION)
    again = ask(nobody, f"  {QUESTION.upper()} ")
    assert first.answer == again.answer
    assert first.sources == again.sources
    assert PUBLIC in everything(first)
    assert again.question == QUESTION.upper()
    assert made == [QUESTION]


@pytest.mark.parametrize("other", [{"goal": "plan a budget"}, {"languages": ["sv"]}])
def test_another_goal_and_other_languages_are_another_question(
    payout: Page, nobody: Viewer, made: list[str], other: dict[str, Any]
) -> None:
    ask(nobody, QUESTION)
    ask(nobody, QUESTION, **other)
    assert len(made) == 2


def test_the_readers_own_language_makes_another_question(
    payout: Page, nobody: Viewer, made: list[str]
) -> None:
    ask(nobody, QUESTION)
    with translation.override("de"):
        ask(nobody, QUESTION)
    assert len(made) == 2


def test_carol_never_gets_what_was_kept_for_alice(
    section: Section, payout: Page, alice: Member, carol: Member, nobody: Viewer, made: list[str]
) -> None:
    page_of(section, "Payouts for brands", SECRET, audience="brand")
    assert "Zanzibar" in everything(ask(viewer_of(alice), QUESTION))
    for viewer in (viewer_of(carol), nobody):
        assert "Zanzibar" not in everything(ask(viewer, QUESTION))
    assert len(made) == 3


def test_a_colleague_who_may_read_the_same_gets_what_was_kept_for_bob(
    section: Section, bob: Member, host: Host, made: list[str], claims_of: Callable[..., Any]
) -> None:
    page_of(section, "Payouts for brands", SECRET, audience="brand")
    colleague = apply_claims(host, claims_of("Ben", ACME))
    assert ask(viewer_of(bob), QUESTION) == ask(viewer_of(colleague), QUESTION)
    assert "Zanzibar" in everything(ask(viewer_of(colleague), QUESTION))
    assert len(made) == 1


def test_a_change_of_the_pages_makes_a_new_answer(
    payout: Page, nobody: Viewer, made: list[str]
) -> None:
    ask(nobody, QUESTION)
    rewritten(payout, "A payout takes seven days.")
    assert "seven" in everything(ask(nobody, QUESTION))
    assert len(made) == 2


def test_a_source_that_is_gone_takes_the_answer_with_it(
    payout: Page, nobody: Viewer, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while this process has not heard of it: the database is asked each time."""
    ask(nobody, QUESTION)
    same = Version("stamp", "")
    monkeypatch.setattr("handrail.engines.search.library.version", lambda languages: same)
    assert PUBLIC in everything(ask(nobody, QUESTION))
    actions.withdraw(EDITOR, payout)
    reply = ask(nobody, QUESTION)
    assert "payout" not in everything(reply).replace(QUESTION, "")
    assert (reply.sources, reply.closest) == ((), ())


def test_what_another_version_kept_is_made_anew(
    payout: Page, nobody: Viewer, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(nobody, QUESTION)
    for broken in ("{}", "nonsense", json.dumps({"outcome": "maybe"}), "[]"):
        monkeypatch.setattr(caches["answers"], "get", lambda key, broken=broken: broken)
        assert PUBLIC in everything(ask(nobody, QUESTION))
    assert len(made) == 5


def test_an_answer_is_not_kept_for_ever(
    payout: Page, nobody: Viewer, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds: list[int] = []
    monkeypatch.setattr(
        caches["answers"], "set", lambda key, value, timeout: seconds.append(timeout)
    )
    ask(nobody, QUESTION)
    assert seconds == [kept.SECONDS]


def test_an_answer_without_the_meaning_that_others_get_is_not_kept(
    payout: Page, nobody: Viewer, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model was busy for a moment: nobody else shall have the worse answer for minutes."""
    version = Version("stamp", "a model")
    monkeypatch.setattr("handrail.engines.search.library.version", lambda languages: version)
    ask(nobody, QUESTION)
    ask(nobody, QUESTION)
    assert len(made) == 2


def test_kept_answers_do_not_push_counts_out(payout: Page, nobody: Viewer) -> None:
    caches["default"].set("count", 1)
    for number in range(400):
        caches["answers"].set(str(number), "x")
    assert caches["default"].get("count") == 1


@pytest.mark.parametrize("question", ["\ud800 payout", "\0payout", "payout \u202e days?"])
def test_odd_letters_are_answered(payout: Page, nobody: Viewer, question: str) -> None:
    assert ask(nobody, question).question.encode()
    assert ask(nobody, question).question.encode()
