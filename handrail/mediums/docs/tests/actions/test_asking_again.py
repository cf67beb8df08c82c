"""Is what was not answered asked again when pages change, and is its asker told, once?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from handrail.engines.ai.answers import Outcome
from handrail.engines.ai.models import Question, Settled
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.engines.tasks.worker import Worker
from handrail.hub import asking
from handrail.mediums.docs import actions, tasks
from handrail.mediums.docs.actions import asking_again
from handrail.mediums.docs.models import Section
from handrail.people.models import Member
from tests.asking import PAYOUTS, ask, group_of
from tests.browsing import client_for
from tests.help_pages import EDITOR, changed, draft_of, page_of, rewritten, section_of
from tests.making import viewer_of

pytestmark = pytest.mark.django_db

ANSWER = "The payout arrives on the third working day of the month."


@pytest.fixture
def section(installation: None) -> Section:
    section = section_of("Money")
    page_of(section, "Colours", "Links are blue.")
    return section


def work() -> None:
    Worker().run_ready()


def test_a_published_page_settles_what_it_answers(section: Section, alice: Member) -> None:
    question, other = ask(who=alice), ask("Which colour has the moon?", alice)
    assert question.outcome != Outcome.ANSWERED
    page = page_of(section, "When the payout arrives", ANSWER)
    work()
    question.refresh_from_db()
    other.refresh_from_db()
    assert question.settled_as == Settled.ANSWERED
    assert question.answered_by == f"{page.public_id}#"
    assert other.settled_at is None


def test_whoever_wants_to_hear_is_told_once(section: Section, alice: Member, bob: Member) -> None:
    ask(who=alice, wants_to_hear=True)
    ask(who=bob)
    page = page_of(section, "When the payout arrives", ANSWER)
    for _ in range(2):
        tasks.ask_again.func([page.public_id])
        work()
        rewritten(page, f"{ANSWER} Always.")
    [notice] = Notice.objects.all()
    assert (notice.member, PAYOUTS in notice.title) == (alice, True)
    [mail] = OutgoingMail.objects.filter(kind="docs.answered")
    assert mail.to_address == alice.email
    assert PAYOUTS in mail.text
    assert "/help/link/" in mail.text or "/help/" in mail.text


def test_the_link_opens_the_passage_with_the_question(section: Section, alice: Member) -> None:
    question = ask(who=alice, wants_to_hear=True)
    page_of(section, "Payouts", f"# Payouts\n\nAbout money.\n\n## Arrival\n\n{ANSWER}")
    work()
    browser = client_for(alice)
    assert PAYOUTS in browser.get("/help/").content.decode()
    leads_to = browser.get(f"/help/docs/-/answered/{question.public_id}")["Location"]
    assert leads_to == "/help/docs/money/payouts?ask=When+does+the+payout+arrive%3F#arrival"


def test_who_asks_it_again_has_read_of_it(section: Section, alice: Member, bob: Member) -> None:
    ask(who=alice, wants_to_hear=True)
    ask(who=bob, wants_to_hear=True)
    page_of(section, "When the payout arrives", ANSWER)
    work()
    browser = client_for(alice)
    browser.post("/help/docs/ask", {"question": "Which colour has a link?"})
    assert Notice.objects.filter(read_at=None).count() == 2
    browser.post("/help/docs/ask", {"question": PAYOUTS})
    [unread] = Notice.objects.filter(read_at=None)
    assert unread.member == bob


def test_to_an_address_that_nobody_has_verified_goes_no_content(
    section: Section, alice: Member
) -> None:
    ask(who=alice, wants_to_hear=True)
    alice.person.email_verified = False
    alice.person.save()
    page_of(section, "When the payout arrives", ANSWER)
    work()
    mail = OutgoingMail.objects.get(kind="docs.answered")
    assert PAYOUTS not in mail.text + mail.html + mail.subject


def test_a_member_is_asked_for_as_that_member_and_never_more(
    section: Section, alice: Member, carol: Member
) -> None:
    """Alice's brand may read the page, Carol's partner and a visitor may not."""
    questions = [ask(who=who, wants_to_hear=bool(who)) for who in (alice, carol, None)]
    page_of(section, "When the payout arrives", ANSWER, audience="brand")
    work()
    for question in questions:
        question.refresh_from_db()
    assert [bool(one.settled_at) for one in questions] == [True, False, False]
    assert [notice.member for notice in Notice.objects.all()] == [alice]
    for_carol = client_for(carol).get(f"/help/docs/-/answered/{questions[0].public_id}")
    assert for_carol.status_code == 404


def test_what_they_may_not_read_any_more_leads_nowhere(section: Section, alice: Member) -> None:
    question = ask(who=alice, wants_to_hear=True)
    page = page_of(section, "When the payout arrives", ANSWER)
    work()
    actions.withdraw(EDITOR, page)
    browser = client_for(alice)
    assert PAYOUTS not in browser.get("/help/").content.decode()
    assert browser.get(f"/help/docs/-/answered/{question.public_id}").status_code == 404


def test_whose_membership_has_ended_is_nobody(section: Section, alice: Member) -> None:
    question = ask(who=alice, wants_to_hear=True)
    alice.ended_at = timezone.now()
    alice.save()
    page = page_of(section, "When the payout arrives", ANSWER, audience="brand")
    work()
    question.refresh_from_db()
    assert question.settled_at is None
    changed(page, audience=None)
    work()
    question.refresh_from_db()
    assert question.settled_at is not None
    assert not Notice.objects.exists()


def test_one_that_fails_does_not_stop_the_others(
    section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("When does the payout arrive? Tell me."), ask()
    real = asking.ask

    def failing(viewer: Any, text: str, **choices: Any) -> Any:
        if "Tell me" in text:
            raise RuntimeError
        return real(viewer, text, **choices)

    monkeypatch.setattr(asking, "ask", failing)
    page_of(section, "When the payout arrives", ANSWER)
    work()
    settled = Question.objects.filter(settled_as=Settled.ANSWERED)
    assert [one.text for one in settled] == [PAYOUTS]


def test_what_has_no_time_is_asked_in_a_turn_of_its_own(
    section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking_again, "TURN_SECONDS", -1)
    question = ask()
    assert asking_again.ask_groups([group_of(question).pk]) == [group_of(question).pk]


def test_old_questions_are_left_alone(section: Section) -> None:
    question = ask()
    before = timezone.now() - asking_again.LOOK_BACK - timedelta(days=1)
    Question.objects.filter(pk=question.pk).update(asked_at=before)
    page_of(section, "When the payout arrives", ANSWER)
    work()
    question.refresh_from_db()
    assert question.settled_at is None


def test_only_what_is_near_is_asked(section: Section) -> None:
    near, far = group_of(ask()), group_of(ask("Who painted the Mona Lisa?"))
    page = page_of(section, "When the payout arrives", ANSWER)
    assert asking_again.groups_near([page.public_id]) == [near.pk]
    assert set(asking_again.groups_near([])) == {near.pk, far.pk}


def test_the_page_that_was_begun_for_it_is_always_near(section: Section) -> None:
    group = group_of(ask("Who painted the Mona Lisa?"))
    page = actions.begin_page(EDITOR, group)
    assert asking_again.groups_near([page.public_id]) == [group.pk]


def test_a_draft_changes_nothing(section: Section) -> None:
    question = ask()
    draft_of(section, "Payouts", ANSWER)
    work()
    question.refresh_from_db()
    assert question.settled_at is None


def test_the_model_reads_the_page_before_it_is_asked(section: Section, settings: Any) -> None:
    settings.MEANING_MODEL = None
    question = ask("How long until I get my money?")
    assert question.outcome != Outcome.ANSWERED
    page_of(section, "Payouts", "It takes three working days until your money is paid out to you.")
    for _ in range(3):
        work()
    question.refresh_from_db()
    assert question.settled_as == Settled.ANSWERED


def test_nobody_and_others_find_no_answer_of_hers(section: Section, alice: Member) -> None:
    question = ask(who=alice)
    page_of(section, "When the payout arrives", ANSWER)
    work()
    path = f"/help/docs/-/answered/{question.public_id}"
    assert Client().get(path).status_code == 401
    assert viewer_of(alice).member == alice
    assert client_for(alice).get(path).status_code == 302
