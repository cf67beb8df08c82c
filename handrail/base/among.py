"""How is the database asked for those of many primary keys? With one value where it takes one.

`rows.filter(Among(F("pk"), ids))` is `pk__in=ids`. A thousand values of their own cost PostgreSQL's
client and parser 2 ms in every search; one array costs 0.3.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class Among(In):
    """One of these whole numbers; of none, nothing."""

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, parameters = self.process_lhs(compiler, connection)
        array = ",".join(map(str, self.rhs))
        return f"{column} = ANY(%s::bigint[])", [*parameters, f"{{{array}}}"]
