"""Does everything answer that the hub relies on? Each is asked for real, within seconds."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import dj_email_url
import psycopg
from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis, RedisError

from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public

SECONDS = 5

GOOD_MAIL = "submission://user:password@mail.example.com:587"
"""With STARTTLS (RFC 3207) on the port for submission (RFC 6409)."""

NO_MAIL = {
    "django.core.mail.backends.console.EmailBackend": "only printed",
    "django.core.mail.backends.dummy.EmailBackend": "thrown away",
    "django.core.mail.backends.locmem.EmailBackend": "only kept in memory",
    "django.core.mail.backends.filebased.EmailBackend": "only written to files",
}


def database() -> Iterator[Finding]:
    """DATABASE_URL answers. Whoever asks for rows asks this first.

    PostgreSQL is asked beside the pool, which would try for long and keep the reason to itself.
    """
    try:
        if connection.vendor == "postgresql":
            options = connection.get_connection_params()
            psycopg.connect(**{**options, "connect_timeout": SECONDS}).close()
        else:
            connection.ensure_connection()
    except (DatabaseError, psycopg.Error, OSError) as trouble:
        yield error(
            "database.silent",
            f"The database does not answer: {_first_line(trouble)}",
            "Look whether it runs, and whether DATABASE_URL names it with the right user.",
        )


def tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        yield warning(
            "database.behind",
            f"The database is {missing} migration(s) behind the program.",
            "Make a backup, then run `handrail migrate`; `handrail serve` does it by itself.",
        )


def redis() -> Iterator[Finding]:
    """REDIS_URL answers, where it is set."""
    if not settings.ENV.redis_url:
        return
    try:
        with Redis.from_url(settings.ENV.redis_url, socket_timeout=SECONDS) as client:
            client.ping()
    except (RedisError, OSError, ValueError) as trouble:
        yield error(
            "redis.silent",
            f"Redis does not answer: {_first_line(trouble)}",
            "Look whether it runs, and whether REDIS_URL names it.",
        )


def mail() -> Iterator[Finding]:
    """EMAIL_URL leads to a server that takes mail from us; nothing is sent."""
    scheme = urlsplit(settings.ENV.email_url).scheme
    if scheme not in dj_email_url.SCHEMES:
        yield error(
            "mail.unknown",
            f"EMAIL_URL begins with {scheme}://, which the hub does not know.",
            f"Write it as {GOOD_MAIL}.",
        )
        return
    if how := NO_MAIL.get(settings.EMAIL_BACKEND):
        if is_public():
            yield warning(
                "mail.none",
                f"Mail is {how}: no member hears of an answer, no agent can reset a password.",
                f"Set EMAIL_URL, such as {GOOD_MAIL}.",
            )
        return
    if is_public() and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield warning(
            "mail.plain",
            "Mail goes to its server unencrypted.",
            f"Where the server can, write EMAIL_URL as {GOOD_MAIL}, or end it in ?ssl=true.",
        )
    try:
        opened = get_connection(timeout=SECONDS)
        opened.open()
        opened.close()
    except Exception as trouble:  # each mail backend raises errors of its own library
        yield error(
            "mail.silent",
            f"The mail server does not take us: {_first_line(trouble)}",
            f"Look at EMAIL_URL: name, port, user and password, as in {GOOD_MAIL}.",
        )


def sender() -> Iterator[Finding]:
    """Answers to no-reply@127.0.0.1 reach nobody, and such mail is mostly refused as spam."""
    domain = settings.ENV.email_from.rpartition("@")[2].rstrip("> ")
    if is_public() and (domain == "localhost" or domain.replace(".", "").isdigit()):
        yield warning(
            "mail.sender",
            f"Mail is sent from an address at {domain}, which others will refuse.",
            "Set EMAIL_FROM, such as Help <help@example.com>.",
        )


def _first_line(trouble: BaseException) -> str:
    """What a library says of itself, without an address that could hold a password."""
    text = str(trouble).strip() or type(trouble).__name__
    line = text.splitlines()[0]
    return type(trouble).__name__ if urlsplit(line).password or "://" in line else line[:200]
