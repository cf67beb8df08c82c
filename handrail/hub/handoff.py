"""How does one medium pass a person on to another, without knowing it?"""

from handrail.hub.medium import Handoff
from handrail.hub.registry import find
from handrail.people.viewer import Viewer


class NoSuchMedium(LookupError):
    """The medium is not installed; the caller shows no such offer."""


def handoff(medium_name: str, viewer: Viewer, draft: Handoff) -> str:
    """Gives a draft to a medium as this viewer; returns the address to go on at."""
    medium = find(medium_name)
    if medium is None:
        raise NoSuchMedium(medium_name)
    return medium.accept(viewer, draft)
