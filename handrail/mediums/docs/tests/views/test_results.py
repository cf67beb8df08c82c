"""Tests of the page of results, and of what nobody found."""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.engines.search.models import SearchMiss
from handrail.people.models import Member
from tests.help_pages import draft_of, page_of, section_of

SEARCH = "/docs/search?q="


def test_pages_are_found_by_their_words_with_marks(installation: None, client: Client) -> None:
    page_of(section_of("Brands"), "Payouts", "## Fees\n\nA payout costs nothing.")
    answer = client.get(f"{SEARCH}payout")
    page = answer.content.decode()
    assert "<mark>" in page
    assert 'href="/docs/brands/payouts"' in page
    assert 'href="/docs/brands/payouts#fees"' in page
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_nobody_finds_what_is_not_for_them(
    alice: Member, carol: Member, client: Client, browse: Callable[..., Client]
) -> None:
    section = section_of("Brands")
    page_of(section, "Zebra plan", "Zebra words.", audience="brand")
    page_of(section, "Zebra hidden", "Zebra words.", is_hidden=True)
    draft_of(section, "Zebra draft", "Zebra words.")
    for browser in (client, browse(carol)):
        page = browser.get(f"{SEARCH}zebra").content.decode()
        assert "No page answers this" in page
        assert "Zebra " not in page
        assert "Did you mean" not in browser.get(f"{SEARCH}zebrq").content.decode()
    found = browse(alice).get("/help/docs/search?q=zebra").content.decode()
    assert "/help/docs/brands/zebra-plan" in found
    assert "zebra-hidden" not in found
    assert "zebra-draft" not in found


def test_a_slip_is_put_right_and_said(installation: None, client: Client) -> None:
    page_of(section_of("Brands"), "Payouts", "How a payout works.")
    page = client.get(f"{SEARCH}payuot").content.decode()
    assert "Did you mean:" in page
    assert 'href="/docs/search?q=payout' in page


def test_a_search_without_results_teaches_and_leads_on(installation: None, client: Client) -> None:
    page = client.get(f"{SEARCH}<b>zxqv").content.decode()
    assert "No page answers this" in page
    assert 'href="/help/"' in page
    assert "<b>zxqv" not in page


def test_what_was_not_found_is_kept_by_a_post_alone(
    installation: None, browse: Callable[..., Client]
) -> None:
    page_of(section_of("Brands"), "Payouts", "How a payout works.")
    visitor = browse(None)
    visitor.get(f"{SEARCH}zxqv")
    assert not SearchMiss.objects.exists()
    assert visitor.post("/docs/-/missed", {"q": "zxqv"}).status_code == 204
    visitor.post("/docs/-/missed", {"q": "payout"})
    assert [miss.question for miss in SearchMiss.objects.all()] == ["zxqv"]


def test_nothing_is_kept_that_another_site_sends(installation: None, client: Client) -> None:
    answer = client.post(
        "/docs/-/missed", {"q": "zxqv"}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert not SearchMiss.objects.exists()


@pytest.mark.parametrize(
    "question",
    ["", " ", "\0", "x" * 10_000, '"' * 500, "' OR 1=1 --", "AND OR NOT (", "‮evil", "%", "مرحبا"],
)
def test_any_question_gets_an_answer(installation: None, client: Client, question: str) -> None:
    page_of(section_of("Brands"), "Payouts")
    assert client.get("/docs/search", {"q": question}).status_code == 200
