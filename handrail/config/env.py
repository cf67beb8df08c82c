"""What may the operator choose? Every environment variable that Handrail reads, once, typed.

A secret can also be given as the name of a file that holds it: `SECRET_KEY_FILE=/run/secrets/key`.
Features appear by presence: with nothing set Handrail is one process with SQLite, everything
kept under `./var`.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from environs import EnvError, FileAwareEnv, validate

from handrail.config.bucket import Bucket
from handrail.config.secret_files import kept_secret

SECRET_KEY_FILE_NAME = "secret_key"  # noqa: S105  the name of a file


@dataclass(frozen=True)
class Environment:
    """The operator's choices. The defaults make a working hub from a clone."""

    data: Path
    """Folder for everything that Handrail keeps: database, attachments, generated key."""
    url: str
    """Public address of the hub, without a trailing slash."""
    host: str
    """Address that the server listens on."""
    port: int
    secret_key: str
    secret_key_fallbacks: list[str]
    """Earlier keys that still decrypt and verify, while a new one takes over."""
    database_url: str
    redis_url: str
    """Empty: one process, everything in memory."""
    email_url: str
    email_from: str
    bucket: Bucket | None
    """Where attachments are kept; None: in the data folder."""
    most_file_mb: int
    """Size of one attachment."""
    most_files: int
    """Attachments beside one message."""
    asking: bool
    """Whether questions are answered from the pages."""
    meaning_model: str | None
    """Folder of the model that reads for the search; None: the packaged one. Empty: none."""
    threads: int
    """How many requests are worked on at the same time."""
    trusted_proxies: list[str]
    """Addresses (or networks) whose X-Forwarded-For and X-Forwarded-Proto we believe."""
    outbound_allow: list[str]
    """`host:port` pairs inside the own network that outgoing requests may reach."""
    require_second_factor: bool
    demo: bool
    """Shows the demo's sign-in on the console's login page; never set this in production."""
    demo_port: int
    demo_smtp_port: int
    """Port on 127.0.0.1 where the demo's platform takes our mail in for its mailboxes."""
    log_format: str
    """`json`, or `console` for people."""
    metrics_token: str
    """Bearer token for /metrics. Empty: only requests from loopback may read it."""

    @property
    def is_https(self) -> bool:
        return self.url.startswith("https://")

    @property
    def hostname(self) -> str:
        return urlsplit(self.url).hostname or "localhost"


def read_environment() -> Environment:
    """Reads the process's environment; raises EnvError in the operator's words when it is wrong."""
    env = FileAwareEnv(strip_whitespace=True)  # editors end files with a line break
    data = env.path("HANDRAIL_DATA", Path("var")).resolve()
    host = env.str("HOST", "127.0.0.1")
    port = env.int("PORT", 8000)
    demo_port = env.int("DEMO_PORT", 8001)
    url = env.str("HANDRAIL_URL", f"http://{host}:{port}").rstrip("/")
    return Environment(
        data=data,
        url=url,
        host=host,
        port=port,
        secret_key=env.str("SECRET_KEY", "") or kept_secret(data / SECRET_KEY_FILE_NAME),
        secret_key_fallbacks=env.list("SECRET_KEY_FALLBACKS", []),
        database_url=env.str("DATABASE_URL", f"sqlite:///{data / 'handrail.sqlite3'}"),
        redis_url=env.str("REDIS_URL", ""),
        email_url=env.str("EMAIL_URL", "console:"),
        email_from=env.str("EMAIL_FROM", f"Help <no-reply@{urlsplit(url).hostname}>"),
        bucket=_bucket(env.str("S3_URL", "")),
        most_file_mb=env.int("HANDRAIL_MOST_FILE_MB", 25, validate=validate.Range(1, 2000)),
        most_files=env.int("HANDRAIL_MOST_FILES", 10, validate=validate.Range(1, 100)),
        asking=env.bool("HANDRAIL_ASK", True),
        meaning_model=env.str("HANDRAIL_MEANING_MODEL", None),
        threads=env.int("HANDRAIL_THREADS", 8),
        trusted_proxies=env.list("HANDRAIL_TRUSTED_PROXIES", []),
        outbound_allow=env.list("HANDRAIL_OUTBOUND_ALLOW", []),
        require_second_factor=env.bool("HANDRAIL_REQUIRE_SECOND_FACTOR", True),
        demo=env.bool("HANDRAIL_DEMO", False),
        demo_port=demo_port,
        demo_smtp_port=env.int("DEMO_SMTP_PORT", demo_port + 1),
        log_format=env.str("LOG_FORMAT", "console"),
        metrics_token=env.str("METRICS_TOKEN", ""),
    )


def _bucket(s3_url: str) -> Bucket | None:
    try:
        return Bucket.at(s3_url) if s3_url else None
    except ValueError as problem:
        raise EnvError(f"S3_URL {problem}") from None
