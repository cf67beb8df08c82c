"""Where does the hub's mail go in the demo? To a mail server that keeps all and sends none on."""

import asyncio
import logging
import os
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from handrail.demo.mail import Mail, read_mail

HOST = "127.0.0.1"
"""Nobody but programs of this machine can bring mail."""
MOST_MAILS = 200
"""The oldest makes room for the newest."""
MOST_BYTES = 1024 * 1024
"""Of one mail; the server refuses a larger one (RFC 1870)."""
MOST_RECIPIENTS = 20
PATIENCE = 30
"""Seconds without a word from a sender, after which the server hangs up."""

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd would tell every line


class PostOffice:
    """The mails to everybody, in memory. Its `handle_…` methods are aiosmtpd's hooks."""

    def __init__(self) -> None:
        self._mails: deque[Mail] = deque(maxlen=MOST_MAILS)

    def keep(self, mail: Mail) -> None:
        """Adds the newest mail."""
        self._mails.append(mail)

    def mails_for(self, address: str) -> list[Mail]:
        """What has come for this address (in lower case), newest first."""
        return [mail for mail in self.all_mails() if address in mail.recipients]

    def all_mails(self) -> list[Mail]:
        """What has come for anybody, newest first."""
        return list(reversed(self._mails))

    def unread_for(self, address: str) -> int:
        """How many mails to this address nobody has opened."""
        return sum(not mail.is_read for mail in self.mails_for(address))

    def counts(self) -> dict[str, int]:
        """How many mails each address has got, by address."""
        counted = Counter(address for mail in self._mails for address in mail.recipients)
        return dict(sorted(counted.items()))

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """One more recipient of the mail to come (RFC 5321, 4.1.1.3)."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One mail, which stays here (RFC 5321, 4.1.1.4)."""
        content = envelope.original_content or b""
        self.keep(read_mail(content, envelope.rcpt_tos))
        return "250 Kept, and sent to nobody"


@asynccontextmanager
async def open_post_office(office: PostOffice, port: int) -> AsyncIterator[int]:
    """Takes mail in while the block runs; gives the port, which is a free one for port 0.

    Raises OSError in words that help when the port is taken.
    """
    loop = asyncio.get_running_loop()

    def connection() -> SMTP:
        return SMTP(
            office,
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="Larkspan's demo",
            timeout=PATIENCE,
            loop=loop,
        )

    try:
        server = await loop.create_server(connection, HOST, port)
    except OSError as problem:
        reason = os.strerror(problem.errno or 0)
        raise OSError(
            f"Port {port} cannot be used for the demo's mail ({reason}). "
            "Choose another one with DEMO_SMTP_PORT."
        ) from None
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
