"""What does a mail say? Its subject, sender and bodies, also when it breaks every rule."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import TypeVar

MOST_LETTERS = 200
"""Of a subject, a sender, an address; what is longer is cut."""
LONGEST_TEXT = 100_000
"""Letters of the plain text: finding the links in a longer one could hold the whole demo up."""

Found = TypeVar("Found")


@dataclass
class Mail:
    """One mail as it arrived, without its attachments."""

    id: str
    recipients: tuple[str, ...]
    """Whom the envelope named, in lower case: the header `To` may say anything."""
    received_at: datetime
    sender: str
    subject: str
    """Decoded (RFC 2047); empty when there is none."""
    html: str
    """Untrusted markup, or empty."""
    text: str
    """Empty only where there is HTML alone: a mail with neither shows its own source."""
    is_read: bool = False

    @property
    def sender_name(self) -> str:
        """What a list shows: the name before the address, if there is one."""
        return self.sender.partition("<")[0].strip(' "') or self.sender


def read_mail(content: bytes, recipients: Iterable[str]) -> Mail:
    """The mail that these bytes are (RFC 5322, MIME); bytes that are none become its text."""
    message = _unless_broken(lambda: message_from_bytes(content, policy=policy.default))
    message = message or EmailMessage()
    html, text = _body(message, "html"), _body(message, "plain")
    if not html and not text:
        text = content.decode(errors="replace")
    return Mail(
        id=secrets.token_hex(8),
        recipients=tuple(address.lower()[:MOST_LETTERS] for address in recipients),
        received_at=datetime.now(UTC),
        sender=_header(message, "From"),
        subject=_header(message, "Subject"),
        html=html,
        text=text[:LONGEST_TEXT],
    )


def _header(message: EmailMessage, name: str) -> str:
    value = _unless_broken(lambda: str(message.get(name, ""))) or ""
    return " ".join(_encodable(value).split())[:MOST_LETTERS]


def _body(message: EmailMessage, kind: str) -> str:
    part = _unless_broken(lambda: message.get_body((kind,)))
    return "" if part is None else _encodable(_unless_broken(lambda: _content(part)) or "")


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    letters = payload if isinstance(payload, bytes) else b""
    try:
        return letters.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:  # a charset that nobody knows
        return letters.decode(errors="replace")


def _unless_broken(read: Callable[[], Found]) -> Found | None:
    """What `read` finds, or None: Python's parser is meant never to raise, but on broken headers
    it raises whatever comes."""
    try:
        return read()
    except Exception:
        return None


def _encodable(text: str) -> str:
    """Without the lone surrogates in which the parser keeps bytes that are no text."""
    return text.encode(errors="replace").decode()
