"""How does a browser, or a socket, carry a session?"""

from typing import Any

from handrail.people.actions import end_sessions, start_session
from handrail.people.models import HelpSession, Member
from handrail.surfaces.help.sessions import COOKIE, Panel, help_viewer_of_scope


def scope_with(*cookies: str) -> dict[str, Any]:
    return {"headers": [(b"host", b"x"), *((b"cookie", text.encode()) for text in cookies)]}


def test_a_socket_is_who_its_cookie_says_as_long_as_the_session_lives(alice: Member) -> None:
    issued = start_session(alice)
    scope = scope_with("other=1", f"{COOKIE}={issued.secret}")
    viewer = help_viewer_of_scope(scope)
    assert (viewer.member, viewer.via) == (alice, "socket")
    end_sessions(HelpSession.objects.all())
    assert help_viewer_of_scope(scope).is_nobody


def test_a_socket_without_a_session_is_nobody(installation: None) -> None:
    for scope in (scope_with(), scope_with(""), scope_with(f"{COOKIE}=x"), scope_with("\xff=\xfe")):
        assert help_viewer_of_scope(scope).is_nobody


def test_the_panel_lists_the_accounts_to_switch_to(alice: Member, carol: Member) -> None:
    alone = Panel(start_session(alice).session)
    assert [(account.name, account.is_current) for account in alone.accounts] == [("Acme", True)]
    strange = start_session(alice, account_ids=[alice.account_id, carol.account_id]).session
    assert [account.name for account in Panel(strange).accounts] == ["Acme"]
