"""How do the threads of one process take turns at writing to SQLite?

SQLite has one writer at a time. Whoever finds it taken sleeps and looks again, up to a tenth of a
second later, which among busy threads costs more than the writing (docs/adr/0020). Here a thread
stands in a queue instead and is woken when its turn comes; other processes wait as ever.
"""

import threading
from functools import lru_cache
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_turns: dict[str, threading.Lock] = {}
_making = threading.Lock()

PATIENCE_SECONDS = 5.0
"""Where the options name none; as long as Python's own sqlite3 waits."""


class DatabaseWrapper(base.DatabaseWrapper):
    """One thread's connection."""

    _turn: "threading.Lock | None" = None
    """Held from the beginning of a transaction to its end."""

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs leave it out
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        """Where it is refused, the transaction goes on until it is rolled back."""
        super()._commit()  # type: ignore[misc]  # the stubs leave it out
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._end_turn()

    def create_cursor(self, name: str | None = None) -> "Cursor":
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor

    def _take_turn(self) -> None:
        turn = _turn_at(str(self.settings_dict["NAME"]))
        patience = self.settings_dict["OPTIONS"].get("timeout", PATIENCE_SECONDS)
        if not turn.acquire(timeout=patience):
            raise OperationalError("database is locked")  # as SQLite says it
        self._turn = turn

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.release()


class Cursor(base.SQLiteCursorWrapper):
    """Remembers what SQLite calls its places: to look for them in each text costs as much as a
    small answer."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is None:
            return _with_question_marks(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


@lru_cache(maxsize=1000)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _turn_at(name: str) -> threading.Lock:
    turn = _turns.get(name)
    if turn is None:
        with _making:
            turn = _turns.setdefault(name, threading.Lock())
    return turn
