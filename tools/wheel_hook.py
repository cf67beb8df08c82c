"""Does a wheel hold the fonts and icons that git ignores? hatchling asks before it builds one."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "handrail/base/static/base/vendor"


class RefuseWithoutAssets(BuildHookInterface):  # type: ignore[type-arg]
    """Stops a build that would silently make pages without letters and icons."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / VENDOR / "icons.svg").is_file():
            raise SystemExit(f"{VENDOR} is empty; `./dev build` fills it and builds the wheel.")
