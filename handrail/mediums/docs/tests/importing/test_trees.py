"""Does a folder that a stranger filled cost no more than a line in the report?

Each of these trees has one good page, which must come in whatever is beside it.
"""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handrail.mediums.docs.importing import FolderTree, Report
from handrail.mediums.docs.importing.trees import Unreadable, fault_of
from handrail.mediums.docs.models import Asset, Page
from tests.making import picture
from tests.trees import page, said, take_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

GOOD = {"good.md": "# Good\n"}


def lines_about(report: Report, file: str) -> list[str]:
    return [line for line in said(report) if line.startswith(f"{file}:")]


def check(tmp_path: Path, file: str, count: int = 1, pages: int = 1) -> Report:
    """The good page is there, and what is wrong has its lines."""
    report = take_in(tmp_path, {**GOOD})
    assert page("good").is_published
    assert Page.objects.filter(is_group=False).count() == pages
    assert len(lines_about(report, file)) == count, said(report)
    return report


def test_a_file_of_50_mb_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(50_000_000)
    began = time.monotonic()
    check(tmp_path, "big.md")
    assert time.monotonic() - began < 10


def test_a_large_page_of_a_hundred_megabytes_of_nul_in_git_is_refused_too(tmp_path: Path) -> None:
    report = Report()
    tree = FolderTree(write(tmp_path, {"a.md": "x" * 100}), report)
    with pytest.raises(Unreadable):
        tree.read("a.md", 99)
    assert tree.read("a.md", 100) == b"x" * 100


def test_a_page_listed_below_itself_is_there_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "SUMMARY.md": "* [Good](good.md)\n  * [B](b.md)\n    * [Good](good.md)\n"
            "      * [C](c.md)\n    * [B](b.md)\n* [S](SUMMARY.md)\n* [Up](..)\n",
            "b.md": "# B\n",
            "c.md": "# C\n",
        },
    )
    report = check(tmp_path, "SUMMARY.md", 4, pages=3)
    assert page("good/b/c")
    assert {line.partition(" ")[0] for line in said(report)} == {
        f"SUMMARY.md:{number}" for number in (3, 5, 6, 7)
    }


@pytest.mark.parametrize(
    "address",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "..%2f..%2fetc/passwd",
        "....//etc/passwd",
        "\\etc\\passwd",
    ],
)
def test_a_link_out_of_the_tree_leads_nowhere(tmp_path: Path, address: str) -> None:
    write(
        tmp_path,
        {
            "SUMMARY.md": f"* [Good](good.md)\n* [B](b.md)\n* [P]({address})\n",
            "b.md": f'# B\n\n[x]({address}) ![y]({address})\n\n{{% file src="{address}" %}}\n',
        },
    )
    report = check(tmp_path, "SUMMARY.md", pages=2)
    assert "href=" not in page("b").html
    assert len(lines_about(report, "b.md")) >= 2
    assert not Asset.objects.exists()


def _link_to_file(root: Path) -> None:
    (root / "link.md").symlink_to("/etc/passwd")


def _link_to_folder(root: Path) -> None:
    (root / "link.md").symlink_to("/etc")


def _fifo(root: Path) -> None:
    os.mkfifo(root / "link.md")


def _socket(root: Path) -> None:
    here = os.getcwd()
    os.chdir(root)  # the name of a socket may be no longer than 107 letters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("link.md")
    finally:
        os.chdir(here)


def _folder(root: Path) -> None:
    (root / "link.md").mkdir()


def _dangling(root: Path) -> None:
    (root / "link.md").symlink_to("nowhere")


@pytest.mark.parametrize(
    "make", [_link_to_file, _link_to_folder, _fifo, _socket, _folder, _dangling]
)
def test_what_is_no_plain_file_is_left_out(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path)
    check(tmp_path, "link.md")


def test_a_picture_that_is_a_link_is_not_shown(tmp_path: Path) -> None:
    outside = tmp_path / "outside.png"
    outside.write_bytes(picture())
    root = write(tmp_path / "tree", {**GOOD, "b.md": "# B\n\n![x](shot.png)\n"})
    (root / "shot.png").symlink_to(outside)
    (root / "folder").symlink_to(tmp_path)
    report = take_in(root)
    assert len(lines_about(report, "shot.png")) == len(lines_about(report, "folder")) == 1
    assert not Asset.objects.exists()


def test_a_folder_that_becomes_a_link_while_it_is_read_is_not_followed(tmp_path: Path) -> None:
    root = write(tmp_path / "tree", {"in/a.md": "mine"})
    write(tmp_path / "else", {"a.md": "secret"})
    tree = FolderTree(root, Report())
    (root / "in").rename(root / "was")
    (root / "in").symlink_to(tmp_path / "else")
    with pytest.raises(Unreadable):
        tree.read("in/a.md", 100)


def test_a_file_that_cannot_be_read_has_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"locked.md": "# Locked\n"})
    real = os.open

    def locked(name: str, *args: int, **more: int) -> int:
        if name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return real(name, *args, **more)

    monkeypatch.setattr(os, "open", locked)  # tests may run as root, whom no mode stops
    report = check(tmp_path, "locked.md")
    assert "Permission denied" in said(report)[0]


@pytest.mark.parametrize(
    "content, count, is_there",
    [
        ("# Größe\n".encode("latin-1"), 1, True),
        ("# Größe\n".encode("utf-16"), 0, True),
        (b"\xff\xfe\x00", 1, False),
        (b"\xef\xbb\xbf# Mark\n", 0, True),
        (b"# N\0UL\n\n\0\0", 1, True),
        (b"\x80\0\0\x81", 1, False),
        (b"", 0, True),
        (b"> " * 100_000 + b"x", 1, True),
        (b"* " * 50_000 + b"x", 1, True),
        (b"[" * 200_000, 1, True),
    ],
)
def test_strange_content_is_read_or_noted(
    tmp_path: Path, content: bytes, count: int, is_there: bool
) -> None:
    began = time.monotonic()
    write(tmp_path, {"odd.md": content})
    check(tmp_path, "odd.md", count, pages=2 if is_there else 1)
    assert time.monotonic() - began < 30
    assert not any("\0" in one.body + one.title for one in Page.objects.all())


def test_two_files_for_one_address_are_two_pages(tmp_path: Path) -> None:
    write(tmp_path, {"Same.md": "# One\n", "same.md": "# Two\n", "01-same.md": "# Three\n"})
    report = take_in(tmp_path, {**GOOD})
    assert sorted(Page.objects.values_list("path", flat=True)) == [
        *("good", "same", "same-2", "same-3")
    ]
    assert len([line for line in said(report) if "same-" in line]) == 2


def test_names_that_are_written_in_two_ways_are_one(tmp_path: Path) -> None:
    write(tmp_path, {"gr\u00f6\u00dfe.md": "# One\n", "gro\u0308\u00dfe.md": "# Two\n"})
    report = take_in(tmp_path, {**GOOD, "b.md": "# B\n\n[x](gr\u00f6\u00dfe.md)\n"})
    assert Page.objects.count() == 3
    assert len(said(report)) == 1
    assert "href" in page("b").html


@pytest.mark.parametrize(
    "name", ["a\u202efdm.md", "a\u2028b.md", "a\x1b[31m.md", "a\nb.md", "a\\b.md"]
)
def test_a_name_that_hides_something_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: "# Hidden\n"})
    report = take_in(tmp_path, {**GOOD})
    assert Page.objects.count() == 1
    [line] = said(report)
    assert line.isprintable()


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.md", "wb") as file:
        file.write(b"# X\n")
    report = take_in(tmp_path, {**GOOD})
    assert Page.objects.count() == 1
    assert len(said(report)) == 1


def test_very_long_names_and_very_deep_folders_are_noted(tmp_path: Path) -> None:
    deep = "/".join(["d" * 9] * 45)
    write(
        tmp_path, {f"{deep}/a.md": "# A\n", "l" * 240 + ".md": "# L\n", "x/y/z/" * 5 + "b.md": ""}
    )
    report = take_in(tmp_path, {**GOOD})
    assert page("good")
    assert len(said(report)) == 1
    assert Page.objects.filter(slug__startswith="lll", is_published=True).exists()


def test_a_summary_that_is_no_text_leaves_the_folders_to_tell(tmp_path: Path) -> None:
    write(tmp_path, {"SUMMARY.md": b"\xff\xfe\x00"})
    check(tmp_path, "SUMMARY.md")


def test_gitbooks_settings_cannot_lead_out(tmp_path: Path) -> None:
    write(tmp_path / "else", {"a.md": "# Secret\n"})
    root = write(tmp_path / "tree", {**GOOD, ".gitbook.yaml": "root: ../else\n"})
    report = take_in(root)
    assert list(Page.objects.values_list("path", flat=True)) == ["good"]
    assert len(said(report)) == 1
    write(root, {".gitbook.yaml": "root: ./inner/\n", "inner/good.md": "# In\n"})
    assert said(take_in(root)) == []
    assert page("good").title == "In"


@pytest.mark.parametrize(
    "path, is_fine",
    [
        ("a/b.md", True),
        ("größe/שלום.md", True),
        ("../a.md", False),
        ("a/../b.md", False),
        ("/a.md", False),
        ("a//b.md", False),
        ("a\0.md", False),
        ("l" * 500, False),
        ("\ud800.md", False),
    ],
)
def test_a_path_is_fine_or_it_says_why_not(path: str, is_fine: bool) -> None:
    assert (fault_of(path) == "") is is_fine
