"""Where does a Ref lead? Resolved as a viewer: what they may not read leads nowhere."""

from collections.abc import Iterable

from handrail.engines.activity.ref import Ref
from handrail.hub.registry import find
from handrail.people.viewer import Viewer


def resolve(viewer: Viewer, refs: Iterable[Ref]) -> dict[Ref, str]:
    """The address of each ref that this viewer may read. One query a medium, however many refs."""
    by_medium: dict[str, list[Ref]] = {}
    for ref in refs:
        by_medium.setdefault(ref.medium, []).append(ref)
    found: dict[Ref, str] = {}
    for name, of_medium in by_medium.items():
        medium = find(name)
        if medium is None:
            continue
        readable = medium.readable(viewer, {ref.public_id for ref in of_medium})
        found |= {
            ref: medium.url_of(viewer, ref.public_id)
            for ref in of_medium
            if ref.public_id in readable
        }
    return found
