"""Path traversal in side tools. FreeScout's log viewer.

Here: what an import reads and an export writes. No name in a tree, in its table of contents, in a
link or in the database leads out of the folder that the operator gave.
"""

from pathlib import Path

import pytest
from django.core.management import call_command

from handrail.mediums.docs.models import Asset, Page
from tests.help_pages import asset_of, page_of, section_of
from tests.making import picture
from tests.trees import read, said, take_in, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

SECRET = "root:x:0:0"

OUT = (
    "../secret.md",
    "../../secret.md",
    "..%2fsecret.md",
    "%2e%2e/secret.md",
    "./../secret.md",
    "inner/../../secret.md",
    "/secret.md",
    "//secret.md",
    "..\\secret.md",
    "file:///etc/passwd",
)


@pytest.mark.parametrize("address", OUT)
def test_no_link_of_a_tree_reads_a_file_beside_it(tmp_path: Path, address: str) -> None:
    write(tmp_path, {"secret.md": f"# {SECRET}\n", "secret.png": picture()})
    shot = address.replace(".md", ".png")
    report = take_in(
        tmp_path / "tree",
        {
            "SUMMARY.md": f"* [A](a.md)\n* [B]({address})\n",
            "a.md": f'# A\n\n[x]({address})\n\n![x]({shot})\n\n{{% file src="{address}" %}}\n'
            f'\n{{% include "{address}" %}}\n',
        },
    )
    assert [page.title for page in Page.objects.all()] == ["A"]
    assert not Asset.objects.exists()
    assert SECRET not in Page.objects.get().html
    assert any("SUMMARY.md:2" in line for line in said(report))


@pytest.mark.parametrize("folder", ["../else", "/etc", "..", "a/../../else", "%2e%2e/else"])
def test_settings_of_a_tree_do_not_widen_it(tmp_path: Path, folder: str) -> None:
    write(tmp_path, {"else/b.md": f"# {SECRET}\n"})
    take_in(tmp_path / "tree", {".gitbook.yaml": f"root: {folder}\n", "a.md": "# A\n"})
    assert SECRET not in {page.title for page in Page.objects.all()}


def test_an_export_writes_no_name_of_the_database_elsewhere(tmp_path: Path) -> None:
    section = section_of("Brand")
    made = page_of(section, "A page")
    Page.objects.filter(pk=made.pk).update(
        path="../../pwned", slug="../../pwned", source_path="../pwned.md"
    )
    other = page_of(section, "Another")
    Page.objects.filter(pk=other.pk).update(path="/etc/pwned\u202e", slug="x")
    asset = asset_of(section, "shot.png", picture())
    Asset.objects.filter(pk=asset.pk).update(path="../../pwned.png")
    out = tmp_path / "around" / "b" / "out"
    call_command("docs", "export", str(out), verbosity=0)
    assert not [name for name in read(tmp_path / "around") if not name.startswith("b/out/")]
    assert len([name for name in read(out) if name.endswith(".md")]) == 3


def test_an_export_follows_no_link_that_waits_for_it(tmp_path: Path) -> None:
    page_of(section_of("Brand"), "A page")
    mine = tmp_path / "mine"
    mine.write_text("mine")
    out = tmp_path / "out"
    (out / "brand").mkdir(parents=True)
    (out / "brand" / "SUMMARY.md").symlink_to(mine)
    with pytest.raises(Exception, match="out"):
        call_command("docs", "export", str(out), "--overwrite", verbosity=0)
    assert mine.read_text() == "mine"
