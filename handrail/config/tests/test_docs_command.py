"""Does `handrail docs` say what it did, to people and to programs?"""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from handrail.mediums.docs.actions.evaluating import keep_question
from handrail.mediums.docs.models import ImportRun, Page
from tests.help_pages import EDITOR, changed, page_of, rewritten, section_of
from tests.trees import read, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def docs(*arguments: str) -> str:
    out = io.StringIO()
    call_command("docs", *arguments, stdout=out)
    return out.getvalue()


def test_a_folder_is_imported_and_the_same_again_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "my-help", {"a.md": "# A\n\n[x](no.md)\n", "b.md": "# B\n"})
    said = docs("import", str(tmp_path / "my-help"))
    assert "2 added" in said
    assert "a.md:3" in said
    assert "\033" not in said
    assert Page.objects.filter(section__slug="my-help").count() == 2
    assert "Nothing has changed." in docs("import", str(tmp_path / "my-help"))


def test_a_program_gets_the_whole_report(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n\n[x](no.md)\n"})
    said = json.loads(docs("import", str(tmp_path), "--section", "brand", "--dry-run", "--json"))
    assert said["counts"]["added"] == 1
    assert said["problems"][0]["line"] == 3
    assert not Page.objects.exists()
    assert not ImportRun.objects.exists()


def test_pages_leave_into_an_empty_folder(tmp_path: Path) -> None:
    write(tmp_path / "in", {"a.md": "# A\n"})
    docs("import", str(tmp_path / "in"), "--section", "brand")
    assert "1 pages" in docs("export", str(tmp_path / "out"))
    assert set(read(tmp_path / "out")) == {"brand/SUMMARY.md", "brand/a.md"}
    with pytest.raises(CommandError):
        docs("export", str(tmp_path / "out"))
    docs("export", str(tmp_path / "out"), "--overwrite")
    docs("export", str(tmp_path / "one"), "--section", "brand")
    assert set(read(tmp_path / "one")) == {"SUMMARY.md", "a.md"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "/no/such/folder"),
        ("import", ".", "--audience", "nobodys"),
        ("import", ".", "--section", "-"),
        ("export", ".", "--overwrite", "--section", "nothing"),
    ],
)
def test_what_cannot_be_is_said_in_words(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    write(tmp_path, {"a.md": "# A\n"})
    given = [str(tmp_path) if one == "." else one for one in arguments]
    with pytest.raises(CommandError):
        docs(*given)


def test_old_drawings_are_made_anew(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# A\n\ntext\n"})
    docs("import", str(tmp_path), "--section", "brand")
    Page.objects.update(drawn_by=0, html="old")
    assert "1 pages" in docs("redraw")
    assert "text" in Page.objects.get().html
    assert "0 pages" in docs("redraw")


def test_it_ends_with_status_one_where_the_pages_answer_worse() -> None:
    page = page_of(section_of("Money"), "When the payout arrives", "It arrives on the third day.")
    keep_question(EDITOR, "When does the payout arrive?", "en", page)
    assert "1 of 1 right, 0 got worse." in docs("evaluate")
    rewritten(page, "Nothing.")
    changed(page, is_hidden=True)
    with pytest.raises(SystemExit) as ended:
        docs("evaluate")
    assert ended.value.code == 1
    assert "0 of 1 right, 0 got worse." in docs("evaluate")
