"""Sessions and sockets that outlive revocation. Chatwoot CVE-2021-3740.

Whatever takes access away (sign-out here or at the host, another role, a membership, an account's
plan, a host) takes it from open pages and open sockets too, at once.
"""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.testing import WebsocketCommunicator
from django.test import Client

from conftest import ACME, GLOBEX
from handrail.base.origins import own_origin
from handrail.engines.conversations.models import Follower
from handrail.engines.live.consumer import LiveConsumer
from handrail.engines.live.page import SIGNED_OUT
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.mediums.tickets import actions as tickets
from handrail.people.actions import (
    apply_claims,
    change_role,
    deactivate_agent,
    deactivate_host,
    end_membership,
    exchange_token,
    log_out_person,
    make_link,
    sign_out,
    start_session,
    switch_account,
)
from handrail.people.models import Account, Agent, Host, Member
from handrail.surfaces.help.sessions import COOKIE, DOOR
from tests.host_platform import Frame, logout_token, token
from tests.making import reply, ticket_of, viewer_of

ClaimsOf = Callable[..., dict[str, Any]]
Revoke = Callable[[Member, Host, ClaimsOf], object]

REVOCATIONS: dict[str, Revoke] = {
    "membership ended": lambda member, host, claims_of: end_membership(member),
    "host signs out": lambda member, host, claims_of: log_out_person(logout_token("alice")),
    "host deactivated": lambda member, host, claims_of: deactivate_host(host),
    "another role": lambda member, host, claims_of: apply_claims(host, claims_of("Alice", ACME)),
    "account left": lambda member, host, claims_of: apply_claims(
        host, {**claims_of("Alice", GLOBEX), "accounts": []}
    ),
    "plan of the account": lambda member, host, claims_of: apply_claims(
        host, claims_of("Bob", {**ACME, "plan": "free"})
    ),
}


def browser_with(secret: str) -> Client:
    browser = Client(headers={"origin": own_origin()})
    browser.cookies[COOKIE] = secret
    return browser


@pytest.mark.parametrize("revoke", REVOCATIONS.values(), ids=REVOCATIONS.keys())
def test_a_session_ends_with_what_it_rests_on(
    alice: Member, host: Host, claims_of: ClaimsOf, revoke: Revoke
) -> None:
    browser = browser_with(start_session(alice).secret)
    assert browser.get("/help/tickets/").status_code == 200
    revoke(alice, host, claims_of)
    assert browser.get("/help/tickets/").status_code == 401


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("revoke", REVOCATIONS.values(), ids=REVOCATIONS.keys())
def test_a_socket_closes_with_what_it_rests_on(
    alice: Member, host: Host, claims_of: ClaimsOf, revoke: Revoke
) -> None:
    secret = start_session(alice).secret
    assert close_code_after(secret, lambda: revoke(alice, host, claims_of)) == SIGNED_OUT


@pytest.mark.django_db(transaction=True)
def test_a_socket_closes_when_its_page_signs_out(alice: Member) -> None:
    issued = start_session(alice)
    browser = browser_with(issued.secret)
    assert close_code_after(issued.secret, lambda: browser.post("/help/session/end")) == SIGNED_OUT


@pytest.mark.django_db(transaction=True)
def test_a_socket_does_not_follow_into_another_account(host: Host, claims_of: ClaimsOf) -> None:
    two = {**claims_of("Alice", ACME), "accounts": [{**GLOBEX, "role": "member"}]}
    issued = exchange_token(token(two))
    globex = Account.objects.get(name="Globex").public_id

    def switch() -> None:
        switch_account(issued.session, globex)

    assert close_code_after(issued.secret, switch) == SIGNED_OUT


@pytest.mark.django_db(transaction=True)
def test_a_session_that_ended_opens_no_socket(alice: Member) -> None:
    issued = start_session(alice)
    sign_out(issued.session)

    async def connect() -> int:
        socket = socket_with(issued.secret)
        await socket.connect()
        closed = await socket.receive_output()
        return int(closed["code"])

    assert async_to_sync(connect)() == SIGNED_OUT


def test_signing_out_of_the_panel_ends_the_full_page(alice: Member) -> None:
    frame = Frame()
    issued = start_session(alice)
    frame.browser.cookies[COOKIE] = issued.secret
    code = frame.post_as(alice, "/help/code").json()["code"]
    page = Frame()
    page.browser.post("/help/enter", {"code": code})
    assert page.browser.get("/help/tickets/").status_code == 200
    frame.post_json("/help/session/end", {})
    assert page.browser.get("/help/tickets/").status_code == 401


def test_a_mailed_link_does_not_survive_the_hosts_sign_out(alice: Member) -> None:
    secret = make_link(alice, "/help/")
    log_out_person(logout_token("alice"))
    assert Frame().browser.post(f"/help/link/{secret}").status_code == 403


def test_a_renewal_needs_the_hosts_word(alice: Member) -> None:
    """Whoever holds an ended session's cookie gets nothing for it, however often they ask."""
    issued = start_session(alice)
    sign_out(issued.session)
    frame = Frame()
    frame.browser.cookies[COOKIE] = issued.secret
    for path in ("/help/session", "/help/code", "/help/switch"):
        assert frame.post_as(alice, path).status_code in {400, 401}
    assert frame.browser.get("/help/tickets/").status_code == 401


def test_an_agent_who_left_or_changed_is_out_or_changed_at_once(dora: Agent, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    browser = Client()
    browser.force_login(dora)
    queue = "/console/tickets/"
    assert browser.get(queue).status_code == 200
    change_role(dora, "editor")
    assert browser.get(queue).status_code == 403
    change_role(dora, "agent")
    deactivate_agent(dora)
    assert browser.get(queue).status_code == 302


def test_following_a_ticket_does_not_outlive_the_right_to_see_it(
    alice: Member, bob: Member, carol: Member, dora: Agent
) -> None:
    """Neither a reply's mail nor its notice reaches whoever may not open the ticket today."""
    left, unshared = (ticket_of(alice, is_shared=True) for _ in range(2))
    for ticket in (left, unshared):
        tickets.follow(viewer_of(bob), ticket)
        Follower.objects.create(conversation=ticket.conversation, member=carol)
    tickets.share(viewer_of(alice), unshared, False)
    reply(dora, unshared, "For Alice alone.")
    end_membership(bob)
    reply(dora, left, "For Acme alone.")
    strangers = [bob.email, carol.email]
    assert not OutgoingMail.objects.filter(to_address__in=strangers).exists()
    assert not Notice.objects.filter(member__in=[bob, carol]).exists()


def socket_with(secret: str) -> WebsocketCommunicator:
    consumer = LiveConsumer(DOOR, own_origin())
    headers = [(b"origin", own_origin().encode()), (b"cookie", f"{COOKIE}={secret}".encode())]
    return WebsocketCommunicator(consumer, "/help/live", headers=headers)


def close_code_after(secret: str, revoke: Callable[[], object]) -> int:
    """Opens a socket with this session, takes access away, and returns how the socket closed."""

    async def run() -> int:
        socket = socket_with(secret)
        connected, _ = await socket.connect()
        assert connected
        assert await socket.receive_nothing(0.05)
        await sync_to_async(revoke)()
        closed = await socket.receive_output(timeout=3)
        assert closed["type"] == "websocket.close"
        return int(closed["code"])

    return async_to_sync(run)()
