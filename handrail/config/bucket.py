"""Where is the bucket that S3_URL names, and how is it spoken to?"""

import re
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

STYLES = ("path", "virtual")
"""Whether the bucket's name stands in the path of a request or in the host's name."""

AMAZON = re.compile(r"s3[.-]([a-z0-9-]+)\.amazonaws\.com(\.cn)?")


@dataclass(frozen=True)
class Bucket:
    """What `s3://KEY:SECRET@host:port/bucket/prefix?region=…&tls=…&style=…` says.

    Without key and secret they are looked for where Amazon's own tools look: in the environment,
    in a profile, at the machine's role.
    """

    endpoint: str
    name: str
    prefix: str = ""
    key: str = ""
    secret: str = field(default="", repr=False)
    region: str = "us-east-1"
    style: str = "path"

    @classmethod
    def at(cls, url: str) -> Self:
        """Raises ValueError in the operator's words, which repeat no part of the address."""
        parts = urlsplit(url)
        name, _slash, prefix = unquote(parts.path).strip("/").partition("/")
        if parts.scheme != "s3" or not _is_host(parts) or not name:
            raise ValueError("is to be written as s3://KEY:SECRET@host/bucket.")
        if bool(parts.username) != bool(parts.password):
            raise ValueError("has a key without its secret, or a secret without its key.")
        options = dict(parse_qsl(parts.query))
        if unknown := set(options) - {"region", "tls", "style"}:
            raise ValueError(f"has an option that we do not know: {min(unknown)[:20]}.")
        if options.get("tls", "true") not in ("true", "false"):
            raise ValueError("says neither tls=true nor tls=false.")
        if options.get("style", "path") not in STYLES:
            raise ValueError("says neither style=path nor style=virtual.")
        scheme = "http" if options.get("tls") == "false" else "https"
        host = parts.netloc.rpartition("@")[2]
        of_amazon = AMAZON.fullmatch(parts.hostname or "")
        return cls(
            endpoint=f"{scheme}://{host}",
            name=name,
            prefix=prefix,
            key=unquote(parts.username or ""),
            secret=unquote(parts.password or ""),
            region=options.get("region") or (of_amazon[1] if of_amazon else "us-east-1"),
            style=options.get("style", "path"),
        )

    @property
    def is_encrypted(self) -> bool:
        return self.endpoint.startswith("https://")

    def options(self) -> dict[str, Any]:
        """For `base.object_storage.ObjectStorage`."""
        return {
            "endpoint": self.endpoint,
            "bucket": self.name,
            "prefix": self.prefix,
            "key": self.key,
            "secret": self.secret,
            "region": self.region,
            "style": self.style,
        }


def _is_host(parts: SplitResult) -> bool:
    """A secret with a slash that is not written as %2F ends the host's name early."""
    try:
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
