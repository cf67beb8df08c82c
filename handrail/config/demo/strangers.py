"""Who could not sign in, in the demo? Told by the real actions, then moved back in time."""

from typing import Any

from django.utils import timezone

from handrail.config.demo.tickets import age, move_back
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import STRANGER, SignInDraft
from handrail.mediums.tickets.models import IssueType
from handrail.people.viewer import SYSTEM


def load_requests(content: dict[str, Any]) -> None:
    """Says which type such tickets are of, then opens them."""
    types = IssueType.objects.visible_to(SYSTEM).offered()
    actions.use_for_sign_in(types.filter(name=content["issue_type"])[0])
    now = timezone.now()
    for told in content["request"]:
        draft = SignInDraft(
            name=told["name"],
            email=told["email"],
            account_name=told["account"],
            locale=told["locale"],
            body=told["body"].strip(),
        )
        ticket = actions.ask_for_sign_in_help(STRANGER, draft)
        move_back(ticket.conversation, now - age(told["opened"]), is_opening=True)
