"""Does what nobody answers become a page, or is it settled?"""

import pytest
from django.core.exceptions import ValidationError

from handrail.base import markdown
from handrail.engines.ai.models import Question, Settled
from handrail.mediums.docs import actions
from handrail.mediums.docs.actions.questions import as_plain_text, title_of
from handrail.mediums.docs.models import Page, Section
from handrail.people.models import Agent, Member
from handrail.people.viewer import NotEntitled
from tests.asking import PAYOUTS, ask, group_of
from tests.help_pages import EDITOR, page_of, section_of
from tests.making import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[click](https://evil.example)",
    "https://evil.example/x",
    "{% hint style='danger' %}boo{% endhint %}",
    "# heading",
    "1. one",
    "- one",
    "| a | b |",
    "`code` **bold** _it_ ~~gone~~ $x$",
    "&lt;b&gt; &#60;script&#62;",
    "![x](https://evil.example/x.png)",
    "אבג \u202e x",
]


@pytest.fixture
def section() -> Section:
    return section_of("Money")


def test_a_page_begins_with_the_questions_and_what_is_near(section: Section) -> None:
    near = page_of(section, "Payouts", "# Payouts\n\nOf money.\n\n## Cancel\n\nNo payout is sent.")
    question = ask("can a payout be cancelled by my boss")
    ask("Can a payout be cancelled by the boss?")
    page = actions.begin_page(EDITOR, group_of(question))
    assert page.title == "Can a payout be cancelled by the boss?"
    assert not page.is_published
    assert "- can a payout be cancelled by my boss" in page.draft.body
    assert f"(/docs/money/{near.path}" in page.draft.body
    assert actions.begin_page(EDITOR, group_of(question)) == page
    assert Page.objects.filter(is_published=False).count() == 1


def test_the_link_to_what_is_near_is_one(section: Section) -> None:
    page_of(section, "Payouts [and] more", "# P\n\n## Cancel\n\nA payout is never cancelled.")
    page = actions.begin_page(EDITOR, group_of(ask("cancelled payout boss")))
    actions.publish(EDITOR, page)
    page.refresh_from_db()
    assert 'href="/-docs-/money/payouts-and-more' in page.html


def test_without_a_section_there_is_no_page() -> None:
    with pytest.raises(ValidationError):
        actions.begin_page(EDITOR, group_of(ask("Who are you, really?")))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_no_markup_in_a_draft(text: str) -> None:
    html = markdown.render(f"- {as_plain_text(text)}\n", targets=None, language="en").html
    for sign in (
        "<img",
        "<a ",
        "<h1",
        "<ol",
        "<table",
        "<code",
        "<strong",
        "<em",
        "callout",
        "<script",
    ):
        assert sign not in html, html
    assert html.count("<ul") == 1


def test_a_title_is_one_line_with_a_capital() -> None:
    assert title_of(" how\n do\0 I pay") == "How do I pay"
    assert len(title_of("x" * 900)) == 200
    assert title_of("\0")


def test_settled_is_settled_until_it_is_asked_again_or_brought_back() -> None:
    question = ask()
    group = group_of(question)
    assert actions.settle(EDITOR, group) == 1
    question.refresh_from_db()
    assert question.settled_as == Settled.BY_HAND
    again = ask()
    assert (again.group, again.settled_at) == (group, None)
    assert actions.bring_back(EDITOR, group) == 1
    assert not Question.objects.exclude(settled_at=None).exists()


def test_what_pages_answered_is_not_brought_back(section: Section) -> None:
    group = group_of(ask())
    Question.objects.update(settled_as=Settled.ANSWERED, settled_at="2026-01-01T00:00Z")
    assert actions.bring_back(EDITOR, group) == 0


def test_one_is_settled_without_the_others() -> None:
    one, other = ask(), ask()
    actions.settle_one(EDITOR, one)
    other.refresh_from_db()
    assert other.settled_at is None
    actions.bring_one_back(EDITOR, one)
    one.refresh_from_db()
    assert one.settled_at is None


def test_only_editors_do(alice: Member, dora: Agent, section: Section) -> None:
    question = ask(PAYOUTS, alice)
    for who in (alice, dora):
        for act in (actions.settle, actions.bring_back, actions.begin_page):
            with pytest.raises(NotEntitled):
                act(viewer_of(who), group_of(question))
        for act_on_one in (actions.settle_one, actions.bring_one_back):
            with pytest.raises(NotEntitled):
                act_on_one(viewer_of(who), question)
