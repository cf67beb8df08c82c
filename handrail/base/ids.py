"""What stands for a thing outside of the database? Random ids that say nothing about others."""

import re
import secrets

PUBLIC_ID_LENGTH = 22


def public_id() -> str:
    """128 random bits as 22 letters that are safe in a URL: neither countable nor guessable."""
    return secrets.token_urlsafe(16)


def is_public_id(text: str) -> bool:
    """Whether this could be one of ours: what could not is not worth asking the database."""
    return bool(re.fullmatch(PublicIdConverter.regex, text))


class PublicIdConverter:
    """`<id:public_id>` in an address: anything that is no id of ours is no address of ours."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
