"""What is known of every request?"""

import re
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from django.test import Client

from handrail.mediums.tickets import lists
from handrail.people.models import Member

pytestmark = pytest.mark.django_db


def test_every_answer_has_an_id_of_its_own(installation: None) -> None:
    browser = Client()
    paths = ["/help/", "/nothing", "/healthz", "/help/session", "/console/tickets/"]
    ids = [browser.get(path)["X-Request-ID"] for path in paths]
    assert len(set(ids)) == len(paths)
    assert all(re.fullmatch(r"[\w-]{22}", request_id) for request_id in ids)


def test_an_id_that_a_client_brings_is_not_believed(installation: None) -> None:
    brought = "x" * 22
    answer = Client().get("/help/", headers={"X-Request-ID": brought})
    assert answer["X-Request-ID"] != brought


def test_the_log_names_the_request_its_route_and_its_cost(
    alice: Member, browse: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    answer = browse(alice).get("/help/tickets/?status=open")
    [line] = [record.msg for record in caplog.records if record.name == "handrail.request"]
    assert isinstance(line, dict)
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "tickets:index", 200)
    assert line["ms"] >= 0
    assert "status=open" not in str(line), "what people ask for is not written down"


def test_whatever_is_logged_meanwhile_carries_the_id(
    alice: Member,
    browse: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = lists.MemberList

    def noisy(*args: Any) -> lists.MemberList:
        structlog.get_logger("tests.noise").warning("something_odd")
        return really(*args)

    monkeypatch.setattr(lists, "MemberList", noisy)
    answer = browse(alice).get("/help/tickets/")
    [line] = [record.msg for record in caplog.records if record.name == "tests.noise"]
    assert isinstance(line, dict)
    assert line["request_id"] == answer["X-Request-ID"]


def test_those_who_ask_every_second_are_not_written_down(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    for path in ("/healthz", "/readyz", "/metrics"):
        Client().get(path)
    assert not [record for record in caplog.records if record.name == "handrail.request"]
