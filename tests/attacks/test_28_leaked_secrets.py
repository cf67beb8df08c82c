"""Secrets in logs and answers. FreeScout GHSA-7wcq.

Secrets are planted in every place that holds one; then the story of a ticket is played, with
failures, and all that was logged, answered, stored in the clear or exported is searched for them.
"""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from conftest import HOST_SECRET
from handrail.engines.tasks.worker import Worker
from handrail.people.actions import make_link
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def test_no_secret_is_written_down_or_given_away(
    alice: Member,
    dora: Agent,
    browse: Callable[..., Client],
    heard: pytest.LogCaptureFixture,
    settings: Any,
) -> None:
    link = make_link(alice, "/help/")
    assert link is not None
    member = browse(alice)
    cookie = member.issued.secret  # type: ignore[attr-defined]
    ticket = ticket_of(alice)
    reply(dora, ticket)
    Worker().run_ready()
    members_paths = ("/help/", "/help/tickets/", "/help/nothing", f"/help/link/{link}")
    agents_paths = ("/console/", "/console/tickets/", "/readyz", "/metrics", "/healthz")
    answers: list[Any] = [member.get(path) for path in members_paths]
    here = {"Host": "127.0.0.1"}  # whoever asks from elsewhere gets no metrics
    answers += [browse(dora).get(path, headers=here) for path in agents_paths]
    visitor = browse(None)
    answers.append(
        visitor.post(
            "/help/session", {"token": "eyJ.forged.token"}, content_type="application/json"
        )
    )
    answers.append(visitor.post("/console/login/", {"login": dora.email, "password": "guessed-pw"}))
    secrets = [settings.SECRET_KEY, HOST_SECRET, cookie, PASSWORD, "guessed-pw", "forged.token"]
    written = heard.text + "".join(str(vars(record)) for record in heard.records)
    for secret in [*secrets, link]:
        assert secret not in written
    for secret in secrets:
        for answer in answers:
            assert secret not in answer.content.decode()


def test_no_secret_is_stored_in_the_clear(alice: Member, dora: Agent) -> None:
    from handrail.people.actions import start_session

    link = make_link(alice, "/help/")
    cookie = start_session(alice).secret
    secrets = [HOST_SECRET, cookie, str(link), PASSWORD]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names from the database itself
            rows = str(cursor.fetchall())
            for secret in secrets:
                assert secret not in rows, table
