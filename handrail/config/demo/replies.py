"""What do the demo's agents answer again and again? Canned replies, by the agents' own acts."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from handrail.config.demo.promises import DECIDED, OWNER
from handrail.engines.activity.models import Activity
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import CannedReply
from handrail.people.models import Agent
from handrail.people.viewer import viewer_for_agent


def load_canned_replies(told: Iterable[dict[str, Any]], agents: dict[str, Agent]) -> None:
    """Everybody's, and those that one agent keeps; as often used as the content says."""
    for given in told:
        owner = agents[given["owner"]] if "owner" in given else None
        viewer = viewer_for_agent(owner, via="task") if owner else OWNER
        reply = actions.make_canned(
            viewer, title=given["title"], body=given["body"].strip(), is_shared=owner is None
        )
        long_ago = timezone.now() - DECIDED
        rows = CannedReply.objects.visible_to(OWNER).filter(pk=reply.pk)
        rows.update(used=given["used"], updated_at=long_ago)
        Activity.objects.filter(public_id=reply.public_id).update(at=long_ago)
