"""What are robots told of addresses with a question in them? Its answer is no page of its own."""

from urllib.parse import unquote

QUESTIONS = ("ask", "q")
"""With these, an address shows what is at another address as well, or an answer."""

TRAINERS = ("meta-externalagent", "meta-webindexer", "amazonbot")
"""Robots that gather text for training and for indexes, whoever asks: an answer to each question
that they make up helps nobody. What pages say they may read."""


def has_question(query: str) -> bool:
    """Whether a query string asks something."""
    return bool(query) and any(
        unquote(part.partition("=")[0]) in QUESTIONS for part in query.split("&")
    )


def is_trainer(user_agent: str) -> bool:
    name = user_agent[:1_000].lower()
    return any(trainer in name for trainer in TRAINERS)
