"""Does the wheel bring everything? Installed where nothing else is, it serves without Node."""

import re
import subprocess
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from tools import assets, environment, processes
from tools.progress import ROOT

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [str(environment.PYTHON), "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run([*build, "--outdir", folder], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    environment.install_lock("run", python)
    environment.install(python, "--no-deps", wheel)
    return folder / "bin"


@pytest.fixture(scope="module")
def address(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A hub served from the wheel, in a folder and with variables that know no clone."""
    folder = tmp_path_factory.mktemp("installed")
    port = str(processes.free_port())
    env = {"PATH": str(programs), "HANDRAIL_DATA": str(folder / "data"), "PORT": port}
    handrail = str(programs / "handrail")
    subprocess.run([handrail, "migrate", "--verbosity", "0"], cwd=folder, env=env, check=True)
    address = f"http://127.0.0.1:{port}"
    log = folder / "log"
    with processes.running([handrail, "serve"], env=env, folder=folder, log=log) as server:
        processes.wait_until(lambda: processes.answers(f"{address}/healthz"), server, "The hub")
        yield address


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "handrail"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    expected = {name for name in listed.stdout.splitlines() if "/tests/" not in name}
    expected |= {str(path.relative_to(ROOT)) for path in assets.VENDOR.rglob("*.*")}
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_no_tests(wheel: Path) -> None:
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "/tests/" in name]


def test_the_installed_hub_says_that_it_is_well(address: str) -> None:
    assert _read(f"{address}/healthz")


def test_the_installed_hub_serves_the_loader(address: str) -> None:
    assert "Handrail" in _read(f"{address}/help/v1.js").decode()


def test_the_installed_hub_serves_its_page_with_stylesheets_fonts_and_icons(address: str) -> None:
    page = f"{address}/console/login/"
    stylesheets = _links(page, r'href="([^"]+\.css)"')
    fonts = [font for sheet in stylesheets for font in _links(sheet, r'url\("?([^")]+\.woff2)')]
    assert len(fonts) > 3
    for found in [*fonts, *_links(page, r'"([^"#]+\.svg)')]:
        assert _read(found)


def _links(address: str, pattern: str) -> list[str]:
    """The addresses in a page or stylesheet that match the pattern."""
    return [urljoin(address, found) for found in re.findall(pattern, _read(address).decode())]


def _read(address: str) -> bytes:
    """The body of an answer; raises for any status but 200."""
    answer = httpx.get(address, trust_env=False)
    assert answer.status_code == 200, address
    return answer.content
