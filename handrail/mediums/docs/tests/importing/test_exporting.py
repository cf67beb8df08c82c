"""Do pages leave as the tree that brought them, and come back as they were?"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.mediums.docs import actions
from handrail.mediums.docs.importing.exporting import FolderWriter, refuse_full
from handrail.mediums.docs.models import Page
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import viewer_for_agent
from tests.fences.database import undone
from tests.making import picture
from tests.trees import Files, export, read, take_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

TREE: Files = {
    "SUMMARY.md": """---
description: For brands
---

# Table of contents

* [Brand](README.md)

## Payments

* [Invoices \\[all\\]](payments/invoices.md)
  * [Read](payments/read%20it.md)
    * Deeper
      * [Deep](deep.md)

## Tracking

* [Links](links.md)

---

* [About](about.md)
""",
    "README.md": "---\n# a comment\nlayout: {title: {visible: false}}\n---\n\n# Brand\n\nHello.\n",
    "payments/invoices.md": "Invoices \\[all\\]\n===\n\n![](../.gitbook/assets/shot.png)\n",
    "payments/read it.md": "---\ntitle: Read\nstatus: draft\nhidden: true\n---\n\nx",
    "deep.md": "---\naudience: partner\nslug: deeper-still\n---\n\n# Deep\n",
    "links.md": "---\naudience: nobodys\nstatus: draft\n---\n\n# Links\r\n\r\ntext\r\n",
    "about.md": "# About\n",
    "de/SUMMARY.md": "# Table of contents\n\n* [Über](about.md)\n* [Marken](marken.md)\n",
    "de/about.md": "# Über\n",
    "de/marken.md": "---\ntranslation_of: README.md\n---\n\n# Marken\n",
    ".gitbook/assets/shot.png": picture(),
}


def test_a_tree_leaves_to_the_letter_as_it_came(tmp_path: Path) -> None:
    take_in(tmp_path / "in", TREE)
    assert export(tmp_path / "out", "brand") == read(tmp_path / "in")


def test_all_sections_leave_each_in_its_folder(tmp_path: Path) -> None:
    take_in(
        tmp_path / "in", {"brand/SUMMARY.md": "* [A](a.md)\n", "brand/a.md": "# A\n"}, section=""
    )
    assert set(export(tmp_path / "out")) == {"brand/SUMMARY.md", "brand/a.md"}


def test_what_was_withdrawn_does_not_leave(tmp_path: Path) -> None:
    take_in(tmp_path / "in", {"a.md": "# A\n", "b.md": "# B\n"})
    (tmp_path / "in" / "b.md").unlink()
    take_in(tmp_path / "in")
    assert set(export(tmp_path / "out", "brand")) == {"SUMMARY.md", "a.md"}


def test_pages_that_were_written_here_leave_and_come_back_as_they_are(
    tmp_path: Path, dora: Agent
) -> None:
    dora.role = AgentRole.EDITOR
    dora.save()
    editor = viewer_for_agent(dora)
    section = actions.make_section(editor, title="Brand", language="en")
    group = actions.make_page(editor, section, title="Payments", is_group=True)
    titles = ["Summary", "readme", "Index", "C:\\x [y] *z*", "Same", "Same", "../../etc/passwd"]
    for title in titles:
        made = actions.make_page(editor, section, title=title, parent=group)
        actions.save_draft(editor, made, title=title, summary="One\nline", body="# Not it\r\n")
        actions.publish(editor, made)
    german = actions.make_page(editor, section, title="Größe", language="de", original=made)
    before = list(Page.objects.order_by("pk").values("path", "title", "body", "audience", "slug"))
    Page.objects.filter(summary__contains="\n").update(summary="One line")
    files = export(tmp_path / "out", "brand")
    assert all(".." not in name for name in files)
    report = take_in(tmp_path / "out")
    assert report.is_quiet, report.counts
    assert report.counts["unchanged"] == len(titles) + 1
    after = Page.objects.order_by("pk").values("path", "title", "body", "audience", "slug")
    assert list(after) == before
    german.refresh_from_db()
    assert (german.is_published, german.original) == (False, made)


# --- The property -------------------------------------------------------------------------------

WORDS = st.text(
    alphabet=st.sampled_from("abzÄß [](){}*_#`\\:&<>\"'-.0|~!\u05d0\U0001f600"), max_size=12
).map(lambda text: " ".join(text.split()))
NAMES = st.from_regex(r"[a-zA-Zä][a-z0-9_-]{0,4}", fullmatch=True)
BODIES = st.lists(
    st.sampled_from(
        ["text", "# Heading", "---", "* item", "```", "", "[x](README.md)", "> quote", "\t", "é"]
    ),
    max_size=6,
).map("\n".join)
FRONTS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS.filter(bool),
        "description": WORDS,
        "audience": st.sampled_from(["partner", "everyone", "nobodys", "agents"]),
        "hidden": st.booleans(),
        "status": st.sampled_from(["draft", "published", "odd"]),
        "keywords": st.lists(WORDS, max_size=2),
        "slug": NAMES,
        "tags": st.lists(WORDS, max_size=1),
    },
)


@st.composite
def trees(draw: Any) -> Files:
    """Folders with pages, with or without front matter, headings and translations."""
    from handrail.base.markdown import write_source

    files: Files = {}
    for folder in [*draw(st.lists(NAMES, max_size=2, unique_by=str.casefold)), ""]:
        for name in draw(st.lists(NAMES | st.just("README"), max_size=3, unique_by=str.casefold)):
            heading = draw(WORDS)
            body = (f"# {heading}\n\n" if heading else "") + draw(BODIES)
            path = f"{folder}/{name}.md".lstrip("/")
            files[path] = write_source(draw(FRONTS), body)
            if draw(st.booleans()) and folder != "de":
                files[f"de/{path}"] = write_source(draw(FRONTS), draw(BODIES))
    return files


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(trees())
def test_what_leaves_comes_back_without_a_change_and_leaves_again_as_it_is(files: Files) -> None:
    place = Path(tempfile.mkdtemp())
    try:
        with undone():
            write(place / "in", files)
            (place / "in").mkdir(exist_ok=True)
            take_in(place / "in")
            left = export(place / "out", "brand")
            before = list(Page.objects.order_by("pk").values())
            report = take_in(place / "out")
            assert report.is_quiet, (report.counts, report.findings)
            assert _seen(Page.objects.order_by("pk").values()) == _seen(before)
            assert export(place / "again", "brand") == left
        with undone():
            write(place / "new", dict(left))
            take_in(place / "new")
            assert export(place / "fresh", "brand") == left
    finally:
        shutil.rmtree(place)


def _seen(rows: Any) -> list[dict[str, Any]]:
    """Pages without what no reader sees: which file they are of."""
    hidden = {"source_hash", "front", "source_path"}
    return [{name: row[name] for name in row if name not in hidden} for row in rows]


# --- Where it is written ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["../out.md", "/etc/x", "a/../../x", "a\\b", "", "a//b", "x\ny", "l" * 500]
)
def test_nothing_is_written_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError):
        FolderWriter(tmp_path / "out")(path, b"x")
    assert read(tmp_path) == {}


def test_no_link_in_the_folder_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.md").symlink_to(secret)
    (out / "folder").symlink_to(tmp_path)
    for path in ("a.md", "folder/secret.md"):
        with pytest.raises(OSError):
            FolderWriter(out)(path, b"x")
    assert secret.read_text() == "mine"


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    assert refuse_full(tmp_path / "new") == refuse_full(tmp_path) == ""
    (tmp_path / "a").write_text("x")
    assert refuse_full(tmp_path)
    assert refuse_full(tmp_path / "a")
