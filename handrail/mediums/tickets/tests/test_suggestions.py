"""Is somebody who is about to ask shown what answers them, and is it counted what that spares?"""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from handrail.base.limits import Limit
from handrail.engines.activity.models import Activity
from handrail.engines.activity.ref import Ref
from handrail.hub import registry
from handrail.hub.medium import Medium, Suggestion
from handrail.mediums.tickets import suggestions
from handrail.mediums.tickets.models import IssueType
from handrail.people.models import Member
from handrail.people.viewer import Viewer

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
FORM = "/help/tickets/?createTicket=true"
ASKED = "/help/tickets/new/suggestions"
OPEN = "/help/tickets/new/suggestions/open"
PAGE, SECRET = "payouts---------------", "secret----------------"
TITLE = "When <payouts> arrive"


class Silent(Medium):
    """Help Docs as if they had nothing to suggest."""

    name = "docs"


class Docs(Medium):
    name = "docs"
    label = "Help Docs"

    def suggest(self, viewer: Viewer, words: str) -> list[Suggestion]:
        found = [(PAGE, TITLE), (SECRET, "For the board alone")] if "payout" in words else []
        return [Suggestion(Ref("docs", key), title, "Two days.") for key, title in found]

    def readable(self, viewer: Viewer, public_ids: object) -> set[str]:
        return {PAGE} & set(public_ids)  # type: ignore[call-overload,no-any-return]

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        return f"/docs/{public_id}"


@pytest.fixture
def docs(alice: Member) -> Iterator[Medium]:
    with registry.temporarily(Docs()) as medium:
        yield medium


def text(browser: Client, address: str) -> str:
    page: str = browser.get(address).content.decode()
    return page


def test_where_nobody_suggests_the_form_asks_nobody(alice: Member, browse: Browse) -> None:
    with registry.temporarily(Silent()):
        assert "suggestions" not in text(browse(alice), FORM)
        assert text(browse(alice), f"{ASKED}?subject=My+payout").strip() == ""


def test_what_may_be_read_is_shown_above_the_button(
    alice: Member, docs: Medium, browse: Browse
) -> None:
    form = text(browse(alice), FORM)
    assert form.index('name="subject"') < form.index('id="suggestions"') < form.index(">Create<")
    page = text(browse(alice), f"{ASKED}?subject=My+payout+is+late")
    assert "When &lt;payouts&gt; arrive" in page
    assert f"/docs/{PAGE}" in page
    assert "For the board alone" not in page
    assert text(browse(alice), f"{ASKED}?subject=pa").strip() == ""


def test_what_is_opened_and_what_comes_of_it_is_written_down(
    alice: Member, docs: Medium, browse: Browse
) -> None:
    browser, spared, sent = browse(alice), uuid4(), uuid4()
    for form in (spared, sent):
        answer = browser.post(f"{OPEN}?ref=docs/{PAGE}", {"client_id": str(form)})
        assert answer["HX-Redirect"] == f"/docs/{PAGE}"
    browser.post(
        "/help/tickets/new",
        {
            "subject": "My payout is late",
            "issue_type": IssueType.objects.all()[0].public_id,
            "body": "Still.",
            "client_id": str(sent),
        },
    )
    followed = Activity.objects.filter(verb="tickets.suggestion_opened")
    assert {(row.ref, row.member) for row in followed} == {(Ref("docs", PAGE), alice)}
    opened = set(followed.values_list("detail__form", flat=True))
    tickets = Activity.objects.filter(verb="tickets.opened")
    assert opened - set(tickets.values_list("detail__form", flat=True)) == {spared.hex}


@pytest.mark.parametrize("ref", ["", "docs", f"docs/{SECRET}", f"nothing/{PAGE}", "docs/\0", "a/b"])
def test_what_may_not_be_read_is_neither_opened_nor_counted(
    alice: Member, docs: Medium, browse: Browse, ref: str
) -> None:
    answer = browse(alice).post(OPEN, query_params={"ref": ref})
    assert answer.status_code == 404
    assert not Activity.objects.filter(verb="tickets.suggestion_opened").exists()


def test_whoever_asks_too_often_is_shown_nothing(
    alice: Member, bob: Member, docs: Medium, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "ASKED", Limit("s", most=2, seconds=3600))
    browser, address = browse(alice), f"{ASKED}?subject=payout"
    assert ["Two days" in text(browser, address) for _ in range(3)] == [True, True, False]
    assert "Two days" in text(browse(bob), address)
