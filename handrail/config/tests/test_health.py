"""Who may ask how the hub is doing, and does it tell the truth?"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from handrail.people.models import Member
from tests.making import ticket_of

pytestmark = pytest.mark.django_db


HERE = {"Host": "127.0.0.1:8000"}
"""As this machine asks itself."""


@pytest.fixture
def token(settings: Any) -> Callable[[str], None]:
    def choose(value: str) -> None:
        settings.ENV = dataclasses.replace(settings.ENV, metrics_token=value)

    return choose


# --- Alive and ready ----------------------------------------------------------------------------


def test_being_alive_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_is_when_database_and_cache_answer() -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "cache": True})


@pytest.fixture
def database_away(transactional_db: None) -> Iterator[None]:
    """The database is not where it should be."""
    address, is_pooled = connection.settings_dict, connection.vendor == "postgresql"
    kept = address["NAME"]
    connection.close()
    if is_pooled:
        connection.close_pool()  # type: ignore[attr-defined]
    address["NAME"] = "nowhere" if is_pooled else "/nowhere/at/all.sqlite3"
    yield
    connection.close()
    if is_pooled:
        connection.close_pool()  # type: ignore[attr-defined]
    address["NAME"] = kept


@pytest.mark.django_db(transaction=True)
def test_without_its_database_it_is_alive_and_not_ready(database_away: None) -> None:
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "cache": True})
    assert Client().get("/healthz").status_code == 200


def test_without_its_cache_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(cache, "set", away)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "cache": False})


def test_they_look_at_no_cookie_and_set_none(alice: Member, browse: Callable[..., Client]) -> None:
    for path in ("/healthz", "/readyz", "/metrics"):
        answer = browse(alice).get(path, headers=HERE)
        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


# --- Metrics ------------------------------------------------------------------------------------


def test_metrics_count_by_route_and_never_by_path(
    alice: Member, browse: Callable[..., Client]
) -> None:
    public_id = ticket_of(alice).conversation.public_id
    browse(alice).get(f"/help/tickets/{public_id}/")
    Client().get("/nothing/here/with/a/secret")
    told = Client().get("/metrics", headers=HERE).content.decode()
    assert 'handrail_requests_total{method="GET",route="tickets:detail",status="200"}' in told
    assert 'route="none",status="404"' in told
    assert public_id not in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 403),
        ("", {}, 403),
        ("unix", {}, 403),
        ("127.0.0.1", {"Host": "localhost:8000"}, 200),
        ("127.0.0.1", {"Host": "testserver"}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 403),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}, 403),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}, 403),
    ],
)
def test_without_a_token_only_this_machine_reads_them(
    token: Callable[[str], None], peer: str, headers: dict[str, str], status: int
) -> None:
    token("")
    answer = Client().get("/metrics", REMOTE_ADDR=peer, headers={**HERE, **headers})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer right", 200),
        ("Bearer wrong", 403),
        ("Bearer ", 403),
        ("right", 403),
        ("Basic right", 403),
        ("Bearer rightx", 403),
        ("Bearer ü", 403),
    ],
)
def test_with_a_token_its_holder_reads_them(
    token: Callable[[str], None], given: str, status: int
) -> None:
    token("right")
    answer = Client().get("/metrics", REMOTE_ADDR="10.0.0.7", HTTP_AUTHORIZATION=given)
    assert answer.status_code == status
    assert Client().get("/metrics", headers=HERE).status_code == 403
