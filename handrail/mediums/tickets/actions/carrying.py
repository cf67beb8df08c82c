"""How do files of another conversation come into a ticket? As copies, which are the member's own
uploads until the ticket's message takes them along."""

from collections.abc import Sequence

from django.conf import settings

from handrail.engines.conversations import kept
from handrail.engines.conversations.models import Attachment
from handrail.people.viewer import Viewer


def carry_files(viewer: Viewer, public_ids: Sequence[str]) -> list[str]:
    """Copies those that this member may read, the first ones where they are too many; returns the
    copies' ids. One that cannot be read just now stays where it is: the ticket is worth more than
    its files."""
    viewer.require("tickets.open")
    member = viewer.require_member()
    wanted = list(dict.fromkeys(public_ids))
    readable = Attachment.objects.visible_to(viewer).filter(public_id__in=wanted)
    copies = []
    originals = sorted(readable, key=lambda one: wanted.index(one.public_id))
    for original in originals[: settings.MOST_FILES]:
        copy = Attachment(
            member=member,
            name=original.name,
            content_type=original.content_type,
            size=original.size,
            sha256=original.sha256,
        )
        if kept.copy(original, copy):
            copy.save()
            copies.append(copy.public_id)
    return copies
