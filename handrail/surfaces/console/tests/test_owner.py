"""What the owner of a new installation sets up, and who may not."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from handrail.engines.activity.models import Activity
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Host, HostKey

pytestmark = pytest.mark.django_db

PLATFORM = {
    "name": "Larkspan",
    "issuer": "https://app.larkspan.example",
    "origins": "https://app.larkspan.example\nhttps://eu.larkspan.example",
    "sign_in_url": "",
    "jwks_url": "",
}


@pytest.fixture
def owner(installation: None) -> Agent:
    return create_agent(
        email="hanna@handrail.example",
        name="Hanna",
        role=AgentRole.ADMIN,
        password="correct horse battery staple",
    )


def test_a_new_owner_is_led_to_their_platform(owner: Agent, browse: Callable[..., Client]) -> None:
    answer = browse(owner).get("/console/", follow=True)
    assert answer.redirect_chain[-1][0] == "/console/settings/platforms/"
    assert "No platform yet" in answer.content.decode()


def test_a_platform_gets_its_line_and_a_secret_that_is_shown_once(
    owner: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(owner)
    page = browser.post("/console/settings/platforms/new", PLATFORM, follow=True).content.decode()
    host = Host.objects.get()
    assert host.origins == ["https://app.larkspan.example", "https://eu.larkspan.example"]
    assert "/help/v1.js" in page

    made = browser.post(f"/console/settings/platforms/{host.pk}/key").content.decode()
    secret = HostKey.objects.get().secret
    assert secret in made
    assert secret not in browser.get(f"/console/settings/platforms/{host.pk}/").content.decode()
    assert secret not in str(list(Activity.objects.values()))


def test_an_origin_with_a_path_is_refused_in_plain_words(
    owner: Agent, browse: Callable[..., Client]
) -> None:
    answer = browse(owner).post(
        "/console/settings/platforms/new", {**PLATFORM, "origins": "https://app.example/help"}
    )
    assert answer.status_code == 422
    assert "is not an origin such as" in answer.content.decode()
    assert not Host.objects.exists()


def test_a_platform_moves_to_another_address_and_is_switched_off(
    owner: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(owner)
    browser.post("/console/settings/platforms/new", PLATFORM)
    page = f"/console/settings/platforms/{Host.objects.get().pk}"
    changed = {**PLATFORM, "name": "Larkspan Two", "origins": "https://new.larkspan.example"}
    browser.post(f"{page}/change", changed)
    host = Host.objects.get()
    assert (host.name, host.origins) == ("Larkspan Two", ["https://new.larkspan.example"])
    assert host.issuer == PLATFORM["issuer"]
    browser.post(f"{page}/off")
    host.refresh_from_db()
    assert not host.is_active
    assert "switched off" in browser.get(f"{page}/").content.decode()


def test_a_new_agent_chooses_a_password_by_a_mailed_link(
    owner: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(owner)
    sent = {"name": "Goran", "email": "Goran@handrail.example", "role": "agent", "zoneinfo": "UTC"}
    answer = browser.post("/console/settings/agents/new", sent, follow=True)
    assert "Goran was sent a link." in answer.content.decode()
    [letter] = mail.outbox
    assert letter.to == ["goran@handrail.example"]
    [path] = re.findall(r"https?://[^/]+(/console/password/reset/key/\S+)", str(letter.body))
    assert browse(None).get(path, follow=True).status_code == 200


def test_an_agent_who_is_shut_out_is_out_at_once(
    owner: Agent, dora: Agent, browse: Callable[..., Client]
) -> None:
    agents_browser = browse(dora)
    assert agents_browser.get("/console/tickets/").status_code == 200
    browse(owner).post(f"/console/settings/agents/{dora.public_id}/active", {"is_active": "no"})
    assert agents_browser.get("/console/tickets/").status_code == 302


def test_nobody_locks_the_door_behind_themselves(
    owner: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(owner)
    browser.post(f"/console/settings/agents/{owner.public_id}/active", {"is_active": "no"})
    browser.post(f"/console/settings/agents/{owner.public_id}/", {"role": "agent"})
    owner.refresh_from_db()
    assert (owner.is_active, owner.role) == (True, AgentRole.ADMIN)


@pytest.mark.parametrize("path", ["agents/", "agents/new", "platforms/", "platforms/new"])
def test_an_agent_who_only_answers_sets_up_nothing(
    path: str, dora: Agent, browse: Callable[..., Client]
) -> None:
    browser = browse(dora)
    assert browser.get(f"/console/settings/{path}").status_code == 403
    assert "/console/settings/" not in browser.get("/console/tickets/").content.decode()
