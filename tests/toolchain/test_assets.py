"""Is everything there that pages draw with, and does a wrong icon name show itself?"""

import re
from pathlib import Path

import pytest

from tools import assets
from tools.progress import ROOT, Stopped

pytestmark = pytest.mark.once

STYLES = sorted((ROOT / "handrail").glob("**/static/**/*.css"))


def test_the_sprite_holds_every_listed_icon() -> None:
    drawn = re.findall(r'<symbol id="([\w-]+)"', (assets.VENDOR / "icons.svg").read_text())
    assert drawn == assets.ICONS.read_text().split()


def test_no_icon_is_listed_twice() -> None:
    names = assets.ICONS.read_text().split()
    assert len(names) == len(set(names))


def test_an_icon_that_does_not_exist_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    icons = tmp_path / "icons.txt"
    icons.write_text("ticket\nno-such-icon\n")
    monkeypatch.setattr(assets, "ICONS", icons)
    monkeypatch.setattr(assets, "VENDOR", tmp_path / "vendor")
    monkeypatch.setattr(assets, "FONTS", tmp_path / "vendor" / "fonts")
    with pytest.raises(Stopped, match=r"icons\.txt names icons that do not exist: no-such-icon"):
        assets.copy()


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_stylesheet_names_only_files_that_are_there(style: Path) -> None:
    for name in re.findall(r'url\("?([^")]+)"?\)', style.read_text()):
        assert name.startswith("data:") or (style.parent / name).is_file(), name


def test_whatever_is_served_brings_its_licence() -> None:
    families = {font.name.split("-latin")[0] for font in assets.FONTS.glob("*-latin-wght-*.woff2")}
    assert families
    assert all((assets.FONTS / f"{family}.LICENSE").is_file() for family in families)
    assert (assets.VENDOR / "icons.LICENSE").is_file()
