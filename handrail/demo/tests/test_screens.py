"""Do the forms do what they say, and do the screens agree with each other?"""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest

from handrail.demo.books import acme, acme_nordics, globex
from handrail.demo.books.figures import days_until, on_day, total
from handrail.demo.books.world import MOST_ROWS, NEWEST_KEPT
from handrail.demo.charts import bar_widths, line_chart, round_up
from handrail.demo.tests.conftest import Browser

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]
TODAY = date(2026, 11, 24)


def test_a_campaign_is_set_up_in_four_steps(visit: Visit) -> None:
    alice = visit("alice.acme")
    alice.post("/campaigns/new?step=basics", {"name": "First Frost", "kind": "Creator"})
    alice.post("/campaigns/new?step=commission", {"model": "percent", "rate": "9"})
    alice.post("/campaigns/new?step=partners", {"invite": "none"})
    answer = alice.post("/campaigns/new?step=review")
    page = alice.get(answer.headers["location"]).text
    assert "First Frost" in page
    assert "saved as a draft" in page
    terms = alice.get(answer.headers["location"].split("?")[0] + "/terms").text
    assert "9 % of each sale" in terms


def test_a_step_with_a_mistake_says_so_and_keeps_what_was_entered(visit: Visit) -> None:
    alice = visit("alice.acme")
    alice.post("/campaigns/new?step=basics", {"name": "First Frost"})
    page = alice.post("/campaigns/new?step=commission", {"rate": "ninety"}).text
    assert "Enter a number between 1 and 90." in page
    assert "First Frost" in alice.get("/campaigns/new?step=review").text


def test_a_campaign_without_a_name_cannot_be_reviewed_into_being(visit: Visit) -> None:
    page = visit("alice.acme").post("/campaigns/new?step=review").text
    assert "Give the campaign a name." in page


def test_a_colleague_sees_the_new_link_and_another_account_does_not(visit: Visit) -> None:
    form = {
        "name": "Harvest letter",
        "campaign": "C-2987",
        "partner": "P-1251",
        "destination": "https://shop.acme.example/",
    }
    visit("alice.acme").post("/links", form)
    assert "Harvest letter" in visit("bob.acme").get("/links").text
    assert "Harvest letter" not in visit("alice.acme-nordics").get("/links").text
    assert "Harvest letter" not in visit("carol.globex").get("/links").text


def test_names_are_escaped(visit: Visit) -> None:
    form = {
        "name": "<img src=x>",
        "campaign": "C-2987",
        "partner": "P-1251",
        "destination": "https://shop.acme.example/",
    }
    alice = visit("alice.acme")
    alice.post("/links", form)
    assert "<img src=x>" not in alice.get("/links").text


def test_a_link_needs_a_safe_target(visit: Visit) -> None:
    form = {"name": "x", "campaign": "C-2987", "partner": "P-1251", "destination": "javascript:1"}
    assert "begins with https://" in visit("alice.acme").post("/links", form).text


def test_an_accepted_partner_joins_and_leaves_the_queue(visit: Visit) -> None:
    alice = visit("alice.acme")
    alice.post("/partners/applications/AP-771", {"decision": "accept"})
    assert "PackLight Weekly" in alice.get("/partners").text
    assert "3<span" in alice.get("/partners").text
    again = alice.post("/partners/applications/AP-771", {"decision": "decline"})
    assert again.status_code == 404


def test_funds_raise_the_balance_within_limits(visit: Visit) -> None:
    alice = visit("alice.acme")
    alice.post("/payments/fund", {"amount": "5000", "method": "transfer"})
    assert "€16,240.50" in alice.get("/payments").text
    refused = alice.post("/payments/fund", {"amount": "-1", "method": "transfer"})
    assert "Enter a whole amount" in refused.text


def test_a_partner_applies_once(visit: Visit) -> None:
    carol = visit("carol.globex")
    assert carol.post("/brands/B-160/apply").status_code == 303
    assert carol.post("/brands/B-160/apply").status_code == 404


def test_a_confirmed_tax_form_is_no_task_any_more(visit: Visit) -> None:
    carol = visit("carol.globex")
    assert "Confirm your W-9" in carol.get("/").text
    carol.post("/payments/tax-form", {"confirmed": "yes"})
    assert "Confirm your W-9" not in carol.get("/").text


def test_starting_over_forgets_every_change(visit: Visit) -> None:
    alice = visit("alice.acme")
    alice.post("/payments/fund", {"amount": "5000", "method": "transfer"})
    alice.post("/reset")
    assert "€11,240.50" in alice.get("/payments").text


def test_a_list_that_visitors_lengthen_keeps_its_beginning_and_its_end(visit: Visit) -> None:
    alice = visit("alice.acme")
    for number in range(MOST_ROWS):
        form = {"code": f"CODE{number:03}", "campaign": "C-2987", "discount": "1 %"}
        alice.post("/codes", form)
    page = alice.get("/links").text
    assert page.count("data-code=") == MOST_ROWS
    assert "TRAIL10" in page
    assert f"CODE{MOST_ROWS - 1:03}" in page


def test_no_book_begins_longer_than_a_list_may_grow_to() -> None:
    for book in (acme, acme_nordics):
        for rows in (book.CAMPAIGNS, book.LINKS, book.CODES):
            assert len(rows) <= MOST_ROWS - NEWEST_KEPT
    assert len(globex.LINKS) <= MOST_ROWS - NEWEST_KEPT


def test_a_report_by_partner_by_campaign_and_by_day_has_the_same_sum(visit: Visit) -> None:
    alice = visit("alice.acme")
    sums = []
    for by in ("partner", "campaign", "day"):
        file = alice.get(f"/reports.csv?by={by}")
        assert file.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(file.text)))
        sums.append([sum(float(row[key]) for row in rows) for key in ("Clicks", "Actions")])
    assert sums[0] == sums[1] == sums[2]
    assert sums[0][1] > 100


@pytest.mark.parametrize(
    "query",
    ["from=x", "from=0001-01-01", "from=2030-01-01&to=2029-01-01", "by=secret", "to=9999-12-31"],
)
def test_a_report_survives_odd_questions(visit: Visit, query: str) -> None:
    assert visit("alice.acme").get(f"/reports?{query}").status_code == 200


def test_a_view_of_a_campaign_comes_alone_for_the_page_that_asks_so(visit: Visit) -> None:
    answer = visit("alice.acme").get(
        "/campaigns/C-3041/terms", headers={"X-Larkspan-Fragment": "view"}
    )
    assert "Return period" in answer.text
    assert "<html" not in answer.text


def test_figures_are_the_same_each_time_and_none_lies_outside_a_campaigns_run() -> None:
    launch = acme.CAMPAIGNS[0]
    assert on_day(launch, "P-1207", TODAY, TODAY) == on_day(launch, "P-1207", TODAY, TODAY)
    before = date.fromordinal(TODAY.toordinal() - launch.started_days_ago - 1)
    assert on_day(launch, "P-1207", before, TODAY).clicks == 0
    assert on_day(launch, "P-1350", TODAY, TODAY).clicks == 0


def test_partners_figures_add_up_to_the_campaigns() -> None:
    launch, days = acme.CAMPAIGNS[0], days_until(TODAY, 10)
    parts = [total([launch], days, TODAY, partner) for partner in launch.shares]
    assert sum(part.actions for part in parts) == total([launch], days, TODAY).actions


def test_a_chart_stays_in_its_box() -> None:
    chart = line_chart(["a", "b", "c"], [0, 12, 7], [3, 3, 14])
    assert chart.ticks == (20, 15, 10, 5, 0)
    assert all(0 <= point.y <= 100 for point in chart.points)
    assert [round_up(value) for value in (1, 7, 11, 99, 100)] == [1, 8, 20, 100, 100]
    assert bar_widths([0, 1, 400]) == [0, 1, 100]
