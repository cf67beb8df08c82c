"""What comes of a yes or a no that is typed below the form of something that waits for one? What
its button would have done, and a word of what that was."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError

from handrail.engines.conversations.models import Message
from handrail.hub import tools
from handrail.hub.tools import Refused
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant import words
from handrail.mediums.chat.assistant.consent import yes_or_no
from handrail.mediums.chat.assistant.deciding import Decision
from handrail.mediums.chat.models import Proposal, ProposalState
from handrail.people.viewer import Viewer

_MEANT = {
    True: (ProposalState.OPEN, ProposalState.DONE, ProposalState.FAILED),
    False: (ProposalState.OPEN, ProposalState.DECLINED),
}
"""For which a yes, and a no, can be meant: what was done for it already is told once more."""


def agreed(viewer: Viewer, lines: Sequence[Message]) -> Decision | None:
    """Does what the member says of the form that stands right above their last line, and says what
    came of it; None: they say something else, or there is none.

    Once, whoever works it out, and how often: what is done already is only told.
    """
    said = [line for line in lines if line.removed_at is None][-2:]
    if len(said) < 2 or said[1].member_id is None or said[1].attachments.all():
        return None
    is_yes = yes_or_no(said[1].body)
    if is_yes is None:
        return None
    proposals = Proposal.objects.visible_to(viewer).select_related("message")
    proposal = proposals.filter(message=said[0].pk).first()
    if proposal is None or proposal.state not in _MEANT[is_yes]:
        return None
    return _done(viewer, proposal) if is_yes else _left(viewer, proposal)


def _done(viewer: Viewer, proposal: Proposal) -> Decision:
    try:
        proposal = actions.confirm(viewer, proposal, proposal.arguments)
    except Refused as refusal:
        return Decision(words.needs_more(_by_field(viewer, proposal, refusal)))
    except ValidationError as refusal:
        return Decision(" ".join(refusal.messages))
    except PermissionDenied:
        return Decision(words.did_not_work())
    return Decision(str(proposal.result.get("text", "")), result=proposal.result)


def _by_field(viewer: Viewer, proposal: Proposal, refusal: Refused) -> str:
    tool = tools.find(viewer, proposal.tool)
    labels = {field.name: field.label for field in tool.fields} if tool else {}
    said = refusal.errors.items()
    return " ".join(f"{labels[name]}: {why}" if name in labels else why for name, why in said)


def _left(viewer: Viewer, proposal: Proposal) -> Decision:
    actions.decline(viewer, proposal)
    return Decision(words.leaves_it())
