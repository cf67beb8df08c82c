"""How does a conversation begin?"""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from handrail.engines.conversations import archive, topics
from handrail.engines.conversations.actions.drafts import NEW, forget_draft, sent_before
from handrail.engines.conversations.actions.writing import Draft, write
from handrail.engines.conversations.models import FIRST_NUMBER, Conversation, MessageKind
from handrail.people.models import Member
from handrail.people.viewer import Viewer


def open_conversation(
    viewer: Viewer,
    *,
    kind: str,
    subject: str,
    status: str,
    is_shared: bool,
    draft: Draft,
    category: int | None = None,
    draft_key: str = NEW,
) -> tuple[Conversation, bool]:
    """Begins a conversation as this member; returns it and whether it is new.

    `draft_key` says in which form it was typed: what that one kept is forgotten. The same
    `client_id` again (a double click, a repeated request) returns the first one.
    """
    member = _member(viewer)
    if draft.client_id and (earlier := sent_before(member, draft.client_id)):
        return earlier, False
    try:
        with transaction.atomic():
            conversation = Conversation.objects.create(
                kind=kind,
                subject=subject,
                account_id=member.account_id,
                creator=member,
                is_shared=is_shared,
                status=status,
                category=category,
                client_id=draft.client_id,
            )
            conversation.number = FIRST_NUMBER + conversation.pk
            conversation.save(update_fields=["number"])
            write(viewer, conversation, MessageKind.REPLY, draft)
            archive.write(conversation)
            forget_draft(viewer, draft_key)
            topics.changed(conversation)
    except IntegrityError:
        earlier = sent_before(member, draft.client_id) if draft.client_id else None
        if earlier is None:
            raise
        return earlier, False
    return conversation, True


def open_for_stranger(
    viewer: Viewer, *, kind: str, subject: str, status: str, category: int, draft: Draft
) -> Conversation:
    """Begins a conversation of somebody whom we do not know: no account's, and no member's."""
    conversation = Conversation.objects.create(
        kind=kind, subject=subject, status=status, category=category
    )
    conversation.number = FIRST_NUMBER + conversation.pk
    conversation.save(update_fields=["number"])
    write(viewer, conversation, MessageKind.REPLY, draft)
    archive.write(conversation)
    topics.changed(conversation)
    return conversation


def _member(viewer: Viewer) -> Member:
    if viewer.member is None:
        raise ValidationError(_("Only a member of an account can begin a conversation."))
    return viewer.member
