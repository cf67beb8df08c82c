"""What is told to open pages? A frame, written once, for whoever follows a topic."""

import json
from dataclasses import dataclass
from typing import Any

from handrail.engines.live import topics
from handrail.engines.live.doors import Acting
from handrail.engines.live.topics import Topic


@dataclass(frozen=True)
class News:
    """A frame for the followers of a topic, or sessions that ended, or that some were lost."""

    topic: Topic | None = None
    frame: str = ""
    but: str = ""
    """The person whose own pages need not hear it."""
    may_wait: bool = False
    """Whether it may be told together with the next, where its topic is a busy one."""
    sessions: tuple[str, ...] = ()
    by: Acting | None = None
    """Whose act it comes of, in this process alone."""
    has_gap: bool = False
    """Whether news before it never left: whoever may lack them is to look."""

    @property
    def as_json(self) -> dict[str, Any]:
        if self.sessions:
            return {"sessions": self.sessions}
        if self.has_gap:
            return {"gap": True}
        told = {"topic": str(self.topic), "frame": self.frame, "but": self.but}
        return {**told, "wait": self.may_wait}


def read(given: dict[str, Any]) -> News:
    """What another process wrote; of a topic that this one does not know it is news of nothing."""
    return News(
        topic=topics.parse(given.get("topic")),
        frame=given.get("frame", ""),
        but=given.get("but", ""),
        may_wait=bool(given.get("wait")),
        sessions=tuple(given.get("sessions", ())),
        has_gap=bool(given.get("gap")),
    )


def framed(content: dict[str, Any]) -> str:
    """As short as JSON can be; letters as they are, which UTF-8 carries in fewer bytes."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
