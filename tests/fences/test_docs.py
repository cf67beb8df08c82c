"""Is everything that an installation can be told or asked documented, and nothing else?"""

import ast
import re
from collections.abc import Iterator

import pytest

from handrail.hub.registry import mediums
from handrail.people.actions.installation import PLANS
from handrail.people.models import AgentRole
from handrail.people.viewer import AGENT_ENTITLEMENTS, ROLE_ENTITLEMENTS
from tests.fences.code import ROOT, product

pytestmark = pytest.mark.once

REFERENCE = (ROOT / "docs/reference.md").read_text()
COMMANDS = "handrail/config/management/commands/"
THE_DEMOS_OWN = {"DEMO_SECRET_FILE"}
"""Read by the demo's platform, which no operator runs."""


def documented(chapter: str, text: str = REFERENCE) -> set[str]:
    """What the rows of a chapter's table are about: the first thing in each, in backticks."""
    _before, _title, after = text.partition(f"\n## {chapter}\n")
    return set(re.findall(r"^\| `([^`]+)` \|", after.partition("\n## ")[0], re.MULTILINE))


def row(thing: str) -> str:
    """The row about this thing."""
    return next(line for line in REFERENCE.splitlines() if line.startswith(f"| `{thing}` |"))


def constants(node: ast.Call) -> list[str]:
    """The strings among a call's arguments."""
    given = [argument for argument in node.args if isinstance(argument, ast.Constant)]
    return [argument.value for argument in given if isinstance(argument.value, str)]


def calls(path_prefix: str = "handrail/") -> Iterator[ast.Call]:
    for source in product():
        if source.path.startswith(path_prefix):
            yield from (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def variables() -> set[str]:
    """Every environment variable that `config/env.py` asks for."""
    asked = [constants(call)[:1] for call in calls("handrail/config/env.py")]
    return {name for [name] in filter(None, asked) if re.fullmatch(r"[A-Z][A-Z0-9_]+", name)}


def entitlements() -> set[str]:
    """Those of roles and plans, and whatever else the code asks a viewer for."""
    of_plans = {key for _name, _rank, keys in PLANS.values() for key in keys}
    asked = {
        key
        for call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"may", "require"}
        for key in constants(call)
    }
    closing = {medium.entitlement for medium in mediums() if medium.entitlement}
    return set(AGENT_ENTITLEMENTS) | of_plans | asked | closing


def commands() -> set[str]:
    paths = [source.path for source in product() if source.path.startswith(COMMANDS)]
    names = {path.removeprefix(COMMANDS).removesuffix(".py") for path in paths}
    return names - {"__init__"}


def test_every_setting_is_documented() -> None:
    assert {"SECRET_KEY", "HANDRAIL_URL", "DATABASE_URL"} <= variables()
    assert documented("Settings") == variables()


def test_no_variable_is_read_elsewhere() -> None:
    """`env.py` is the one place; Django's own variable, which only selects our settings, apart."""
    readers = [
        source.path
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"os.environ.get", "os.getenv", "os.environ.pop"}
    ]
    assert set(readers) <= {"handrail/demo/settings.py"}


def test_what_the_demos_platform_reads_is_ours_too() -> None:
    asked = {name for call in calls("handrail/demo/settings.py") for name in constants(call)[:1]}
    named = {name for name in asked if re.fullmatch(r"[A-Z][A-Z0-9_]+", name)}
    assert named - THE_DEMOS_OWN <= documented("Settings")


def test_every_medium_is_documented() -> None:
    assert documented("Mediums") == {medium.name for medium in mediums()}
    for medium in mediums():
        assert f"`{medium.entitlement}`" in row(medium.name) or not medium.entitlement


def test_every_entitlement_is_documented() -> None:
    assert {"tickets.open", "tickets.reply", "conversations.work"} <= entitlements()
    assert documented("Entitlements") == entitlements()


ROLE_WORDS = {
    AgentRole.AGENT: "agents",
    AgentRole.CSM: "CSMs",
    AgentRole.TECHNICAL: "technical services",
    AgentRole.EDITOR: "editors",
    AgentRole.ADMIN: "administrators",
}


@pytest.mark.parametrize("entitlement", AGENT_ENTITLEMENTS)
def test_it_is_documented_which_roles_have_an_entitlement(entitlement: str) -> None:
    said = row(entitlement).split("|")[2].strip()
    holders = [
        words for role, words in ROLE_WORDS.items() if entitlement in ROLE_ENTITLEMENTS[role]
    ]
    assert said == ("every agent" if len(holders) == len(ROLE_WORDS) else ", ".join(holders))


def test_every_command_is_documented() -> None:
    assert {"serve", "worker", "createadmin"} <= commands()
    assert documented("Commands") == commands()


def test_what_is_not_documented_is_noticed() -> None:
    chapter = "\n## Settings\n\n| `PORT` | `8000` | x |\n\n## Commands\n\n| `serve` | x |\n"
    assert documented("Settings", chapter) == {"PORT"}
    assert documented("Commands", chapter) == {"serve"}
    assert documented("Mediums", chapter) == set()
