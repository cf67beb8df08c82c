"""What can be read here, and which page answers a question? Pages of every medium that has some.

    actions.put("docs", page.public_id, language="en", audience_id=None, title=…, sections=[…])
    search("how do I pay", audiences=frozenset(), languages=("en",))

Rows hold the pages; arrays made of them answer, in the memory of every process.
"""

from handrail.engines.search.library.answers import Answer, Hit, PassageHit
from handrail.engines.search.library.current import Version, version
from handrail.engines.search.library.evidence import (
    Evidence,
    EvidencePage,
    EvidenceSection,
    evidence_for,
)
from handrail.engines.search.library.passages import Section
from handrail.engines.search.library.searching import search, suggest_words

__all__ = [
    "Answer",
    "Evidence",
    "EvidencePage",
    "EvidenceSection",
    "Hit",
    "PassageHit",
    "Section",
    "Version",
    "evidence_for",
    "search",
    "suggest_words",
    "version",
]
