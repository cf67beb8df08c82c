"""Does an editor see what is asked in vain, and lead on from it with a click?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.engines.ai import actions as ai
from handrail.engines.ai.models import EvaluationQuestion, Question, Reason, Surface, Verdict
from handrail.engines.search.models import Synonym
from handrail.engines.tasks.worker import Worker
from handrail.mediums.docs import actions
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent, Member
from tests.asking import ask, group_of
from tests.browsing import client_for
from tests.help_pages import EDITOR
from tests.making import viewer_of

LIST = "/console/docs/questions/"
BAD = f"{LIST}rated-badly/"
HTML = '<b>bold</b> & "quotes" <img src=x> {{ config }}'


def seen(desk: Client, path: str = LIST, **query: str) -> str:
    answer = desk.get(path, query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def of(question: Question) -> str:
    return f"{LIST}{group_of(question).public_id}/"


# --- The list -----------------------------------------------------------------------------------


def test_where_nobody_has_asked_it_says_what_would_be_here(desk: Client) -> None:
    assert "Nobody has asked yet" in seen(desk)


def test_what_has_no_answer_is_listed_by_how_often(desk: Client, alice: Member) -> None:
    ask("Which moon is the largest?", alice)
    for _ in range(3):
        ask("Who painted the Mona Lisa?", surface=Surface.MCP)
    text = seen(desk)
    assert text.index("Mona Lisa") < text.index("largest")
    assert "Asked 3 times" in text
    assert "AI agents" in text
    assert "No answer 3" in text


def test_the_weeks_are_drawn_and_said(desk: Client) -> None:
    ask()
    text = seen(desk)
    assert "<svg" in text
    assert "<caption>Outcomes by week</caption>" in text
    assert "style=" not in text.partition("plot")[2].partition("</figure>")[0]


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"kind": "nothing"}, True),
        ({"kind": "answered"}, False),
        ({"kind": "bad"}, False),
        ({"kind": "settled"}, False),
        ({"kind": "all"}, True),
        ({"language": "en"}, True),
        ({"language": "de"}, False),
        ({"days": "7"}, False),
        ({"days": "365"}, True),
        ({"kind": "made-up\0", "days": "x", "language": "' OR 1=1", "page": "-1"}, True),
        ({"page": "9" * 50}, True),
        ({"page": "7"}, False),
    ],
)
def test_the_list_is_narrowed_down(desk: Client, query: dict[str, str], is_there: bool) -> None:
    asked = ask("Who painted the Mona Lisa?")
    ask("Wer malte die Frau?", language="de")
    before = timezone.now() - timedelta(days=20)
    Question.objects.filter(pk=asked.pk).update(asked_at=before)
    assert ("Mona Lisa" in seen(desk, **query)) is is_there


def test_many_are_shown_page_by_page(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handrail.mediums.docs.console.asked.AT_ONCE", 2)
    for word in ("moon", "river", "painter"):
        ask(f"Which {word}?")
    assert "page=1" in seen(desk)
    assert seen(desk, page="1").count("docs-asked-words") == 1


def test_what_people_typed_is_never_markup(desk: Client, alice: Member) -> None:
    question = ask(HTML, alice)
    ai.judge(viewer_of(alice), question, Verdict.DID_NOT, Reason.WRONG, HTML)
    for path in (LIST, of(question), BAD):
        text = seen(desk, path)
        assert "<b>bold" not in text
        assert "<img src=x" not in text
        assert "&lt;b&gt;bold" in text


# --- One group ----------------------------------------------------------------------------------


def test_a_group_shows_who_asked_and_what_they_were_told(
    desk: Client, alice: Member, make: Callable[..., Page]
) -> None:
    page = make("When the payout arrives", body="The payout arrives on the third day.")
    question = ask(who=alice)
    text = seen(desk, of(question))
    assert "Alice" in text
    assert "Acme" in text
    assert "The payout arrives on the third day." in text
    assert f"/console/docs/{page.public_id}/" in text
    actions.withdraw(EDITOR, page)
    assert "Not published" in seen(desk, of(question))
    actions.delete_page(EDITOR, page)
    assert "Deleted" in seen(desk, of(question))


def test_older_ones_are_a_page_further(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handrail.mediums.docs.console.questions.MOST_LISTED", 1)
    first, second = ask(), ask()
    text = seen(desk, of(first))
    assert f"before={second.public_id}" in text
    assert "before=" not in seen(desk, of(first), before=second.public_id)
    assert "before=" in seen(desk, of(first), before="\0nonsense")


def test_a_click_begins_the_page(desk: Client, section: Section) -> None:
    question = ask("Who painted the Mona Lisa?")
    answer = desk.post(f"{of(question)}page")
    page = Page.objects.get()
    assert answer["Location"] == f"/console/docs/{page.public_id}/"
    assert page.title == "Who painted the Mona Lisa?"
    assert "Open the draft" in seen(desk)


def test_without_a_section_it_says_so(desk: Client) -> None:
    question = ask()
    assert desk.post(f"{of(question)}page")["Location"] == of(question)
    assert "Make a section first" in seen(desk, of(question))


def test_words_that_mean_the_same_settle_at_once(desk: Client, make: Callable[..., Page]) -> None:
    question = ask()
    make("When the payout arrives", body="The payout arrives on the third day.")
    DBTaskResult.objects.all().delete()  # asked again because of the words, not of the page
    given = {"words": "moolah", "means": "payout", "language": "en"}
    assert desk.post(of(question), given).status_code == 302
    assert Synonym.objects.get().means == "payout"
    Worker().run_ready()
    question.refresh_from_db()
    assert question.settled_as == "answered"
    assert "Answered since by" in seen(desk, of(question))


def test_signs_are_no_words(desk: Client) -> None:
    given = {"words": "!!!", "means": "payout", "language": "en"}
    answer = desk.post(of(ask()), given)
    assert answer.status_code == 422
    assert "Write words on both sides" in answer.content.decode()


def test_settled_is_off_the_list_and_comes_back(desk: Client) -> None:
    question = ask()
    desk.post(f"{of(question)}settle")
    assert "Nothing is left to do" in seen(desk)
    assert "Bring back" in seen(desk, of(question))
    desk.post(f"{of(question)}settle", {"undo": "yes"})
    assert question.text in seen(desk)


def test_a_click_keeps_it_for_measuring(desk: Client, make: Callable[..., Page]) -> None:
    page = make("When the payout arrives", body="The payout arrives on the third day.")
    kept_at = desk.post(f"{of(ask())}keep")["Location"]
    kept = EvaluationQuestion.objects.get()
    assert kept.page == page.public_id
    assert kept_at == f"{LIST}evaluation/{kept.public_id}/"


# --- Rated badly --------------------------------------------------------------------------------


def test_what_was_rated_badly_is_listed_with_its_reason(
    desk: Client, alice: Member, make: Callable[..., Page]
) -> None:
    page = make("When the payout arrives", body="The payout arrives on the third day.")
    question, other = ask(who=alice), ask("Who painted the Mona Lisa?", alice)
    assert "No answer was rated badly" in seen(desk, BAD)
    ai.judge(viewer_of(alice), question, Verdict.DID_NOT, Reason.WRONG, "It takes a week.")
    text = seen(desk, BAD)
    assert "It takes a week." in text
    assert "It is wrong" in text
    assert f'href="/console/docs/{page.public_id}/"' in text
    assert other.text not in text
    desk.post(f"{LIST}one/{question.public_id}/settle")
    assert "It takes a week." not in seen(desk, BAD)
    assert "It takes a week." in seen(desk, BAD, settled="yes")
    desk.post(f"{LIST}one/{question.public_id}/settle", {"undo": "yes"})
    assert "It takes a week." in seen(desk, BAD)


# --- Others -------------------------------------------------------------------------------------


def test_nobody_else_reads_or_settles_a_question(
    alice: Member, carol: Member, dora: Agent, desk: Client
) -> None:
    """Carol is a member, Dora an agent who does not edit: both get what they get for nothing."""
    question = ask("What does the secret plan cost?", alice)
    nothing = f"{LIST}{'A' * 22}/"
    for who in (carol, dora, alice, None):
        browser = client_for(who)
        for path in (LIST, BAD, f"{LIST}evaluation/", of(question)):
            answer = browser.get(path)
            assert answer.status_code == browser.get(nothing).status_code
            assert b"secret plan" not in answer.content
        for act in ("settle", "page", "keep"):
            there, made_up = browser.post(of(question) + act), browser.post(nothing + act)
            assert there.status_code == made_up.status_code != 200
        browser.post(f"{LIST}one/{question.public_id}/settle")
    question.refresh_from_db()
    assert question.settled_at is None
    assert not Page.objects.exists()
    assert not EvaluationQuestion.objects.exists()


@pytest.mark.parametrize("act", ["settle", "page", "keep"])
def test_nothing_is_written_by_looking(desk: Client, act: str) -> None:
    assert desk.get(of(ask()) + act).status_code == 405


def test_a_question_that_is_not_there_is_missing(desk: Client) -> None:
    assert desk.get(f"{LIST}{'A' * 22}/").status_code == 404
    assert desk.post(f"{LIST}one/{'A' * 22}/settle").status_code == 404
