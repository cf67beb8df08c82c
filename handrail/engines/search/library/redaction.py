"""What in a question could tell who asked? Addresses, keys and long numbers are taken out."""

import re

_ADDRESS = re.compile(r"\S*@\S*|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s./()-]{0,3}\d){4,}")
"""Five digits and more, as in orders, telephones and cards, however they are grouped."""
_KEY = re.compile(r"\S*(?=\S*\d)(?=\S*[^\W\d_])\S{16,}")
"""Letters and digits in one long piece."""

MOST_LETTERS = 400


def redacted(question: str) -> str:
    """The question with `…` for each such piece. Errs on the side of taking out."""
    text = question[:MOST_LETTERS].replace("\0", " ")
    for pattern in (_ADDRESS, _NUMBER, _KEY):
        text = pattern.sub("…", text)
    return text
