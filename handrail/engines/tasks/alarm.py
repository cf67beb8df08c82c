"""How does a worker in this process learn at once that there is something to do?"""

import threading

_rang = threading.Event()


def ring() -> None:
    """Wakes the worker of this process, if there is one."""
    _rang.set()


def wait(seconds: float) -> None:
    """Sleeps until the alarm rings, at most so many seconds."""
    _rang.wait(seconds)
    _rang.clear()
