"""Are only such pictures and files taken as can do no harm?"""

from pathlib import Path

import pytest

from handrail.mediums.docs.models import Asset
from tests.making import picture
from tests.trees import page, said, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def test_pictures_and_files_of_the_allowed_types_are_taken(tmp_path: Path) -> None:
    report = take_in(
        tmp_path,
        {
            "a.md": '# A\n\n![shot](in/shot.png)\n\n{% file src="list.csv" %}\n',
            "in/shot.png": picture(size=(400, 300)),
            "list.csv": "a,b\n1,2\n",
            "unused.csv": "a,b\n",
            ".gitbook/assets/unused.png": picture(),
        },
    )
    assert said(report) == []
    found = {asset.path: asset for asset in Asset.objects.all()}
    assert set(found) == {"in/shot.png", "list.csv", ".gitbook/assets/unused.png"}
    assert (found["in/shot.png"].width, found["in/shot.png"].height) == (400, 300)
    assert found["in/shot.png"].preview
    assert (found["list.csv"].content_type, bool(found["list.csv"].preview)) == ("text/csv", False)


@pytest.mark.parametrize(
    "name, content",
    [
        ("x.svg", SVG),
        ("x.SVG", SVG),
        ("x.png", SVG),
        ("x.png", b"\x89PNG\r\n\x1a\nbroken"),
        ("x.html", b"<script>alert(1)</script>"),
        ("x.pdf", b"<script>alert(1)</script>"),
        ("x.exe", b"MZ"),
        ("x.png", b""),
        ("x", b"no ending"),
    ],
)
def test_others_are_refused_with_a_line(tmp_path: Path, name: str, content: bytes) -> None:
    report = take_in(tmp_path, {"a.md": f"# A\n\n![what it shows]({name})\n", name: content})
    assert not Asset.objects.exists()
    assert [line for line in said(report) if line.startswith(f"{name}:")]
    assert "what it shows" in page("a").html
    assert "<img" not in page("a").html


def test_the_same_bytes_are_stored_once(tmp_path: Path) -> None:
    shot = picture()
    take_in(
        tmp_path,
        {"a.md": "# A\n\n![](a.png) ![](b.png)\n", "a.png": shot, "b.png": shot},
    )
    assert Asset.objects.count() == 2
    assert len(set(Asset.objects.values_list("file", flat=True))) == 1


def test_a_file_that_went_stays_for_the_pages_that_show_it(tmp_path: Path) -> None:
    take_in(tmp_path, {"a.md": "# A\n\n![](a.png)\n", "a.png": picture()})
    (tmp_path / "a.png").unlink()
    assert take_in(tmp_path).is_quiet
    assert page("a").assets.count() == 1
