"""What mail did the hub send? A real mail server that takes everything and forwards nothing."""

import logging
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

from tools import processes

PATIENCE_SECONDS = 15

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every byte


class Mailbox:
    """The mailboxes of all addresses; listens while its block runs."""

    def __init__(self) -> None:
        self._letters: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=processes.free_port())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self._controller.port}"

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """aiosmtpd's hook (RFC 5321, 4.1.1.4): one letter, accepted for all whom it names."""
        self._letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Kept"

    def letters_to(self, address: str, words: str = "") -> list[EmailMessage]:
        """What has come for an address so far, with these words in the subject."""
        return [
            letter
            for letter in self._letters
            if letter["To"] == address and words in letter["Subject"]
        ]

    def wait_for(self, address: str, words: str) -> EmailMessage:
        """The first letter to this address with these words in its subject, once it is there."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if letters := self.letters_to(address, words):
                return letters[0]
            time.sleep(0.05)
        raise AssertionError(f"No letter about “{words}” came for {address}.")


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
