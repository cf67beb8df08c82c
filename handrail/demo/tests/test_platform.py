"""Do all addresses answer whom they are for?"""

from collections.abc import Callable

import pytest

from handrail.demo.tests.conftest import Browser

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]

BRAND_PAGES = (
    "/campaigns",
    "/campaigns/C-3041",
    "/campaigns/C-3041/partners",
    "/campaigns/C-3041/terms",
    "/campaigns/C-3041/activity",
    "/campaigns/C-3079",
    "/campaigns/new",
    "/campaigns/new?step=commission",
    "/campaigns/new?step=partners",
    "/campaigns/new?step=review",
    "/links",
    "/partners",
    "/partners/applications",
    "/payments",
    "/payments/fund",
    "/payments/invoices/INV-20418",
    "/reports",
    "/reports?by=day",
    "/settings/billing",
    "/settings/profile",
    "/settings/tracking",
    "/settings/users",
)
PARTNER_PAGES = (
    "/brands",
    "/campaigns",
    "/campaigns/C-3041",
    "/links",
    "/payments",
    "/settings/billing",
    "/settings/profile",
    "/settings/users",
)


def test_the_first_page_is_the_dashboard_as_alice(visit: Visit) -> None:
    page = visit().get("/")
    assert page.status_code == 200
    assert "Alice" in page.text
    assert "Recent actions" in page.text


@pytest.mark.parametrize("path", BRAND_PAGES)
def test_a_brand_sees_its_screens(visit: Visit, path: str) -> None:
    assert visit("alice.acme").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/campaigns", "/partners/applications", "/links"])
def test_a_second_account_of_the_same_person_has_its_own_book(visit: Visit, path: str) -> None:
    page = visit("alice.acme-nordics").get(path)
    assert page.status_code == 200
    assert "Trail Running Launch" not in page.text


@pytest.mark.parametrize("path", PARTNER_PAGES)
def test_a_partner_sees_its_screens(visit: Visit, path: str) -> None:
    assert visit("carol.globex").get(path).status_code == 200


@pytest.mark.parametrize("path", ["/partners", "/reports", "/settings/tracking", "/payments/fund"])
def test_a_partner_finds_none_of_a_brands_screens(visit: Visit, path: str) -> None:
    assert visit("carol.globex").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/campaigns", "/payments", "/settings/users"])
def test_a_visitor_is_sent_to_sign_in(visit: Visit, path: str) -> None:
    answer = visit("nobody").get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/campaigns/C-1", "/campaigns/C-3041/nothing", "/payments/invoices/INV-1"],
)
def test_what_does_not_exist_has_a_page_that_says_so(visit: Visit, path: str) -> None:
    answer = visit("alice.acme").get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text


@pytest.mark.parametrize("cookie", ["dora", "ingrid.acme-nordics", "alice.globex", "%00", "."])
def test_an_odd_cookie_is_never_an_error_nor_somebody_elses_account(
    visit: Visit, cookie: str
) -> None:
    page = visit(cookie).get("/")
    assert page.status_code == 200
    assert "Good" in page.text
    assert "Alice" in page.text


@pytest.mark.parametrize("who", ["alice.acme", "carol.globex", "nobody"])
def test_every_page_carries_the_help_button_in_one_line(visit: Visit, who: str) -> None:
    page = visit(who).get("/")
    line = 'src="http://127.0.0.1:9/help/v1.js" data-token-url="/help-token"'
    assert page.text.count(line) == 1


def test_one_page_brings_its_own_button_for_help(visit: Visit) -> None:
    page = visit("alice.acme").get("/reports")
    assert 'data-button="#reports-help"' in page.text
    assert 'id="reports-help"' in page.text


def test_pages_hold_no_inline_script_and_no_inline_style(visit: Visit) -> None:
    browser = visit("alice.acme")
    for path in ("/", *BRAND_PAGES):
        text = browser.get(path).text
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert text.count("<script") == text.count("<script src="), path
        assert not any(f" on{event}=" in text for event in ("click", "load", "submit")), path
