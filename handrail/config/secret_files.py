"""How do several programs come to share one secret? Through a file that whoever is first makes."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in this file, made if there is none yet; readable by its owner alone.

    The file is linked into place complete: however many programs start at once, each reads the
    same whole secret. Raises OSError when the folder cannot be written.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another program was quicker, and its secret counts
        finally:
            draft.unlink()
    return path.read_text().strip()
