"""Does a tree of files become help pages, again and again, and nothing else?"""

from pathlib import Path

import pytest
from django.db import DatabaseError

from handrail.engines.search.library import search
from handrail.mediums.docs import actions
from handrail.mediums.docs.actions import taking_in
from handrail.mediums.docs.importing import Refused
from handrail.mediums.docs.models import Asset, ImportRun, Page, Redirect, Revision, Section
from handrail.people.models import Agent, AgentRole, Audience, Member
from handrail.people.viewer import Viewer, viewer_for_agent, viewer_for_member
from tests.making import picture
from tests.trees import IMPORTER, Files, page, said, take_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

TREE: Files = {
    "SUMMARY.md": """# Table of contents

* [Brand](README.md)

## Payments

* [Invoices](payments/invoices.md)
  * [Read an invoice](payments/read.md)
""",
    "README.md": "# Help for brands\n\nBegin with [invoices](payments/invoices.md#due).\n",
    "payments/invoices.md": (
        "---\ndescription: What they say.\nkeywords: [bill]\n---\n\n# Invoices\n\n"
        "![A shot](../.gitbook/assets/shot.png)\n\n## Due\n\nIn thirty days.\n"
    ),
    "payments/read.md": "# Read an invoice\n\nBack to [all](invoices.md).\n",
    ".gitbook/assets/shot.png": picture(),
}


@pytest.fixture
def editor(dora: Agent) -> Viewer:
    dora.role = AgentRole.EDITOR
    dora.save()
    return viewer_for_agent(dora)


def paths(language: str = "en") -> list[str]:
    return list(
        Page.objects.filter(language=language).order_by("rank").values_list("path", flat=True)
    )


# --- What comes in ------------------------------------------------------------------------------


def test_a_gitbook_tree_becomes_a_section(tmp_path: Path) -> None:
    report = take_in(tmp_path, TREE)
    assert said(report) == []
    assert dict(report.counts)["added"] == 3
    assert paths() == ["", "payments", "payments/invoices", "payments/invoices/read"]
    assert page("payments").is_group
    invoices = page("payments/invoices")
    assert (invoices.title, invoices.summary, invoices.keywords) == (
        "Invoices",
        "What they say.",
        ["bill"],
    )
    assert 'href="/-docs-/brand/payments/invoices#due"' in page("").html
    assert 'href="/-docs-/brand/payments/invoices"' in page("payments/invoices/read").html
    asset = Asset.objects.get()
    assert f"/-docs-/-/files/{asset.public_id}/shot.png" in invoices.html
    assert list(invoices.assets.all()) == [asset]
    assert (asset.width, asset.height) == (40, 30)


def test_imported_pages_are_found_by_words_at_once(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    found = search("thirty days", audiences=frozenset(), languages=("en",))
    assert [hit.thing_id for hit in found.hits] == [page("payments/invoices").public_id]


def test_a_plain_tree_is_ordered_by_its_folders(tmp_path: Path) -> None:
    report = take_in(
        tmp_path,
        {
            "README.md": "# Start\n",
            "02-payments/README.md": "# Money\n",
            "02-payments/10-late.md": "# Late\n",
            "02-payments/9-early.md": "# Early\n",
            "01-first/steps.md": "Without a heading.\n",
            "zebra.md": "# Zebra\n",
        },
    )
    assert said(report) == []
    assert paths() == [
        *("", "first", "first/steps"),
        *("payments", "payments/early", "payments/late", "zebra"),
    ]
    assert page("first").is_group
    assert (page("payments").title, page("first/steps").title) == ("Money", "Steps")


def test_a_readme_that_the_summary_does_not_name_is_the_first_page(tmp_path: Path) -> None:
    files: Files = {
        "SUMMARY.md": "* [A](a.md)\n",
        "README.md": "# Start\n",
        "index.md": "# Another start\n",
        "a.md": "# A\n",
        "de/SUMMARY.md": "* [A](a.md)\n",
        "de/README.md": "# Anfang\n",
        "de/a.md": "# A auf Deutsch\n",
    }
    report = take_in(tmp_path, files)
    assert [line.partition(":")[0] for line in said(report)] == ["index.md"]
    assert paths() == ["", "a"]
    assert paths("de") == ["", "a"]
    take_in(tmp_path, {"README.md": "---\nhidden: true\n---\n\n# Start\n"})
    assert page("").is_hidden


def test_two_pages_cannot_both_be_the_sections_own(tmp_path: Path) -> None:
    report = take_in(tmp_path, {"README.md": "# Start\n", "index.md": "# Another start\n"})
    assert paths() == ["", "page-2"]
    assert said(report) == []


def test_each_folder_with_a_summary_is_a_section(tmp_path: Path) -> None:
    report = take_in(
        tmp_path,
        {
            "brand/SUMMARY.md": "* [A](a.md)\n",
            "brand/a.md": "# A\n\nSee [theirs](../partner/b.md) and [again](/partner/b.md).\n",
            "partner/SUMMARY.md": "---\ntitle: For partners\nlanguage: de\n---\n\n* [B](b.md)\n",
            "partner/b.md": "# B\n",
            "LICENSE.md": "# No page\n",
        },
        section="",
    )
    assert [(one.slug, one.title, one.language) for one in Section.objects.all()] == [
        ("brand", "Brand", "en"),
        ("partner", "For partners", "de"),
    ]
    assert page("a").html.count('href="/-docs-/partner/b"') == 2
    assert [line.partition(":")[0] for line in said(report)] == ["LICENSE.md"]


def test_a_folder_of_a_language_holds_translations(tmp_path: Path) -> None:
    take_in(
        tmp_path,
        {
            **TREE,
            "de/SUMMARY.md": "* [Marken](README.md)\n\n## Zahlungen\n\n"
            "* [Rechnungen](payments/invoices.md)\n* [Nur hier](nur.md)\n",
            "de/README.md": "# Hilfe\n\n[Lesen](payments/read.md)\n",
            "de/payments/invoices.md": "# Rechnungen\n\n![](../../.gitbook/assets/shot.png)\n",
            "de/nur.md": "# Nur hier\n",
        },
    )
    assert paths("de") == ["", "zahlungen", "zahlungen/invoices", "zahlungen/nur"]
    german = page("zahlungen/invoices", "de")
    assert german.original == page("payments/invoices")
    assert german.translated_number == 1
    assert german.assets.count() == 1
    assert page("zahlungen/nur", "de").original is None
    assert '"/-docs-/brand/payments/invoices/read"' in page("", "de").html


def test_translations_without_a_summary_stand_as_their_originals_do(tmp_path: Path) -> None:
    take_in(tmp_path, {**TREE, "de/payments/read.md": "# Lesen\n", "de/extra.md": "# Extra\n"})
    assert paths("de") == ["payments", "payments/invoices", "payments/invoices/read", "extra"]
    assert page("payments/invoices", "de").is_group


def test_a_folder_that_the_summary_lists_is_no_language(tmp_path: Path) -> None:
    take_in(
        tmp_path,
        {
            "SUMMARY.md": "* [A](README.md)\n* [People](hr/README.md)\n",
            "README.md": "# A\n",
            "hr/README.md": "# People\n",
        },
    )
    assert paths() == ["", "hr"]


def test_front_matter_places_a_translation(tmp_path: Path) -> None:
    take_in(
        tmp_path,
        {
            "a.md": "# A\n",
            "b.md": "---\nlanguage: de\ntranslation_of: a.md\nslug: Größe und Zahl\n---\n\n# B\n",
        },
    )
    assert page("größe-und-zahl", "de").original == page("a")


# --- Again --------------------------------------------------------------------------------------


def test_the_same_tree_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    before = list(Page.objects.order_by("pk").values())
    versions = list(Section.objects.values_list("version", flat=True))
    report = take_in(tmp_path)
    assert (report.counts["unchanged"], report.is_quiet) == (3, True)
    assert "Nothing has changed." in list(report.lines(colour=False))
    assert list(Page.objects.order_by("pk").values()) == before
    assert list(Section.objects.values_list("version", flat=True)) == versions


def test_a_changed_file_becomes_the_next_revision(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    report = take_in(tmp_path, {"payments/read.md": "# Read an invoice\n\nFrom the top.\n"})
    assert (report.counts["changed"], report.counts["unchanged"]) == (1, 2)
    changed = page("payments/invoices/read")
    assert changed.number == 2
    assert "From the top" in changed.html
    assert [one.number for one in changed.revisions.order_by("number")] == [1, 2]


def test_what_was_said_of_pages_that_did_not_change_is_said_again(tmp_path: Path) -> None:
    first = take_in(tmp_path, {"a.md": "# A\n\n[x](nowhere.md)\n"})
    again = take_in(tmp_path, {"b.md": "# B\n"})
    assert said(first) == said(again) != []
    assert said(take_in(tmp_path, {"a.md": "# A\n\n[x](b.md)\n"})) == []


def test_a_page_that_comes_later_opens_the_links_that_waited_for_it(tmp_path: Path) -> None:
    take_in(tmp_path, {"a.md": "# A\n\n[x](later.md)\n"})
    assert "href" not in page("a").html
    report = take_in(tmp_path, {"later.md": "# Later\n"})
    assert 'href="/-docs-/brand/later"' in page("a").html
    assert (page("a").number, report.counts["changed"]) == (1, 0)


@pytest.mark.parametrize("is_changed", [False, True])
def test_a_renamed_file_keeps_its_page_and_leaves_a_redirect(
    tmp_path: Path, is_changed: bool
) -> None:
    body = " ".join(f"word{number}" for number in range(50))
    take_in(tmp_path, {"old.md": f"# A page\n\n{body}\n", "b.md": "# B\n\n[x](old.md)\n"})
    before = page("old")
    (tmp_path / "old.md").unlink()
    more = " and some more" if is_changed else ""
    report = take_in(
        tmp_path, {"new.md": f"# A page\n\n{body}{more}\n", "b.md": "# B\n\n[x](new.md)\n"}
    )
    after = page("new")
    assert after.pk == before.pk
    assert Redirect.objects.get(path="old").page == after
    assert report.counts["added"] == report.counts["removed"] == 0
    assert report.counts["changed" if is_changed else "moved"] >= 1
    assert 'href="/-docs-/brand/new"' in page("b").html


def test_a_removed_file_withdraws_its_page_and_no_other(tmp_path: Path, editor: Viewer) -> None:
    take_in(tmp_path, {"a.md": "# A\n", "group/b.md": "# B\n\nzebra\n"})
    section = Section.objects.get()
    mine = actions.make_page(editor, section, title="Mine")
    other = take_in(tmp_path / "else", {"c.md": "# C\n"}, section="partner")
    (tmp_path / "group" / "b.md").unlink()
    (tmp_path / "else" / "c.md").rename(tmp_path / "c.md")
    (tmp_path / "else").rmdir()
    report = take_in(tmp_path)
    assert (report.counts["removed"], other.counts["added"]) == (1, 1)
    gone = Page.objects.get(title="B")
    assert not gone.is_published
    assert not Page.objects.filter(title="Group").exists()
    assert not search("zebra", audiences=frozenset(), languages=("en",)).hits
    assert Page.objects.filter(pk=mine.pk).exists()
    assert page("c", section="partner").is_published
    assert take_in(tmp_path).counts["removed"] == 0


def test_a_file_that_comes_back_is_the_same_page_again(tmp_path: Path) -> None:
    take_in(tmp_path, {"a.md": "# A\n", "b.md": "# B\n"})
    before = page("b").pk
    (tmp_path / "b.md").unlink()
    take_in(tmp_path)
    take_in(tmp_path, {"b.md": "# B\n"})
    assert page("b").pk == before
    assert page("b").is_published


def test_a_new_order_moves_pages_and_leads_on_from_their_addresses(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    report = take_in(
        tmp_path,
        {
            "SUMMARY.md": "* [Brand](README.md)\n* [R](payments/read.md)\n"
            "* [I](payments/invoices.md)\n"
        },
    )
    assert paths() == ["", "read", "invoices"]
    assert report.counts["moved"] == 2
    assert Redirect.objects.get(path="payments/invoices/read").page == page("read")


def test_a_changed_picture_has_a_new_address_in_its_pages(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    before = Asset.objects.get()
    report = take_in(tmp_path, {".gitbook/assets/shot.png": picture(size=(50, 60))})
    after = Asset.objects.get()
    assert (after.pk, report.counts["assets"]) == (before.pk, 1)
    assert after.public_id != before.public_id
    assert after.public_id in page("payments/invoices").html
    with after.file.open() as file:
        assert file.read() == picture(size=(50, 60))


# --- What was edited here -----------------------------------------------------------------------


def edit(editor: Viewer, at: Page, body: str) -> None:
    actions.save_draft(editor, at, title=at.title, summary=at.summary, body=body)
    actions.publish(editor, at)


def test_an_edited_page_is_kept_and_reported(tmp_path: Path, editor: Viewer) -> None:
    take_in(tmp_path, TREE)
    edit(editor, page("payments/invoices/read"), "By hand.")
    assert take_in(tmp_path).counts["conflicts"] == 0
    report = take_in(tmp_path, {"payments/read.md": "# Read an invoice\n\nFrom git.\n"})
    assert report.counts["conflicts"] == 1
    assert page("payments/invoices/read").body == "By hand."
    assert take_in(tmp_path).counts["conflicts"] == 1
    assert said(report)[0].startswith("payments/read.md:0")


def test_a_draft_is_kept_too(tmp_path: Path, editor: Viewer) -> None:
    take_in(tmp_path, TREE)
    at = page("payments/invoices/read")
    actions.save_draft(editor, at, title=at.title, summary="", body="Not finished")
    assert take_in(tmp_path, {"payments/read.md": "# R\n"}).counts["conflicts"] == 1
    at.refresh_from_db()
    assert at.draft.body == "Not finished"


def test_overwrite_takes_the_file(tmp_path: Path, editor: Viewer) -> None:
    take_in(tmp_path, TREE)
    edit(editor, page("payments/invoices/read"), "By hand.")
    files: Files = {"payments/read.md": "# Read an invoice\n\nFrom git.\n"}
    assert take_in(tmp_path, files, overwrite=True).counts["changed"] == 1
    assert page("payments/invoices/read").body == "From git.\n"
    assert take_in(tmp_path).is_quiet


def test_what_an_editor_chose_stays_until_the_file_says_otherwise(
    tmp_path: Path, editor: Viewer
) -> None:
    agents = Audience.objects.get(key="agents")
    take_in(tmp_path, {"a.md": "# A\n"})
    actions.change_page(
        editor,
        page("a"),
        slug="other",
        icon="star",
        audience=agents,
        is_hidden=True,
        keywords=["k"],
        questions=[],
    )
    take_in(tmp_path, {"a.md": "# A\n\nNew words.\n"})
    after = page("other")
    assert (after.icon, after.audience, after.is_hidden) == ("star", agents, True)
    assert after.body == "New words.\n"
    take_in(tmp_path, {"a.md": "---\nicon: link\naudience: everyone\n---\n\n# A\n\nNew words.\n"})
    after = page("other")
    assert (after.icon, after.audience, after.is_hidden) == ("link", None, True)


# --- For whom -----------------------------------------------------------------------------------


def test_pages_are_public_unless_they_say_otherwise(tmp_path: Path, alice: Member) -> None:
    partners = Audience.objects.create(key="partners", name="Partners", kinds=["partner"])
    report = take_in(
        tmp_path,
        {
            "a.md": "# A\n",
            "b.md": "---\naudience: partners\n---\n\n# B\n",
            "c.md": "---\naudience: nobodys\n---\n\n# C\n",
            "d.md": "---\nhidden: true\n---\n\n# D\n",
            "e.md": "---\nstatus: draft\n---\n\n# E\n",
            "f.md": "---\naudience: [broken\n---\n\n# F\n",
            "g.md": "---\naudience: everyone\n---\n\n# G\n",
        },
    )
    seen = Page.objects.visible_to(viewer_for_member(alice))
    assert sorted(seen.values_list("path", flat=True)) == ["a", "d", "g"]
    assert sorted(Page.objects.public().values_list("path", flat=True)) == ["a", "g"]
    assert page("b").audience == partners
    assert {line.partition(":")[0] for line in said(report)} == {"c.md", "f.md"}


def test_an_audience_that_comes_later_publishes_what_waited(tmp_path: Path) -> None:
    files: Files = {"a.md": "---\naudience: vips\n---\n\n# A\n"}
    take_in(tmp_path, files)
    vips = Audience.objects.create(key="vips", name="VIPs", kinds=["brand"])
    take_in(tmp_path)
    assert (page("a").is_published, page("a").audience) == (True, vips)
    assert page("a").number == 1


def test_the_commands_audience_is_for_pages_that_name_none(tmp_path: Path) -> None:
    agents = Audience.objects.get(key="agents")
    files: Files = {"a.md": "# A\n", "b.md": "---\naudience: everyone\n---\n\n# B\n"}
    take_in(tmp_path, files, audience="agents")
    assert (page("a").audience, page("b").audience) == (agents, None)
    take_in(tmp_path, {"a.md": "# A\n\nmore\n"})
    assert page("a").audience == agents
    with pytest.raises(Refused):
        take_in(tmp_path, audience="nobodys")


# --- All or nothing -----------------------------------------------------------------------------


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    dry = take_in(tmp_path, TREE, dry_run=True)
    assert not Section.objects.exists()
    assert not ImportRun.objects.exists()
    assert dry.counts == take_in(tmp_path).counts


def test_where_it_stops_half_way_nothing_is_written_and_the_next_time_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, TREE)
    before = list(Page.objects.order_by("pk").values())

    def dies(*args: object, **kwargs: object) -> None:
        raise DatabaseError("the disk is full")

    files: Files = {"payments/read.md": "# Other\n", "SUMMARY.md": "* [x](payments/read.md)\n"}
    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "keep", dies)
        with pytest.raises(DatabaseError):
            take_in(tmp_path, files)
    assert list(Page.objects.order_by("pk").values()) == before
    assert Revision.objects.count() == 3
    assert ImportRun.objects.order_by("-pk")[0].failure
    assert take_in(tmp_path).counts["changed"] == 1
    assert page("read").title == "Other"


def test_somebody_who_publishes_meanwhile_is_not_overrun(
    tmp_path: Path, editor: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, TREE)
    real = taking_in.take_in
    calls: list[int] = []

    def late(*args: object) -> None:
        if not calls:
            edit(editor, page("payments/invoices/read"), "By hand.")
        calls.append(1)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(taking_in, "take_in", late)
    report = take_in(tmp_path, {"payments/read.md": "# Read an invoice\n\nFrom git.\n"})
    assert len(calls) == 2
    assert report.counts["conflicts"] == 1
    assert page("payments/invoices/read").body == "By hand."


def test_a_run_keeps_its_report(tmp_path: Path) -> None:
    take_in(tmp_path, {"a.md": "# A\n\n[x](nowhere.md)\n"})
    run = ImportRun.objects.get()
    assert run.ended_at is not None
    assert run.counts["added"] == 1
    [problem] = run.problems
    assert (problem["file"], problem["line"]) == ("a.md", 3)
    assert problem["page"] == page("a").public_id


def test_a_section_of_another_language_is_refused(tmp_path: Path) -> None:
    take_in(tmp_path, TREE)
    with pytest.raises(Refused):
        take_in(tmp_path, language="de")
    with pytest.raises(Refused):
        take_in(tmp_path, section="-")
    with pytest.raises(Refused):
        take_in(tmp_path, section="new", language="no such")


def test_only_editors_import(tmp_path: Path, alice: Member) -> None:
    from handrail.mediums.docs.importing import FolderTree, Options, Report, import_tree
    from handrail.people.viewer import NotEntitled

    report = Report()
    with pytest.raises(NotEntitled):
        import_tree(
            viewer_for_member(alice), FolderTree(write(tmp_path, TREE), report), report, Options()
        )
    assert IMPORTER.is_system
