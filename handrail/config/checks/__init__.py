"""Is this installation safe to open to others, and does all of it answer? `handrail check`.

A check is a function that yields its findings. Those of `NEED_ROWS` are left out while the
database has no answer or no tables.
"""

from collections.abc import Callable, Iterator

from handrail.config.checks import addresses, bucket, keeping, machinery, model, people, reach
from handrail.config.checks.finding import Finding, Level

Check = Callable[[], Iterator[Finding]]

AT_ONCE: tuple[Check, ...] = (
    addresses.public_address,
    addresses.proxies,
    addresses.debugging,
    addresses.demo,
    keeping.secret_key,
    keeping.data_folder,
)

FIRST: tuple[Check, ...] = (
    *AT_ONCE,
    reach.redis,
    reach.mail,
    reach.sender,
    bucket.bucket,
    model.model,
    machinery.open_files,
)

NEED_ROWS: tuple[Check, ...] = (
    people.administrators,
    people.demo_agents,
    people.hosts,
    people.stored_secrets,
    machinery.worker,
    machinery.host_keys,
)


def at_once() -> list[Finding]:
    """What is wrong as far as it can be told without asking anybody: for the log of a start."""
    return [finding for check in AT_ONCE for finding in check()]


def run() -> list[Finding]:
    """Everything that is wrong, errors first. Takes seconds where something does not answer."""
    found = [finding for check in FIRST for finding in check()]
    silent = list(reach.database())
    behind = [] if silent else list(reach.tables())
    found += [*silent, *behind]
    if not silent and not behind:
        found += [finding for check in NEED_ROWS for finding in check()]
    keys = {finding.key for finding in found}
    if not keys & {"database.silent", "redis.silent"}:
        found += machinery.clock()
    return sorted(found, key=lambda finding: finding.level is not Level.ERROR)


__all__ = ["Finding", "Level", "at_once", "run"]
