"""What was said and done in a chat, as this viewer may read it?"""

from handrail.mediums.chat.threads.bodies import Refusal
from handrail.mediums.chat.threads.events import event_words, tells_who
from handrail.mediums.chat.threads.lines import (
    CHANGED_FOR,
    Line,
    Part,
    author_of,
    lines,
    lines_url,
    messages,
    newest,
    news,
    one,
    page_context,
    person_of,
    side_of,
    thread,
    versions,
)

__all__ = [
    "CHANGED_FOR",
    "Line",
    "Part",
    "Refusal",
    "author_of",
    "event_words",
    "lines",
    "lines_url",
    "messages",
    "newest",
    "news",
    "one",
    "page_context",
    "person_of",
    "side_of",
    "tells_who",
    "thread",
    "versions",
]
