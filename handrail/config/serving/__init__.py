"""How does a plain request get from uvicorn's loop to Django's threads, and its answer back?

A thread works, and never waits for a client: what is sent is complete before a thread sees it,
and files leave from the loop. So a few threads are enough, and slow clients cannot occupy them.
The reasons and figures are in docs/adr/0002-serving.md.
"""

from handrail.config.serving.bodies import BodyLimits
from handrail.config.serving.pages import ThreadedPages

__all__ = ["BodyLimits", "ThreadedPages"]
