"""Does a repository become a tree, and nothing of it more than that?"""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from handrail.base import outbound
from handrail.mediums.docs.importing import git
from handrail.mediums.docs.importing.report import Report
from handrail.mediums.docs.importing.trees import Unreadable
from tests.git_server import LINK, MODULE, GitServer, git_server


@pytest.fixture
def server(settings: Any) -> Iterator[GitServer]:
    """One that the operator allows."""
    with git_server() as made:
        settings.ENV = replace(settings.ENV, outbound_allow=[made.door])
        yield made


def test_the_last_commit_is_a_tree(server: GitServer) -> None:
    server.commit({"a.md": "old", "gone.md": "x"})
    tip = server.commit({"a.md": "new", "in/b.md": "B", ".github/c.md": "C"})
    report = Report()
    with git.fetched(server.url, "", "", "", report) as found:
        assert found.commit == tip
        assert found.tree is not None
        assert sorted(found.tree.paths()) == ["a.md", "in/b.md"]
        assert found.tree.read("a.md", 100) == b"new"
        with pytest.raises(Unreadable):
            found.tree.read("a.md", 2)
    assert report.findings == []


def test_a_branch_and_a_folder_can_be_chosen(server: GitServer) -> None:
    server.commit({"a.md": "main"})
    server.commit({"docs/help/a.md": "other"}, branch="next")
    with git.fetched(server.url, "next", "/docs/help/", "", Report()) as found:
        assert found.tree is not None
        assert found.tree.read("a.md", 100) == b"other"
    for branch, folder in (("none", ""), ("next", "no"), ("next", "docs/../docs"), ("next", "..")):
        with pytest.raises(git.Unreachable):
            with git.fetched(server.url, branch, folder, "", Report()):
                pass


def test_a_known_commit_is_not_fetched_again(server: GitServer) -> None:
    tip = server.commit({"a.md": "x"})
    with git.fetched(server.url, "", "", tip, Report()) as found:
        assert found.tree is None
    assert not [path for path in server.asked if "upload-pack" in path and "info" not in path]


def test_links_modules_and_names_that_lead_out_are_left_out(server: GitServer) -> None:
    server.commit(
        {
            "a.md": "x",
            "link.md": (LINK, b"/etc/passwd"),
            "module": (MODULE, b""),
            "..": "up",
            "b\\c.md": "x",
            "d\udcff.md": "x",
        }
    )
    report = Report()
    with git.fetched(server.url, "", "", "", report) as found:
        assert found.tree is not None
        assert found.tree.paths() == ["a.md"]
    assert len(report.findings) == 4  # and nothing of "..", which begins with a dot


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc",
        "ssh://git@git.example/x",
        "git@git.example:x/y.git",
        "ext::sh -c id",
        "git://git.example/x",
        "https://name:word@git.example/x.git",
        "https://",
        "https://git.example/x?y",
        "https://git.example/x y",
        "--upload-pack=id",
        "/etc/passwd",
        "http://[",
    ],
)
def test_only_plain_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(git.Unreachable):
        with git.fetched(url, "", "", "", Report()):
            pass


def test_a_private_address_is_not_asked_unless_the_operator_allows_it() -> None:
    with git_server() as server:
        server.commit({"a.md": "x"})
        with pytest.raises(git.Unreachable) as caught:
            with git.fetched(server.url, "", "", "", Report()):
                pass
        assert server.asked == []
        assert "127" not in str(caught.value)


def test_a_server_that_is_none_is_told_apart(
    server: GitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.commit({"a.md": "x"})
    answers: list[tuple[int, dict[str, str], bytes]] = [
        (200, {"content-type": "text/html"}, b"<html>"),
        (404, {}, b""),
        (200, {"content-type": git.ADVERTISED}, b"rubbish"),
        (200, {"content-type": git.ADVERTISED}, b""),
        (200, {"content-type": git.ADVERTISED}, b"001e# service=git-upload-pack\n0000zzzz"),
    ]
    for status, headers, body in answers:

        def answer(url: str, *, into: Any, **more: Any) -> outbound.Answer:
            into.write(body)  # noqa: B023
            return outbound.Answer(url, status, headers, b"")  # noqa: B023

        monkeypatch.setattr(outbound, "fetch", answer)
        with pytest.raises(git.Unreachable):
            with git.fetched(server.url, "", "", "", Report()):
                pass


def test_a_large_answer_is_stopped(server: GitServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "MOST_BYTES", 300)
    server.commit({"a.md": zlib.compress(bytes(range(256)) * 40) * 20})
    with pytest.raises(git.Unreachable):
        with git.fetched(server.url, "", "", "", Report()):
            pass
