"""What does a developer want to know once the demo runs? The addresses, and who is who."""

import tomllib
from typing import Any

from tools.progress import ROOT

CONTENT = ROOT / "handrail" / "demo" / "content"
ROLES = {"admin": "administrator", "member": "member"}


def welcome(hub: str, demo: str) -> str:
    """The text that `./dev run` ends with, for the addresses of the two servers."""
    lines = [
        "",
        "Handrail is running. Open the demo and press Help in its upper right corner.",
        "",
        f"  The demo's platform   {demo}",
        f"  The demo's mailboxes  {demo}/mailbox",
        f"  The help hub          {hub}/help/",
        f"  The agents' console   {hub}/console/",
        "",
        *(f"  {name:<16}  {description}" for name, description in people().items()),
        "",
        "The corner of the demo's pages changes from one person to another. Ctrl-C stops it all.",
    ]
    return "\n".join(lines)


def people() -> dict[str, str]:
    """Whom a visitor of the demo may be, by name, with what they are, as the demo's files say."""
    content = tomllib.loads((CONTENT / "people.toml").read_text())
    plans = tomllib.loads((CONTENT / "plans.toml").read_text())["plan"]
    plan_names = {plan["key"]: plan["name"] for plan in plans}
    accounts = {account["id"]: account for account in content["account"]}
    members = {
        person["name"]: _membership(person["accounts"], accounts, plan_names)
        for person in content["person"]
        if person.get("in_switch")
    }
    agent = next(agent for agent in content["agent"] if agent["key"] == "dora")
    return {**members, agent["name"]: "agent, answers them all in the console"}


def _membership(
    entries: list[dict[str, str]], accounts: dict[str, Any], plan_names: dict[str, str]
) -> str:
    """One line about the account that a person arrives in, with the names of the others."""
    first, *others = [accounts[entry["id"]] for entry in entries]
    role = ROLES[entries[0]["role"]]
    line = f"{role} at {first['name']} ({first['kind']}, {plan_names[first['plan']]} plan)"
    return ", also at ".join([line, *(account["name"] for account in others)])
