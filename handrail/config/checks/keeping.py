"""Are secrets and data kept from others, and is there room for more?"""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public
from handrail.config.env import SECRET_KEY_FILE_NAME

SHORTEST_KEY = 32
"""Letters; what the hub makes for itself has 64."""

LITTLE_SPACE = 1024**3


def secret_key() -> Iterator[Finding]:
    """It signs, and it opens what is encrypted at rest: long, and for the hub's eyes alone."""
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        yield error(
            "secret_key.short",
            "SECRET_KEY is so short that it can be guessed.",
            "Make a long one: python -c 'import secrets; print(secrets.token_urlsafe(48))'. The "
            "old one goes into SECRET_KEY_FALLBACKS.",
        )
    path = settings.ENV.data / SECRET_KEY_FILE_NAME
    if path.exists() and path.stat().st_mode & 0o077:
        yield error(
            "secret_key.readable",
            f"Others on this machine can read {path}, which opens every session and secret.",
            f"chmod 600 {path}; if somebody may have read it, make a new key.",
        )


def data_folder() -> Iterator[Finding]:
    """The database file and what members attached are nobody else's."""
    folder: Path = settings.ENV.data
    if not folder.is_dir():
        yield error(
            "data.missing",
            f"The folder of HANDRAIL_DATA, {folder}, does not exist.",
            "Make it, owned by the user that runs the hub.",
        )
        return
    if is_public() and folder.stat().st_mode & stat.S_IRWXO:
        yield warning(
            "data.readable",
            f"Others on this machine can look into {folder}, where members' files are.",
            f"chmod 700 {folder}",
        )
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        yield warning(
            "data.space",
            f"Only {free // 1024**2} MB are free in {folder}.",
            "Make room: without it nothing can be written, not even a message.",
        )
