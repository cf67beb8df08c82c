"""How is somebody told? Rows in the same transaction as what happened, sent after commit."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from handrail.base.languages import language_of
from handrail.engines.activity.ref import Ref
from handrail.engines.notify.models import Notice, OutgoingMail
from handrail.people.models import Account, Agent, Member
from handrail.people.viewer import Viewer

SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Letter:
    """A mail before it has a reader: the templates `<template>.txt` and `.html` and their words.

    `subject` comes from the template `<template>.subject.txt`. A letter with `cap` is not sent
    to an address that got so many of its kind, or for an account that sent so many, in a day.
    """

    kind: str
    template: str
    ref: Ref
    context: dict[str, Any]
    account: Account | None = None
    cap_per_address: int | None = None
    cap_per_account: int | None = None


@dataclass(frozen=True)
class Reader:
    """Where a letter goes and how its reader likes words and times."""

    address: str
    locale: str = "en"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))


def send(letter: Letter, reader: Reader) -> OutgoingMail | None:
    """Writes the mail into the ledger; the worker sends it after commit. None where capped."""
    from handrail.engines.notify.tasks import deliver

    if _is_capped(letter, reader):
        return None
    with translation.override(language_of(reader.locale)), timezone.override(reader.zone):
        context = {**letter.context, "reader": reader, "hub_url": settings.HANDRAIL_URL}
        subject = one_line(render_to_string(f"{letter.template}.subject.txt", context))
        text = render_to_string(f"{letter.template}.txt", context)
        html = render_to_string(f"{letter.template}.html", {**context, "subject": subject})
    mail = OutgoingMail.objects.create(
        kind=letter.kind,
        to_address=reader.address,
        account=letter.account,
        subject=subject,
        text=text,
        html=html,
        medium=letter.ref.medium,
        thing_id=letter.ref.public_id,
    )
    deliver.enqueue(mail.pk)
    return mail


def one_line(subject: str) -> str:
    """A subject that cannot carry a header of its own (RFC 5322 folds on line breaks)."""
    return " ".join("".join(c if c.isprintable() else " " for c in subject).split())[
        :SUBJECT_LENGTH
    ]


def post(mail: OutgoingMail) -> None:
    """Hands a mail to the mail server, once; raises what the server said so that it is retried.

    Auto-Submitted (RFC 3834) keeps well-behaved responders quiet. There is no Reply-To: what
    people answer is read in the panel, and the letter says so.
    """
    if mail.sent_at:
        return
    domain = urlsplit(settings.HANDRAIL_URL).hostname
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to_address],
        headers={
            "Message-ID": f"<{mail.public_id}@{domain}>",
            "Date": formatdate(mail.created_at.timestamp()),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "X-Handrail-Loop": str(domain),
        },
    )
    message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except Exception as error:
        OutgoingMail.objects.filter(pk=mail.pk).update(error=f"{type(error).__name__}: {error}")
        raise
    OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")


def notice(reader: Member | Agent, title: str, ref: Ref) -> Notice:
    """Puts a line into the reader's home or desk; `title` is in the reader's language already.

    It takes the place of an unread one of the same thing: three replies are one thing to read.
    """
    who = {"member": reader} if isinstance(reader, Member) else {"agent": reader}
    Notice.objects.filter(medium=ref.medium, thing_id=ref.public_id, read_at=None, **who).delete()
    return Notice.objects.create(
        title=one_line(title)[:200], medium=ref.medium, thing_id=ref.public_id, **who
    )


def mark_read(viewer: Viewer, ref: Ref) -> None:
    """The reader has seen the thing itself, and with it every notice of it."""
    Notice.objects.visible_to(viewer).unread().filter(
        medium=ref.medium, thing_id=ref.public_id
    ).update(read_at=timezone.now())


def mark_all_read(viewer: Viewer) -> None:
    """The reader has looked through the list."""
    Notice.objects.visible_to(viewer).unread().update(read_at=timezone.now())


def _is_capped(letter: Letter, reader: Reader) -> bool:
    """Two indexed counts, and only for letters that have caps."""
    today = OutgoingMail.objects.filter(
        kind=letter.kind, created_at__gte=timezone.now() - timedelta(days=1)
    )
    if letter.cap_per_address is not None:
        same_address = today.filter(to_address=reader.address)
        if same_address.count() >= letter.cap_per_address:
            return True
    if letter.cap_per_account is not None:
        return today.filter(account=letter.account).count() >= letter.cap_per_account
    return False
