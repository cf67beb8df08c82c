"""How many statements does a page need? The hub's own settings, with a count in every answer.

For a server of its own beside the measured one: counting costs something too.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

from handrail.config.settings import *  # noqa: F403  all of them, and one middleware more
from handrail.config.settings import MIDDLEWARE as OURS

HEADER = "X-Statements"

MIDDLEWARE = ["handrail.config.bench.counted.count_statements", *OURS]


def count_statements(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Says in the answer's head how many statements the database was asked, savepoints included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked: list[str] = []

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            asked.append(sql)
            return execute(sql, *rest)

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(note))
            response = get_response(request)
        response[HEADER] = str(len(asked))
        return response

    return middleware
