"""What may be chosen about the demo's platform? Its environment variables, once, typed."""

import os
from dataclasses import dataclass
from pathlib import Path

KEY_ID = "demo-1"
"""Name (`kid`) under which the hub knows the secret that signs our tokens."""


@dataclass(frozen=True)
class Settings:
    """Where the platform and its hub live, and where the secret between them is kept."""

    hub_url: str
    """Public address of the hub, without a trailing slash; also the audience of our tokens."""
    port: int
    """Port of the platform; its host name is always `localhost`, so that it is another site than
    the hub on `127.0.0.1` (cookies do not know ports, sites do)."""
    smtp_port: int
    """Port on 127.0.0.1 where the hub hands in its mail for the mailboxes; 0 takes any."""
    secret_file: Path
    """File with the HS256 secret. Whoever of the two starts first makes it."""

    @property
    def origin(self) -> str:
        """The platform's own origin, which is also the issuer of its tokens."""
        return f"http://localhost:{self.port}"


def read_settings() -> Settings:
    """Reads the process's environment; with nothing set it fits a hub that was started plainly."""
    data = Path(os.environ.get("HANDRAIL_DATA", "var"))
    secret_file = os.environ.get("DEMO_SECRET_FILE")
    port = int(os.environ.get("DEMO_PORT", "8001"))
    return Settings(
        hub_url=os.environ.get("HANDRAIL_URL", "http://127.0.0.1:8000").rstrip("/"),
        port=port,
        smtp_port=int(os.environ.get("DEMO_SMTP_PORT", port + 1)),
        secret_file=Path(secret_file) if secret_file else data / "demo" / "secret",
    )
