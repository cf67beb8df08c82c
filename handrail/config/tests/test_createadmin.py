"""How does an installation get its first agent?"""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from handrail.people.models import Agent, AgentRole

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What comes on stdin, where no terminal is."""

    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_in


def test_the_first_agent_may_do_everything(typed: Any, capsys: pytest.CaptureFixture[str]) -> None:
    typed(f"{PASSWORD}\n")
    call_command("createadmin", "Ada@Handrail.Example", name="Ada")
    agent = Agent.objects.get()
    assert (agent.email, agent.name, agent.role) == (
        "ada@handrail.example",
        "Ada",
        AgentRole.ADMIN,
    )
    assert agent.check_password(PASSWORD)
    said = capsys.readouterr()
    assert "Ada can sign in at /console/ now." in said.out
    assert PASSWORD not in said.out + said.err


def test_without_a_name_it_is_the_address(typed: Any) -> None:
    typed(f"{PASSWORD}\n")
    call_command("createadmin", "ada@handrail.example")
    assert Agent.objects.get().name == "ada"


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("ada@handrail.example", "short", "at least 12 characters"),
        ("ada@handrail.example", "qwerty123456", "too common"),
        ("not-an-address", PASSWORD, "valid email address"),
    ],
)
def test_what_is_weak_or_wrong_is_refused_in_words(
    typed: Any, email: str, password: str, words: str
) -> None:
    typed(f"{password}\n")
    with pytest.raises(CommandError, match=words):
        call_command("createadmin", email)
    assert not Agent.objects.exists()


def test_an_address_is_one_agents(typed: Any) -> None:
    typed(f"{PASSWORD}\n")
    call_command("createadmin", "ada@handrail.example")
    with pytest.raises(CommandError, match="There is an agent"):
        call_command("createadmin", "ADA@handrail.example")
    assert Agent.objects.count() == 1
