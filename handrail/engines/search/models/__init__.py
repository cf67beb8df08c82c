"""What does the search engine remember? Words of conversations, and passages of pages."""

from handrail.engines.search.models.archive import ArchiveEntry, Layer
from handrail.engines.search.models.library import (
    LibraryEntry,
    LibraryPage,
    LibraryStamp,
    LibraryVector,
    SearchMiss,
    Synonym,
)

__all__ = [
    "ArchiveEntry",
    "Layer",
    "LibraryEntry",
    "LibraryPage",
    "LibraryStamp",
    "LibraryVector",
    "SearchMiss",
    "Synonym",
]
