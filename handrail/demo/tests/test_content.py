"""Is the content that the hub loads whole, and does it agree with the screens?"""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handrail.demo.books.world import BrandBook, World
from handrail.demo.directory import CONTENT

pytestmark = pytest.mark.once

TICKET_KEYS = {
    "subject", "issue_type", "by", "opened", "body", "shared", "emails", "attachments",
    "assignee", "priority", "unread", "step", "answers", "team", "tags", "followers",
    "follow_up",
}  # fmt: skip
STEP_KEYS = {"by", "act", "ago", "body", "attachments", "score"}
MEMBER_ACTS = {"reply", "accept", "reject", "close", "reopen", "rate"}
AGENT_ACTS = {"reply", "ask", "offer", "start", "close", "reopen", "note"}
WORDLESS = {"accept", "reject", "start", "close", "reopen", "rate"}
MOST_BYTES = 60_000
NUMBERS = re.compile(r"\b(?:C|LK|INV|PO|AP|ST)-\d+\b")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


PEOPLE = read("people.toml")
ACCOUNTS = {account["id"]: account for account in PEOPLE["account"]}
AGENTS = {agent["key"]: agent for agent in PEOPLE["agent"]}
MEMBERS = {
    account_id: {
        person["sub"]
        for person in PEOPLE["person"]
        if any(place["id"] == account_id for place in person["accounts"])
    }
    for account_id in ACCOUNTS
}
TICKETS = [
    pytest.param(account, ticket, id=f"{account}: {ticket['subject'][:40]}")
    for account in ACCOUNTS
    for ticket in read(f"tickets/{account}.toml")["ticket"]
]


def test_every_file_of_tickets_belongs_to_an_account() -> None:
    assert {path.stem for path in (CONTENT / "tickets").iterdir()} == set(ACCOUNTS)
    assert len(TICKETS) == 60


def test_people_accounts_and_plans_refer_to_each_other() -> None:
    plans = {plan["key"]: plan for plan in read("plans.toml")["plan"]}
    assert {account["plan"] for account in ACCOUNTS.values()} <= set(plans)
    assert {account["csm"] for account in ACCOUNTS.values() if "csm" in account} <= set(AGENTS)
    assert [key for key, plan in plans.items() if "booking.book" in plan["entitlements"]] == [
        "enterprise"
    ]
    emails = [row["email"] for row in (*PEOPLE["person"], *PEOPLE["agent"])]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".example") for email in emails)


def test_teams_and_views_name_agents_that_there_are() -> None:
    content = read("teams.toml")
    teams = {team["key"]: team for team in content["team"]}
    assert len(teams) == len({team["name"] for team in teams.values()}) == 3
    assert {key for team in teams.values() for key in team["agents"]} <= set(AGENTS)
    assert {view["owner"] for view in content["view"] if "owner" in view} <= set(AGENTS)
    used = {param.values[1].get("team") for param in TICKETS}  # type: ignore[union-attr]
    assert used - {None} == set(teams)


def test_issue_types_are_numbered_in_the_order_of_the_file() -> None:
    types = read("issue_types.toml")["issue_type"]
    for kind, count in (("brand", 14), ("partner", 8)):
        own = [row for row in types if row["kind"] == kind]
        assert [row["position"] for row in own] == list(range(1, count + 1))
        assert len({row["name"] for row in own}) == count
        assert all(row["description"] for row in own)


@pytest.mark.parametrize(("account", "ticket"), TICKETS)
def test_a_ticket_can_be_told(account: str, ticket: dict[str, Any]) -> None:
    assert ticket.keys() <= TICKET_KEYS
    assert 8 <= len(ticket["subject"]) <= 140
    assert ticket["by"] in MEMBERS[account]
    assert (ACCOUNTS[account]["kind"], ticket["issue_type"]) in {
        (row["kind"], row["name"]) for row in read("issue_types.toml")["issue_type"]
    }
    assert ticket.get("answers", {}).keys() <= asked_of(account, ticket["issue_type"])
    assert ticket.get("assignee", "dora") in AGENTS
    assert ticket.get("shared") or not ticket.get("emails")
    followers = set(ticket.get("followers", []))
    assert followers <= (MEMBERS[account] if ticket.get("shared") else {ticket["by"]}) | set(AGENTS)
    steps = ticket.get("step", [])
    for step in steps:
        check_step(account, ticket, step)
    moments = [minutes(ticket["opened"]), *(minutes(step["ago"]) for step in steps)]
    assert all(earlier > later for earlier, later in pairwise(moments))


def asked_of(account: str, issue_type: str) -> set[str]:
    """The labels of the fields that this issue type has of its own."""
    types = read("issue_types.toml")["issue_type"]
    kind = ACCOUNTS[account]["kind"]
    own = next(row for row in types if (row["kind"], row["name"]) == (kind, issue_type))
    return {field["label"] for field in own.get("field", [])}


def test_a_field_waits_for_a_word_of_a_choice_before_it() -> None:
    for row in read("issue_types.toml")["issue_type"]:
        words: dict[str, list[str]] = {}
        for field in row.get("field", []):
            if "shown_when" in field:
                assert field["shown_value"] in words[field["shown_when"]]
            words[field["label"]] = field.get("choices", [])


def check_step(account: str, ticket: dict[str, Any], step: dict[str, Any]) -> None:
    assert step.keys() <= STEP_KEYS
    if step["by"] in AGENTS:
        assert step["act"] in AGENT_ACTS
    else:
        assert step["act"] in MEMBER_ACTS
        assert step["by"] == ticket["by"] or ticket.get("shared")
        assert step["by"] in MEMBERS[account]
    assert step.get("body") or step["act"] in WORDLESS
    assert (step["act"] == "rate") == (step.get("score") in ("bad", "ok", "good"))


def test_tickets_are_in_all_five_statuses() -> None:
    after = {"ask": "awaiting", "offer": "solution", "accept": "closed", "close": "closed"}
    statuses = set()
    for param in TICKETS:
        ticket: dict[str, Any] = param.values[1]  # type: ignore[assignment]
        status = "open"
        for step in ticket.get("step", []):
            if step["act"] not in ("note", "rate"):
                status = after.get(step["act"], "in progress")
        statuses.add(status)
    assert statuses == {"open", "in progress", "awaiting", "solution", "closed"}


def test_attachments_are_there_small_and_all_used() -> None:
    named = set()
    for param in TICKETS:
        ticket: dict[str, Any] = param.values[1]  # type: ignore[assignment]
        for told in (ticket, *ticket.get("step", [])):
            named |= set(told.get("attachments", []))
    files = {path.name: path for path in (CONTENT / "files").iterdir()}
    assert named == set(files)
    assert all(path.stat().st_size < MOST_BYTES for path in files.values())
    assert {Path(name).suffix for name in named} == {".png", ".csv", ".txt", ".pdf"}


@pytest.mark.parametrize("account", ["acme", "acme-nordics", "globex"])
def test_numbers_in_tickets_are_those_of_the_screens(account: str) -> None:
    text = (CONTENT / "tickets" / f"{account}.toml").read_text(encoding="utf-8")
    assert set(NUMBERS.findall(text)) <= numbers_of(account)


def numbers_of(account: str) -> set[str]:
    book = World().books[account]
    if isinstance(book, BrandBook):
        return (
            {campaign.id for campaign in book.campaigns}
            | {application.id for application in book.applications}
            | {invoice.number for invoice in book.invoices}
            | {link.id for link in book.links}
            | {payout.id for payout in book.payouts}
        )
    campaigns = {engagement.campaign.id for engagement in book.engagements}
    return (
        campaigns
        | {link.id for link in book.links}
        | {statement.number for statement in book.statements}
        | {payout.id for payout in book.payouts}
    )


def minutes(ago: str) -> int:
    unit = {"d": 1440, "h": 60, "m": 1}
    parts = re.findall(r"(\d+)([dhm])", ago)
    assert " ".join(f"{count}{letter}" for count, letter in parts) == ago
    return sum(int(count) * unit[letter] for count, letter in parts)
