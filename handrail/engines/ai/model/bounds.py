"""When is the model not asked at all? Budget used up, too many at once, or it failed a moment ago.

The last two are each process's own: what one learns is not worth a cache that all wait for.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.utils import timezone

from handrail.engines.ai.model import actions
from handrail.engines.ai.model.failures import ModelFailed
from handrail.engines.ai.models import CallOutcome
from handrail.people.models import Account

DAY = timedelta(hours=24)
FAILURES = 3
"""In a row; then it is left alone for REST_SECONDS, and after that one more failure is enough."""
REST_SECONDS = 60.0

TELLS_NOTHING = frozenset(
    {CallOutcome.BUDGET, CallOutcome.BUSY, CallOutcome.RESTING, CallOutcome.STOPPED}
)
"""Outcomes that say nothing of the endpoint."""


class Breaker:
    """Spares an endpoint that fails, and its askers the waiting. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def check(self) -> None:
        """Raises ModelFailed while it rests."""
        if monotonic() < self._until:
            raise ModelFailed(CallOutcome.RESTING)

    def failed(self, trouble: ModelFailed) -> None:
        """Retry-After is kept to at once, whether or not others succeed."""
        if trouble.outcome in TELLS_NOTHING:
            return
        with self._lock:
            self._failures += 1
            rest = REST_SECONDS if self._failures >= FAILURES else 0.0
            until = monotonic() + max(rest, trouble.retry_after)
            self._until = max(self._until, until)

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def reset(self) -> None:
        with self._lock:
            self._failures, self._until = 0, 0.0


class Turns:
    """How many ask at once in this process: a call holds a thread, and half of them stay free."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises ModelFailed when all are taken: whoever waits is answered by quoting meanwhile."""
        with self._lock:
            if self._taken >= max(1, settings.ENV.threads // 2):
                raise ModelFailed(CallOutcome.BUSY)
            self._taken += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1


breaker = Breaker()
turns = Turns()


def check_budget(account: Account | None, most: int) -> None:
    """`most`: what the call may cost, in tokens. Raises ModelFailed. One query.

    Two calls at once may both see the last of it: what is too much then is one call.
    """
    env = settings.ENV
    allowed = env.ai_visitor_tokens if account is None else env.ai_account_tokens
    if actions.spent(account, since=timezone.now() - DAY) + most > allowed:
        raise ModelFailed(CallOutcome.BUDGET)
