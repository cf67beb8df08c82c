"""How is a task defined, how often is it tried, and which ones run by the clock?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task as django_task
from django_tasks.base import Task

DEFAULT_ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)

_attempts: dict[str, int] = {}
_periodic: dict[str, "Periodic"] = {}


@dataclass(frozen=True)
class Periodic:
    """A task that the ticker enqueues once per period."""

    name: str
    period: timedelta
    enqueue: Callable[[], object]


def task(*, attempts: int = DEFAULT_ATTEMPTS) -> Callable[[Callable[..., Any]], Task[Any, Any]]:
    """Makes a module-level function a task that is tried up to `attempts` times.

    Between two attempts the pause doubles, from ten seconds to at most six hours.
    """

    def decorate(function: Callable[..., Any]) -> Task[Any, Any]:
        path = f"{function.__module__}.{function.__qualname__}"
        _attempts[path] = attempts
        return django_task(function)

    return decorate


def every(period: timedelta, *, attempts: int = 1) -> Callable[[Callable[[], Any]], Task[Any, Any]]:
    """Makes a function a task that runs once per period, in one worker of all."""

    def decorate(function: Callable[[], Any]) -> Task[Any, Any]:
        made = task(attempts=attempts)(function)
        name = f"{function.__module__}.{function.__qualname__}"
        _periodic[name] = Periodic(name, period, made.enqueue)
        return made

    return decorate


def attempts_of(task_path: str) -> int:
    return _attempts.get(task_path, DEFAULT_ATTEMPTS)


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the attempt with this number (1 is the first) failed."""
    doublings = min(attempt - 1, 16)  # by then it is longer than the longest
    pause: timedelta = FIRST_PAUSE * 2**doublings
    return min(pause, LONGEST_PAUSE)


def periodic_tasks() -> list[Periodic]:
    return list(_periodic.values())
