"""How are versions pinned? `./dev lock` writes every lock file anew, without any address in them.

An address would tie the project to one mirror; the hashes alone say what belongs in a file.
"""

import json
import shutil
from pathlib import Path

from tools import assets, environment
from tools.progress import ROOT, Stopped, run, step

COMPILE = (
    "pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes "
    "--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml"
).split()
MEANING = ("--extra", "meaning")
"""A clone has the model too; who installs the package chooses."""


def lock() -> None:
    """Resolves pyproject.toml and package.json to the newest versions that they allow."""
    uv = shutil.which("uv") or environment.VENV / "bin" / "uv"
    if not Path(uv).exists():
        raise Stopped("`./dev lock` needs uv; `./dev test` brings it, or install it yourself.")
    run_lock, dev_lock, node_lock = (
        environment.REQUIREMENTS / f"{name}.txt" for name in ("run", "dev", "node")
    )
    environment.REQUIREMENTS.mkdir(exist_ok=True)
    with step("Locking Python packages"):
        run([uv, *COMPILE, *MEANING, "--output-file", run_lock])
        dev: list[str | Path] = ["--group", "dev", "--constraint", run_lock]
        run([uv, *COMPILE, *MEANING, *dev, "--output-file", dev_lock])
        run([uv, *_only_group("node"), "--output-file", node_lock])
    with step("Locking npm packages"):
        run([*assets.npm(), "update", "--package-lock-only", "--ignore-scripts", "--no-audit"])
        _drop_addresses(ROOT / "package-lock.json")


def _only_group(group: str) -> list[str]:
    return [part for part in COMPILE if part != "pyproject.toml"] + ["--group", group]


def _drop_addresses(path: Path) -> None:
    """Takes out whom to thank with money, the one address that npm still writes down."""
    content = json.loads(path.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(content, indent=2) + "\n")
