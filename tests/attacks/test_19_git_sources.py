"""SSRF: webhooks, feeds, avatars, AI tools. Chatwoot CVE-2026-92527.

Here: the address of a git repository, which an editor gives, and whose server may lead on. And
git's own ways out: other transports, submodules, links.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from handrail.mediums.docs.importing.pulling import pull_source
from handrail.mediums.docs.models import ImportRun, Page, Source
from handrail.people.models import Agent, AgentRole
from tests.git_server import LINK, MODULE, GitServer, git_server
from tests.key_server import key_server
from tests.trees import IMPORTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


@pytest.fixture
def inside() -> Iterator[GitServer]:
    """A repository in our own network that no stranger may read through us."""
    with git_server() as server:
        server.commit({"secret.md": "# Secret\n"})
        yield server


@pytest.mark.parametrize(
    "hostname", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0"]
)
def test_a_repository_in_our_own_network_is_never_asked(inside: GitServer, hostname: str) -> None:
    source = Source.objects.create(url=f"http://{hostname}:{inside.port}/help.git")
    assert pull_source(IMPORTER, source) is None
    assert inside.asked == []
    assert not Page.objects.exists()


def test_a_server_cannot_lead_us_into_our_own_network(inside: GitServer, settings: Any) -> None:
    with key_server() as outside:
        settings.ENV = replace(settings.ENV, outbound_allow=[outside.door])
        target = f"{inside.url}/info/refs?service=git-upload-pack"
        outside.answer = (302, {"Location": target}, b"")
        source = Source.objects.create(url=outside.url)
        assert pull_source(IMPORTER, source) is None
        assert len(outside.asked) == 1
    assert inside.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc",
        "/etc",
        "ssh://git.example/x.git",
        "git@git.example:x.git",
        "git://git.example/x.git",
        "ext::sh -c 'touch /tmp/pwned'",
        "--upload-pack=touch /tmp/pwned",
        "https://name:word@git.example/x.git",
        "https://git.example/x.git\r\nHost: inside",
    ],
)
def test_other_transports_are_refused_in_the_form_and_in_the_pull(
    dora: Agent, browse: Callable[..., Client], url: str
) -> None:
    dora.role = AgentRole.EDITOR
    dora.save()
    assert browse(dora).post("/console/docs/sources/new", {"url": url}).status_code == 422
    source = Source.objects.create(url=url)
    assert pull_source(IMPORTER, source) is None
    assert "word" not in ImportRun.objects.get().failure.replace("password", "")


def test_submodules_and_links_lead_nowhere(inside: GitServer, settings: Any) -> None:
    inside.commit(
        {
            "a.md": "# A\n\n![x](shot.png)\n",
            ".gitmodules": '[submodule "m"]\npath = m\nurl = file:///etc\n',
            "m": (MODULE, b""),
            "shot.png": (LINK, b"/etc/passwd"),
            "passwd.md": (LINK, b"/etc/passwd"),
        }
    )
    settings.ENV = replace(settings.ENV, outbound_allow=[inside.door])
    source = Source.objects.create(url=inside.url, section_slug="brand")
    report = pull_source(IMPORTER, source)
    assert report is not None
    assert Page.objects.count() == 1
    assert not any("root:" in page.body + page.html for page in Page.objects.all())
    assert {one.file for one in report.findings} >= {"m", "shot.png", "passwd.md"}


def test_what_is_told_of_a_pull_says_nothing_of_what_is_inside(inside: GitServer) -> None:
    """Open, closed and refused look the same."""
    told = set()
    for url in (inside.url, "http://127.0.0.1:1/x.git"):
        source = Source.objects.create(url=url)
        pull_source(IMPORTER, source)
        told.add(ImportRun.objects.get(source=source).failure)
    assert len(told) == 1
