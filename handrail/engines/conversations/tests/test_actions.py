"""What can be done with a conversation, whichever medium it belongs to?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from handrail.engines.conversations import actions
from handrail.engines.conversations.actions import MOST_UNSENT
from handrail.engines.conversations.files import FileRefused
from handrail.engines.conversations.models import Attachment, Conversation, Message
from handrail.people.models import Agent, Member
from tests.making import picture, ticket_of, upload, viewer_of, words
from tests.object_store import kept_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def conversation(alice: Member) -> Conversation:
    return ticket_of(alice, is_shared=True).conversation


# --- Talking ------------------------------------------------------------------------------------


def test_only_a_member_begins_a_conversation(dora: Agent) -> None:
    with pytest.raises(ValidationError, match="Only a member of an account"):
        actions.open_conversation(
            viewer_of(dora),
            kind="tickets",
            subject="Hello",
            status="open",
            is_shared=False,
            draft=words(),
        )


def test_a_members_word_is_read_and_an_agents_is_not(
    conversation: Conversation, alice: Member, dora: Agent
) -> None:
    turns: list[tuple[Member | Agent, bool]] = [(dora, True), (alice, False), (dora, True)]
    for who, is_unread in turns:
        before = conversation.last_message_at
        message, is_new = actions.say(viewer_of(who), conversation, words())
        conversation.refresh_from_db()
        assert is_new
        assert conversation.is_unread is is_unread
        assert conversation.last_message_at == message.created_at > before


def test_reading_costs_nothing_when_it_was_read(
    conversation: Conversation, alice: Member, django_assert_num_queries: Any
) -> None:
    viewer = viewer_of(alice)
    with django_assert_num_queries(0):
        actions.mark_read(viewer, conversation)


def test_reading_an_older_state_does_not_read_what_came_since(
    conversation: Conversation, alice: Member, dora: Agent
) -> None:
    actions.say(viewer_of(dora), conversation, words("One."))
    seen = Conversation.objects.get(pk=conversation.pk)
    actions.say(viewer_of(dora), conversation, words("Two."))
    actions.mark_read(viewer_of(alice), seen)
    conversation.refresh_from_db()
    assert conversation.is_unread


def test_who_may_not_see_it_does_not_read_it(
    conversation: Conversation, carol: Member, dora: Agent
) -> None:
    actions.say(viewer_of(dora), conversation, words())
    for stranger in (carol, dora):
        actions.mark_read(viewer_of(stranger), conversation)
    conversation.refresh_from_db()
    assert conversation.is_unread


# --- Uploads ------------------------------------------------------------------------------------


def test_an_upload_waits_for_its_message(alice: Member, conversation: Conversation) -> None:
    kept = upload(alice, "screen.png", picture())
    assert (kept.member, kept.agent, kept.message) == (alice, None, None)
    assert kept.size == len(picture())
    message, _ = actions.say(viewer_of(alice), conversation, words(attachment_ids=[kept.public_id]))
    kept.refresh_from_db()
    assert kept.message == message


def test_nobody_leaves_more_than_forty_files_lying_about(alice: Member, bob: Member) -> None:
    for _ in range(MOST_UNSENT):
        upload(alice)
    with pytest.raises(FileRefused, match="Send or remove the files"):
        upload(alice)
    assert upload(bob)


def test_who_may_attach_much_may_have_much_lying_about(alice: Member, settings: Any) -> None:
    settings.MOST_FILES = MOST_UNSENT
    for _ in range(2 * MOST_UNSENT):
        upload(alice)
    with pytest.raises(FileRefused, match="Send or remove the files"):
        upload(alice)


def test_a_refused_file_leaves_nothing(alice: Member) -> None:
    with pytest.raises(FileRefused):
        upload(alice, "run.exe")
    assert (Attachment.objects.count(), len(kept_names())) == (0, 0)


def test_a_message_binds_no_file_of_another_and_none_that_was_sent(
    conversation: Conversation, alice: Member, bob: Member, dora: Agent
) -> None:
    sent, his, ours = upload(alice), upload(bob), upload(dora)
    first, _ = actions.say(viewer_of(alice), conversation, words(attachment_ids=[sent.public_id]))
    ids = [file.public_id for file in (sent, his, ours)]
    second, _ = actions.say(viewer_of(alice), conversation, words(attachment_ids=ids))
    assert list(first.attachments.all()) == [sent]
    assert not second.attachments.exists()


@pytest.mark.django_db(transaction=True)
def test_a_discarded_upload_takes_its_files_along_after_commit(alice: Member, storage: str) -> None:
    kept = upload(alice, "screen.png", picture())
    assert len(kept_names()) == 2
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.discard_upload(viewer_of(alice), Attachment.objects.get(pk=kept.pk))
        raise RuntimeError
    assert (Attachment.objects.count(), len(kept_names())) == (1, 2)
    actions.discard_upload(viewer_of(alice), kept)
    assert (Attachment.objects.count(), len(kept_names())) == (0, 0)


def test_old_uploads_that_nobody_sent_are_forgotten(
    alice: Member, conversation: Conversation, storage: str
) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        stale, sent = upload(alice, "old.png", picture()), upload(alice)
    actions.say(viewer_of(alice), conversation, words(attachment_ids=[sent.public_id]))
    fresh = upload(alice)
    assert actions.forget_unsent_uploads(timezone.now() - timedelta(days=2)) == 1
    assert set(Attachment.objects.all()) == {sent, fresh}
    assert not default_storage.exists(str(stale.file))
    assert not default_storage.exists(str(stale.preview))
    assert default_storage.exists(str(sent.file))


# --- What the table itself refuses --------------------------------------------------------------


def test_a_message_has_one_author_and_a_note_is_ours(
    conversation: Conversation, alice: Member, dora: Agent
) -> None:
    from django.db import IntegrityError

    bad: list[Callable[[], Message]] = [
        lambda: Message(conversation=conversation, member=alice, agent=dora),
        lambda: Message(conversation=conversation, member=alice, kind="note"),
    ]
    for make in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            make().save()
