"""Is the platform as strict as a careful host would be?"""

from collections.abc import Callable

import pytest

from handrail.demo.tests.conftest import Browser

pytestmark = pytest.mark.once

Visit = Callable[..., Browser]


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/css/base.css", "/login"])
def test_every_answer_carries_the_strict_policy(visit: Visit, path: str) -> None:
    policy = visit().get(path).headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules == {
        "default-src": "'self'",
        "script-src": "'self' http://127.0.0.1:9",
        "frame-src": "http://127.0.0.1:9",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self' http://127.0.0.1:9",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
    }


def test_the_hub_learns_our_origin_and_nothing_more(visit: Visit) -> None:
    headers = visit().get("/").headers
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_are_never_kept_and_files_are_asked_for_again(visit: Visit) -> None:
    assert visit().get("/").headers["cache-control"] == "no-store"
    file = visit().get("/static/css/base.css")
    assert file.headers["cache-control"] == "no-cache"
    assert file.headers["etag"]


@pytest.mark.parametrize("path", ["/switch", "/reset", "/links", "/campaigns/new?step=basics"])
def test_another_sites_form_is_refused(visit: Visit, path: str) -> None:
    answer = visit().post(path, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_form_without_an_origin_is_refused(visit: Visit) -> None:
    assert visit().post("/reset", headers={"Origin": ""}).status_code == 403


def test_a_form_that_is_too_large_is_refused(visit: Visit) -> None:
    answer = visit().post("/links", {"name": "x" * 70_000})
    assert answer.status_code == 413


def test_the_other_name_of_this_machine_leads_to_our_own(visit: Visit) -> None:
    answer = visit().get("/reports?by=day", headers={"Host": "127.0.0.1:8001"})
    assert answer.headers["location"] == "http://localhost:8001/reports?by=day"
