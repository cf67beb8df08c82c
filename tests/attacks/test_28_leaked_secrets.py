"""Secrets in logs and answers. FreeScout GHSA-7wcq.

Secrets are planted wherever somebody hands one to us and in every place that holds one; then the
story of a ticket and every door of a session are played, with failures, and all that was logged,
answered or stored is searched for them.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from conftest import ACME, HOST_SECRET
from handrail.base.origins import own_origin
from handrail.config import checks
from handrail.config.bucket import Bucket
from handrail.engines.ai import answering
from handrail.engines.ai.models import ModelCall
from handrail.engines.conversations.models import Attachment
from handrail.engines.search.library.evidence import Evidence, EvidencePage, EvidenceSection
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.public import links
from handrail.people.actions import make_code, make_link, start_session
from handrail.people.models import Agent, Host, Member
from handrail.people.refusals import TokenRefused
from handrail.people.tokens import verify_identity
from handrail.people.viewer import SYSTEM
from handrail.surfaces.help.sessions import COOKIE, TOKEN_HEADER, page_token
from tests.host_platform import Frame, logout_token, token
from tests.making import picture, reply, ticket_of, viewer_of
from tests.model_endpoint import KEY, chosen_model
from tests.object_store import SECRET, ObjectStore, silent_url
from tests.strangers import asked, proof_link, proved, visitor

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
ClaimsOf = Callable[..., dict[str, Any]]


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


def test_no_canned_reply_brings_out_what_is_secret(
    alice: Member, dora: Agent, browse: Callable[..., Client], settings: Any
) -> None:
    """Not even where a member is called like a placeholder, or a reply is full of them."""
    dora.set_password(PASSWORD)
    dora.save()
    alice.person.name = "{agent.password} {agent.name} {settings.SECRET_KEY}"
    alice.person.save()
    ticket = ticket_of(alice)
    said = "{member.name} {agent.password} {agent.session_id} {account.host.keys} {x.SECRET_KEY}"
    actions.make_canned(viewer_of(dora), title="All of it", body=said)
    page = (
        browse(dora)
        .get(f"/console/tickets/{ticket.conversation.public_id}/canned")
        .content.decode()
    )
    assert f"{alice.person.name} {said.partition(' ')[2]}" in page
    for secret in (settings.SECRET_KEY, dora.password, dora.session_id, HOST_SECRET):
        assert secret not in page


def test_a_strangers_links_are_in_no_log_and_in_no_page(
    dora: Agent, browse: Callable[..., Client], heard: pytest.LogCaptureFixture
) -> None:
    ticket = proved(dora)
    more = links.more_path(ticket.conversation, ticket.sign_in_request)
    proof = proof_link(dora, asked(email="lee@elsewhere.example"))
    answers = [visitor().get(path) for path in (more, proof, proof[:-1], f"{more}x")]
    answers += [visitor().post(path, {"body": "Hello"}) for path in (more, proof[:-1])]
    page = f"/console/tickets/{ticket.conversation.public_id}/"
    answers += [browse(dora).get(path) for path in (page, f"{page}ticket.txt")]
    written = heard.text + "".join(str(vars(record)) for record in heard.records)
    for secret in (more.rpartition("-")[2], proof.rpartition("/")[2]):
        assert secret not in written
        assert not any(secret in answer.content.decode() for answer in answers)


def test_the_key_of_a_model_is_in_no_log_no_row_and_no_answer(
    heard: pytest.LogCaptureFixture, settings: Any
) -> None:
    """Not even where its endpoint repeats it."""
    section = EvidenceSection((), "", "An export is kept for 30 days.", 1.0, 1.0, None)
    page = EvidencePage("docs", "exports", "en", "Exports", "", 0.9, (section,))
    found = Evidence((page,), {"export": 1.0})
    said = []
    with chosen_model(settings) as here:
        for status in (401, 400, 500):
            here.fails(status, f"Incorrect API key provided: {KEY}. Bearer {KEY}")
            said.append(answering.whole(answering.answer("How long?", found)))
        assert len(here.asked) == 3
    rows = [vars(call) for call in ModelCall.objects.visible_to(SYSTEM)]
    written = heard.text + "".join(str(vars(record)) for record in heard.records)
    assert len(rows) == 3
    assert KEY not in f"{written}{rows}{said}{settings.ENV!r}"


def test_no_secret_is_stored_in_the_clear(alice: Member, dora: Agent) -> None:
    link = make_link(alice, "/help/")
    cookie = start_session(alice).secret
    secrets = [HOST_SECRET, cookie, str(link), PASSWORD]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  names from the database itself
            rows = str(cursor.fetchall())
            for secret in secrets:
                assert secret not in rows, table


def test_what_opens_a_session_is_in_no_log_and_no_answer(
    alice: Member,
    claims_of: ClaimsOf,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    claims = claims_of("Alice", ACME, "admin")
    session = start_session(alice)
    planted = {
        "token": token(claims),
        "foreign token": token(claims, key="another-secret-of-32-bytes-or-more"),
        "bad token": token(claims, role="a-role-that-nobody-may-read"),
        "logout token": logout_token("alice"),
        "cookie": session.secret,
        "code": make_code(session.session),
        "wrong code": "a-wrong-code-that-nobody-may-read",
        "link": make_link(alice, "/help/") or "",
        "page": page_token(alice),
        "host's secret": HOST_SECRET,
    }
    answers = list(_hand_over(planted))
    told = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    told += "".join(capfd.readouterr())
    assert "sign_in_refused" in told
    for name, secret in planted.items():
        assert secret not in told, name
        # A signature alone would already prove what was signed.
        assert secret[-20:] not in told, name
        if name != "page":  # the page's own word stands in the page
            assert not [answer for answer in answers if secret in answer], name
    assert "that-nobody-may-read" not in told


def _hand_over(planted: dict[str, str]) -> list[str]:
    """Sends every secret to every door; returns bodies and headers, cookies left out."""
    frame = Frame()
    with_cookie = Client(headers={"origin": own_origin(), TOKEN_HEADER: planted["page"]})
    with_cookie.cookies[COOKIE] = planted["cookie"]
    sent = [
        with_cookie.get("/help/tickets/"),
        with_cookie.get("/help/nowhere", {"token": planted["token"]}),
        frame.browser.get(f"/help/link/{planted['link']}"),
        frame.browser.post(f"/help/link/{planted['link']}"),
        frame.browser.post(f"/help/link/{planted['link']}"),
        frame.browser.post("/help/enter", {"code": planted["code"]}),
        frame.browser.post("/help/enter", {"code": planted["wrong code"]}),
        frame.exchange(planted["foreign token"]),
        frame.exchange(planted["bad token"]),
        frame.exchange(planted["token"]),
        frame.exchange(planted["token"]),
    ]
    for name in ("bad token", "logout token", "logout token"):
        given = {"logout_token": planted[name]}
        sent.append(frame.browser.post("/help/backchannel-logout", given))
    return [f"{answer.headers}{answer.content.decode()}" for answer in sent]


def test_an_error_while_a_token_is_read_does_not_carry_it_into_the_log(
    host: Host, claims_of: ClaimsOf
) -> None:
    """Neither the exception nor what it was raised from: a log prints the whole chain."""
    given = token(claims_of("Alice", ACME), key="another-secret-of-32-bytes-or-more")
    with pytest.raises(TokenRefused) as refused:
        verify_identity(given)
    assert refused.value.__suppress_context__
    assert given not in repr(refused.value)


def test_the_key_of_the_bucket_is_in_no_log_answer_or_row(
    alice: Member,
    browse: Callable[..., Client],
    heard: pytest.LogCaptureFixture,
    object_store: ObjectStore,
    use_bucket: Callable[[str], Bucket],
    settings: Any,
) -> None:
    """While it answers, while it does not, and in what is told to the operator."""
    url = object_store.new_bucket()
    said: list[str] = []
    for s3_url in (url, silent_url(url), url.replace("/bucket-", "/missing-")):
        bucket = use_bucket(s3_url)
        settings.ENV = replace(settings.ENV, bucket=bucket)
        browser = browse(alice)
        browser.raise_request_exception = False
        given = SimpleUploadedFile("screen.png", picture())
        said.append(browser.post("/help/tickets/files/", {"files": given}).content.decode())
        for kept in Attachment.objects.all():
            answer = browser.get(f"/help/tickets/files/{kept.public_id}/preview")
            said.append(repr(answer.getvalue() if answer.streaming else answer.content))
            said.append(repr(answer.headers))
        said += [repr(finding) for finding in checks.run()]
        said.append(repr(bucket) + repr(settings.ENV.bucket))
    said += [heard.text, *(str(vars(record)) for record in heard.records)]
    for text in said:
        assert SECRET not in text
        assert quote(SECRET, safe="") not in text
