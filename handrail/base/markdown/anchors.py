"""Under which name can a heading be linked to? In letters of its own script, once a page."""

import re
import unicodedata

RESERVED = frozenset(
    {
        "bulk",
        "canned-picker",
        "composer",
        "connection",
        "lightbox",
        "lightbox-name",
        "mails",
        "main",
        "palette",
        "sidebar",
        "toasts",
        "topbar",
    }
)
"""Names that our frames and scripts look for in the page around."""

_GAPS = re.compile(r"[\s_-]+")
_LONGEST = 80


class Anchors:
    """The names that are taken in one page."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """This name, or with -1, -2 where it is taken. Names of notes and tabs have a `:`."""
        name = wanted = wanted.replace(":", "-")
        while name in self._taken:
            number = self._next[wanted] = self._next.get(wanted, 0) + 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name

    def for_words(self, words: str) -> str:
        """A name made of words: "Wie geht es?" becomes `wie-geht-es`."""
        return self.take(slug(words) or "section")


def slug(words: str) -> str:
    """Letters, digits and marks of every script in small letters, with `-` for what parts words."""
    text = unicodedata.normalize("NFKC", words).lower()
    kept = "".join(sign if _is_part_of_word(sign) or _GAPS.match(sign) else "" for sign in text)
    return _GAPS.sub("-", kept).strip("-")[:_LONGEST].strip("-")


def _is_part_of_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
