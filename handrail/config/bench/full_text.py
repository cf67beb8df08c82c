"""What would plain full text of SQLite take for the same pages and questions?

FTS5 as it comes, one row a page, in memory: any of the telling words, by bm25, ten hits with
`snippet()`. It is a floor to stand beside, not a rival: what is missing from it is what we add.
"""

import sqlite3
from collections.abc import Sequence

from handrail.engines.search.library.actions import Page
from handrail.engines.search.library.stems import is_stop_word
from handrail.engines.search.words import words

HITS = 10

_ASK = """
    SELECT id, snippet(pages, 3, '[', ']', '…', 32) FROM pages
    WHERE pages MATCH ? ORDER BY rank LIMIT ?
"""


class FullText:
    """An index of all pages; asks one question at a time."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE pages USING fts5(id UNINDEXED, title, summary, body)"
        )
        self._connection.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?)",
            [(page.thing_id, page.title, page.summary, _body(page)) for page in pages],
        )

    def ask(self, text: str, *, last_is_open: bool = False) -> list[tuple[str, str]]:
        found = list(dict.fromkeys(words(text)))
        telling = [word for word in found if not is_stop_word(word, "en")] or found
        if not telling:
            return []
        terms = [f'"{word}"' for word in telling]
        if last_is_open:
            terms[-1] += "*"
        return self._connection.execute(_ASK, (" OR ".join(terms), HITS)).fetchall()


def _body(page: Page) -> str:
    parts = []
    for section in page.sections:
        parts += [section.heading_path[-1] if section.heading_path else "", section.text]
    return "\n".join(parts)
