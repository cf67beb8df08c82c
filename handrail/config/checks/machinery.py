"""Does the work get done, by clocks that agree, in processes that hear of each other?"""

import resource
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from redis import Redis

from handrail.base.outbound import OutboundError, fetch
from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public
from handrail.config.checks.reach import SECONDS
from handrail.engines.tasks.models import WorkerBeat
from handrail.engines.tasks.worker import BEAT
from handrail.people.models import Host

PATIENCE = timedelta(minutes=10)
"""How long a task that is due may wait before we speak of it."""

MOST_SKEW = timedelta(seconds=10)
"""Tokens bear half a minute between the host's clock and ours."""

FEWEST_FILES = 4096


def worker() -> Iterator[Finding]:
    """Tasks that are due are run: by whom, the workers' beats say."""
    now = timezone.now()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - PATIENCE).count()
    alive = WorkerBeat.objects.filter(seen_at__gt=now - 1.5 * BEAT).count()
    if waiting and not alive:
        yield error(
            "worker.none",
            f"{waiting} tasks wait, mail among them, and no worker runs.",
            "Start `handrail worker`, or `handrail serve` without --no-worker.",
        )
    elif waiting:
        yield warning(
            "worker.behind",
            f"{waiting} tasks have waited for more than ten minutes.",
            "Look for failures in the log, or start one more `handrail worker`.",
        )
    if alive > 1 and not settings.ENV.redis_url:
        yield error(
            "worker.alone",
            f"{alive} processes work on this hub without Redis: open pages do not hear of what "
            "another process did, and each counts sign-ins for itself.",
            "Set REDIS_URL for all of them, or run a single `handrail serve`.",
        )


def open_files() -> Iterator[Finding]:
    """Every open page holds a socket, and a socket is a file."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if is_public() and limit != resource.RLIM_INFINITY and limit < FEWEST_FILES:
        yield warning(
            "files.few",
            f"The hub may hold {limit} files and sockets open, which many members fill.",
            f"Raise the limit: LimitNOFILE={FEWEST_FILES * 4} in systemd, or ulimit -n.",
        )


def host_keys() -> Iterator[Finding]:
    """The addresses where hosts publish their keys answer, by a clock like ours."""
    for host in Host.objects.filter(is_active=True).exclude(jwks_url=""):
        try:
            answer = fetch(host.jwks_url, seconds=SECONDS)
        except OutboundError as trouble:
            yield error(
                "host.jwks",
                f"The keys of {host.name} cannot be fetched: {trouble}",
                "Open the address from this machine; inside your own network, name it in "
                "HANDRAIL_OUTBOUND_ALLOW.",
            )
            continue
        if not answer.is_ok:
            yield error(
                "host.jwks",
                f"The address of {host.name}'s keys answers {answer.status}.",
                "Correct the address: Console, Settings, Platforms.",
            )
        if date := answer.headers.get("date"):
            yield from _compare(host.name, parsedate_to_datetime(date))


def clock() -> Iterator[Finding]:
    """Our clock and those of PostgreSQL and Redis agree, where they have their own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield from _compare("the database", cursor.fetchone()[0])
    if settings.ENV.redis_url:
        with Redis.from_url(settings.ENV.redis_url, socket_timeout=SECONDS) as client:
            seconds, _microseconds = client.time()
        yield from _compare("Redis", datetime.fromtimestamp(seconds, UTC))


def _compare(name: str, their_time: datetime) -> Iterator[Finding]:
    skew = abs(timezone.now() - their_time)
    if skew > MOST_SKEW:
        yield error(
            "clock",
            f"Our clock and that of {name} differ by {skew.total_seconds():.0f} seconds: tokens "
            "will seem to come from the past or the future, and are refused.",
            "Let a time service set the clocks (systemd-timesyncd, chrony).",
        )
