"""What happens when several do it at the same moment? Threads that start together."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Does all of them at the same moment, each with a connection to the database of its own.

    Returns what each returned, or the exception that it raised. For tests whose rows are
    committed: `django_db(transaction=True)`.
    """
    line = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            line.wait(timeout=10)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
