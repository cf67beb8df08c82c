"""The cast of every test: Alice and Bob of Acme, Carol of Globex, Dora who answers, a visitor.

All of it is made by the real actions. Only the clock, the outside mail server and the outside
model are ever faked.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.people.models import Agent, Host, Member
from handrail.people.viewer import Viewer, viewer_for_agent, viewer_for_member, viewer_for_nobody

HOST_SECRET = "a-secret-of-the-host-in-these-tests-only"
HOST_ORIGIN = "https://platform.example"
ACME = {
    "id": "acme",
    "name": "Acme",
    "kind": "brand",
    "plan": "enterprise",
    "zoneinfo": "Europe/Berlin",
}
GLOBEX = {
    "id": "globex",
    "name": "Globex",
    "kind": "partner",
    "plan": "free",
    "zoneinfo": "America/New_York",
}


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any, settings: Any) -> None:
    """Attachments of a test are kept in its own folder, static files under their plain names."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "attachments"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Half a second for each password is right for an attacker, and too long for every test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second of work for each form is right for a robot, and too long for every test."""
    monkeypatch.setattr("handrail.mediums.tickets.public.work.COST", 1)


@pytest.fixture(autouse=True)
def _library_of_words(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever searches meets what was written before; the model, which takes a second to load, is
    there where a test asks for it (`settings.MEANING_MODEL = None`)."""
    settings.MEANING_MODEL = ""
    monkeypatch.setattr("handrail.engines.search.library.current.IS_BEHIND", False)


@pytest.fixture(autouse=True)
def _assistant_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chats' assistant answers when a test lets it, and not behind its back."""
    monkeypatch.setattr("handrail.mediums.chat.assistant.working.wake", lambda *turn: None)


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Rate limits are counted and answers kept in caches: no test inherits those of another."""
    from django.core.cache import caches

    for name in ("default", "answers"):
        caches[name].clear()


@pytest.fixture
def installation(db: None) -> None:
    """The rows that every installation starts with."""
    from handrail.config.installation import install_defaults

    install_defaults()


@pytest.fixture
def host(installation: None) -> Host:
    """The platform whose members need help."""
    from handrail.people.actions import register_host

    return register_host(
        name="The Platform",
        issuer=HOST_ORIGIN,
        origins=[HOST_ORIGIN],
        secret=HOST_SECRET,
        kid="test-1",
        sign_in_url=f"{HOST_ORIGIN}/sign-in",
    )


@pytest.fixture
def claims_of() -> Callable[..., dict[str, Any]]:
    """What the host says of somebody, as in the payload of its token."""

    def claims(name: str, account: dict[str, str], role: str = "member") -> dict[str, Any]:
        return {
            "sub": name.lower(),
            "name": name,
            "email": f"{name.lower()}@{account['id']}.example",
            "email_verified": True,
            "role": role,
            "locale": "en",
            "zoneinfo": account["zoneinfo"],
            "account": account,
        }

    return claims


@pytest.fixture
def alice(host: Host, claims_of: Callable[..., dict[str, Any]]) -> Member:
    """Account admin of Acme, a brand on the Enterprise plan."""
    from handrail.people.actions import apply_claims

    return apply_claims(host, claims_of("Alice", ACME, "admin"))


@pytest.fixture
def bob(host: Host, claims_of: Callable[..., dict[str, Any]]) -> Member:
    """Alice's colleague at Acme."""
    from handrail.people.actions import apply_claims

    return apply_claims(host, claims_of("Bob", ACME))


@pytest.fixture
def carol(host: Host, claims_of: Callable[..., dict[str, Any]]) -> Member:
    """Account admin of Globex, a partner on the Free plan; she must never see what is Acme's."""
    from handrail.people.actions import apply_claims

    return apply_claims(host, claims_of("Carol", GLOBEX, "admin"))


@pytest.fixture
def dora(installation: None) -> Agent:
    """A support agent."""
    from handrail.people.actions import create_agent

    return create_agent(
        email="dora@handrail.example", name="Dora", password="correct horse battery staple"
    )


@pytest.fixture
def as_member() -> Callable[[Member], Viewer]:
    return viewer_for_member


@pytest.fixture
def as_agent() -> Callable[[Agent], Viewer]:
    return viewer_for_agent


@pytest.fixture
def nobody(db: None) -> Viewer:
    return viewer_for_nobody()


@pytest.fixture
def browse(settings: Any) -> Callable[..., Client]:
    """A browser that is signed in as a member or an agent, or as nobody."""
    from tests.browsing import client_for

    settings.REQUIRE_SECOND_FACTOR = False
    return client_for
