"""What is wrong, and what can the operator do about it?"""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    """Not safe or not working: `handrail check` fails."""
    WARNING = "warning"
    """Works, and will hurt somebody."""


@dataclass(frozen=True)
class Finding:
    """One problem in the operator's words. It never holds a secret, a password or an address
    with one.
    """

    level: Level
    key: str
    """What programs know it by: `<part>.<problem>`."""
    problem: str
    remedy: str


def error(key: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.ERROR, key, problem, remedy)


def warning(key: str, problem: str, remedy: str) -> Finding:
    return Finding(Level.WARNING, key, problem, remedy)
