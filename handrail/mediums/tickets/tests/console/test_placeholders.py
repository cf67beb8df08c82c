"""Are placeholders filled in as plain text, once, and by names from the list alone?"""

import pytest

from handrail.mediums.tickets.console.placeholders import (
    PLACEHOLDERS,
    Piece,
    example,
    fill,
    nearest,
    pieces,
    unknown,
    values,
)
from handrail.people.models import Agent, Member
from tests.making import ticket_of, viewer_of

GIVEN = {"member.name": "Alice Smith", "member.first_name": "Alice", "account.name": ""}


def test_what_is_known_is_filled_in_and_the_rest_stays() -> None:
    assert fill("Hello {member.first_name}!", GIVEN) == "Hello Alice!"
    for text in ("{member.password}", "{ member.name }", "{member}", "{}", "{{x}}", "{0}", "{a b}"):
        assert fill(text, GIVEN) == text


def test_one_without_a_value_stays_for_the_agent_to_see() -> None:
    assert fill("For {account.name}", GIVEN) == "For {account.name}"


def test_nothing_is_filled_in_twice() -> None:
    given = {"member.name": "{agent.name}", "agent.name": "{member.name}"}
    assert fill("{member.name} {agent.name}", given) == "{agent.name} {member.name}"


def test_what_no_placeholder_can_be_is_pointed_out() -> None:
    text = "{member.name} {member.fistname} {Agent.Name} {x} {member.fistname}"
    assert unknown(text) == ["member.fistname", "Agent.Name", "x"]
    assert nearest("member.fistname") == "member.first_name"
    assert nearest("Agent.Name") == "agent.name"
    assert nearest("x") == ""


def test_a_preview_knows_what_was_filled_in() -> None:
    shown = pieces("Hi {member.name}, {x}", GIVEN)
    assert shown == [
        Piece("Hi "),
        Piece("Alice Smith", "filled"),
        Piece(", "),
        Piece("{x}", "unknown"),
    ]
    assert pieces("", GIVEN) == []


@pytest.mark.django_db
def test_every_placeholder_has_a_value(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice, "No clicks")
    given = values(viewer_of(dora), ticket.conversation)
    number = ticket.conversation.number
    assert set(given) == set(PLACEHOLDERS) == set(example(viewer_of(dora)))
    assert given["member.name"] == "Alice"
    assert given["account.name"] == "Acme"
    assert given["ticket.number"] == f"#{number}"
    assert given["agent.name"] == dora.name
    assert all(given.values())


@pytest.mark.django_db
def test_whom_we_do_not_know_has_no_name(alice: Member, dora: Agent) -> None:
    ticket = ticket_of(alice)
    ticket.conversation.creator = ticket.conversation.account = None
    given = values(viewer_of(dora), ticket.conversation)
    assert fill("{member.first_name} {account.name}", given) == "{member.first_name} {account.name}"
