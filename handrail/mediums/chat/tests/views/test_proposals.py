"""Is nothing done as a member before their yes, once at most, and for nobody else?"""

import pytest
from django.test import Client

from handrail.base.limits import Limit
from handrail.engines.conversations.models import Conversation
from handrail.mediums.chat.models import Chat, Proposal, ProposalState
from handrail.mediums.chat.views import proposals
from handrail.people.models import Member
from tests.browsing import client_for
from tests.chats import assistant_is, chat_of
from tests.making import issue_type

pytestmark = pytest.mark.django_db


def proposed(browser: Client, chat: Chat) -> tuple[Proposal, str]:
    at = f"/help/chat/{chat.conversation.public_id}"
    assert browser.post(f"{at}/tools/tickets.open").status_code == 204
    proposal = Proposal.objects.get(conversation=chat.pk, state=ProposalState.OPEN)
    return proposal, f"{at}/proposals/{proposal.public_id}"


def tickets() -> int:
    return Conversation.objects.filter(kind="tickets").count()


def test_a_yes_opens_it_once_and_a_no_never(alice: Member) -> None:
    assistant_is(True)
    chat, browser = chat_of(alice, "Nobody paid my invoice"), client_for(alice)
    _proposal, address = proposed(browser, chat)
    browser.post(address, {"answer": "no"})
    assert tickets() == 0
    proposal, address = proposed(browser, chat)
    said = {**proposal.arguments, "issue_type": issue_type().public_id}
    for _ in range(2):
        assert browser.post(address, {**said, "answer": "yes"}).status_code == 200
    assert tickets() == 1


def test_a_form_that_is_not_filled_in_comes_back_with_what_is_missing(alice: Member) -> None:
    assistant_is(True)
    chat, browser = chat_of(alice, "Nobody paid my invoice"), client_for(alice)
    proposal, address = proposed(browser, chat)
    html = browser.post(address, {"answer": "yes"}).content.decode()
    assert "Fill this in." in html
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    assert tickets() == 0


def test_what_is_written_into_the_form_is_kept_before_a_yes(alice: Member) -> None:
    assistant_is(True)
    chat, browser = chat_of(alice, "Nobody paid my invoice"), client_for(alice)
    proposal, address = proposed(browser, chat)
    for subject in ("Invoice of May", "x" * 1000):
        given = {**proposal.arguments, "subject": subject, "answer": "keep"}
        assert browser.post(address, given).status_code == 204
        proposal.refresh_from_db()
        assert proposal.arguments["subject"] == "Invoice of May", "what is too long is not"
    assert tickets() == 0


def test_nobody_says_yes_for_another(alice: Member, bob: Member, carol: Member) -> None:
    assistant_is(True)
    chat = chat_of(alice, "Nobody paid my invoice")
    _proposal, address = proposed(client_for(alice), chat)
    for other in (bob, carol):
        assert client_for(other).post(address, {"answer": "yes"}).status_code == 404
    assert tickets() == 0


def test_a_tool_that_is_not_there_is_nowhere(alice: Member) -> None:
    at = f"/help/chat/{chat_of(alice).conversation.public_id}/tools"
    for name in ("tickets.delete", "chat.end", "x", "tickets.open.x"):
        assert client_for(alice).post(f"{at}/{name}").status_code == 404


def test_who_presses_again_and_again_is_slowed(
    alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant_is(True)
    chat, browser = chat_of(alice), client_for(alice)
    monkeypatch.setattr(proposals, "SAID", Limit("few", most=2, seconds=3600))
    address = f"/help/chat/{chat.conversation.public_id}/tools/tickets.status"
    answers = [browser.post(address) for _ in range(3)]
    assert ["Try again in a moment" in one.headers.get("HX-Trigger", "") for one in answers] == [
        False,
        False,
        True,
    ]
    assert chat.conversation.messages.filter(detail__tool="tickets.status").count() == 2
