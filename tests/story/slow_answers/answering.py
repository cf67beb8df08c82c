"""What does somebody write who takes their time over it?"""

import time

from handrail.engines.ai.answers import Answer, Outcome, Piece
from handrail.engines.ai.making import Steps
from handrail.engines.ai.models import Question
from handrail.engines.search.library.blocks import Kind
from handrail.people.viewer import Viewer

PIECES = 4
SECONDS = 0.7
"""Between two pieces."""


def answer(viewer: Viewer, kept: Question, question: str, goal: str) -> Steps:
    """Says which piece it is at; a question that says "fails" fails after the first."""
    pieces = []
    for number in range(1, PIECES + 1):
        time.sleep(SECONDS)
        if number > 1 and "fails" in question:
            raise ConnectionError("cut off")
        pieces.append(Piece(Kind.TEXT, (f"Slow words {number}.",), (), is_quoted=False))
        yield "piece", pieces[-1]
    time.sleep(SECONDS)
    yield "done", Answer(Outcome.ANSWERED, 0.9, tuple(pieces), engine="slow")
