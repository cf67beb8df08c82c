"""Do the guides tell the truth: what hosts are told to write, and what is listed as whole?"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse, JsonResponse

from handrail.people.actions import register_host
from handrail.people.models import Host
from tests.host_platform import Frame
from tools.progress import ROOT

GUIDE = (ROOT / "docs" / "operations.md").read_text()
SECRET = "a-secret-of-more-than-thirty-two-bytes"
KEY_ID = "key-1"

ACCOUNT = SimpleNamespace(id=1, name="Acme", plan="enterprise", time_zone="Europe/Berlin")
USER = SimpleNamespace(
    id=7,
    email="alice@acme.example",
    email_is_verified=True,
    name="Alice Ångström",
    is_admin=True,
    language="en",
    time_zone="Europe/Berlin",
    is_authenticated=True,
    account=ACCOUNT,
)


def example(language: str, number: int = 0) -> str:
    """A block of code in the guide."""
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    return found[number]


@pytest.fixture
def platform(installation: None) -> Host:
    """The platform of the guide, registered."""
    return register_host(
        name="The guide's platform",
        issuer="https://app.example.com",
        audience="https://help.example.com",
        origins=["https://app.example.com"],
        secret=SECRET,
        kid=KEY_ID,
    )


@pytest.fixture
def written(platform: Host) -> dict[str, Any]:
    """What the guide's Python defines, in a platform made with Django."""
    names: dict[str, Any] = {
        "SECRET": SECRET,
        "KEY_ID": KEY_ID,
        "HttpResponse": HttpResponse,
        "JsonResponse": JsonResponse,
        "httpx": Hub(),
    }
    for number in (0, 1):
        exec(example("python", number), names)  # noqa: S102  our own guide
    return names


class Hub:
    """Stands for httpx in the guide's code: takes what the host's server sends to the hub."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []

    def post(self, url: str, data: dict[str, str]) -> None:
        self.sent.append((url, data))


def test_the_guides_python_brings_a_member_in(written: dict[str, Any]) -> None:
    answer = written["token_view"](SimpleNamespace(user=USER))
    frame = Frame()
    assert frame.exchange(json.loads(answer.content)["token"]).json()["name"] == USER.name
    assert frame.cookie


def test_the_guides_python_says_of_a_visitor_that_nobody_is_there(written: dict[str, Any]) -> None:
    visitor = SimpleNamespace(user=SimpleNamespace(is_authenticated=False))
    assert written["token_view"](visitor).status_code == 204


def test_the_guides_python_signs_a_member_out(written: dict[str, Any]) -> None:
    frame = Frame()
    frame.exchange(written["help_token"](USER, ACCOUNT))
    assert frame.browser.get("/help/tickets/").status_code == 200
    written["end_help_sessions"](USER)
    ((url, form),) = written["httpx"].sent
    path = url.removeprefix("https://help.example.com")
    assert frame.browser.post(path, form).status_code == 200
    assert frame.browser.get("/help/tickets/").status_code == 401


@pytest.mark.parametrize("program", [name for name in ("node", "php") if shutil.which(name)])
def test_the_guides_other_languages_sign_as_well(
    platform: Host, tmp_path: Path, program: str
) -> None:
    """Those that this machine happens to have: nothing else needs them."""
    claims = json.dumps(
        {
            "sub": "7",
            "name": "Alice",
            "role": "member",
            "account": {"id": "1", "name": "Acme", "kind": "brand", "plan": "free"},
        }
    )
    language, before, after = {
        "node": (
            "js",
            f'const SECRET = "{SECRET}", KEY_ID = "{KEY_ID}";',
            f"console.log(signed({claims}));",
        ),
        "php": (
            "php",
            f"<?php const SECRET = '{SECRET}'; const KEY_ID = '{KEY_ID}';",
            f"echo signed(json_decode('{claims}', true));",
        ),
    }[program]
    script = tmp_path / ("host.mjs" if program == "node" else "host.php")
    script.write_text(f"{before}\n{example(language)}\n{after}")
    token = subprocess.run([program, script], capture_output=True, text=True, check=True).stdout
    assert Frame().exchange(token.strip()).json()["name"] == "Alice"


def test_every_attack_stands_in_the_list_of_attacks() -> None:
    carried_out = {path.name for path in (ROOT / "tests" / "attacks").glob("test_*.py")}
    listed = set(re.findall(r"`(test_\d\d_\w+\.py)`", (ROOT / "SECURITY.md").read_text()))
    assert listed == carried_out


def test_every_decision_stands_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "adr"
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text())
    assert listed == sorted(path.name for path in folder.glob("[0-9]*.md"))
