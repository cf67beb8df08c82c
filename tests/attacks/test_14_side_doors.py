"""An attachment through a side door. Zammad CVE-2026-13229, RT CVE-2026-108270.

A file has its message's visibility at every read, internal notes' too, and an upload that is not
sent is its uploader's alone.
"""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from django.conf import settings
from django.test import Client

from handrail.engines.conversations.models import Attachment, Message, Priority
from handrail.engines.notify.models import OutgoingMail
from handrail.engines.tasks.worker import Worker
from handrail.mediums.tickets import actions
from handrail.people.models import Agent, Member, Team
from tests.making import picture, reply, ticket_of, upload, viewer_of, words
from tests.object_store import ObjectStore, kept_names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def statuses(browser: Client, attachment: Attachment) -> set[int]:
    base = f"/help/tickets/files/{attachment.public_id}/"
    return {browser.get(base).status_code, browser.get(base + "preview").status_code}


def test_a_file_of_an_internal_note_is_never_a_members(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice)
    secret = upload(dora, "logs.png", picture())
    draft = words("for us", attachment_ids=[secret.public_id])
    actions.add_note(viewer_of(dora), ticket, draft)
    assert statuses(browse(alice), secret) == {404}
    page = browse(alice).get(f"/help/tickets/{ticket.conversation.public_id}/").content.decode()
    assert secret.public_id not in page
    desk = f"/console/tickets/files/{secret.public_id}/"
    assert browse(dora).get(desk).status_code == 200
    assert browse(alice).get(desk).status_code == 302


def test_no_page_file_or_letter_tells_a_member_of_a_notes_file(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    """Neither what it is called nor that it is there; shared and private, while open and closed."""
    ticket = ticket_of(alice, is_shared=True)
    secrets = [upload(dora, "their-ledger.png", picture()), upload(dora, "their-log.txt")]
    draft = words("for us", attachment_ids=[secret.public_id for secret in secrets])
    actions.add_note(viewer_of(dora), ticket, draft)
    reply(dora, ticket, "We look at it.")
    Worker().run_ready()
    public_id = ticket.conversation.public_id
    base = f"/help/tickets/{public_id}/"
    ways = ("", "messages", "ticket.pdf", "ticket.txt", "ticket.csv")
    pages = [base + way for way in ways]
    pages += ["/help/", "/help/tickets/", "/help/tickets/rows?q=their-ledger"]
    marks = ["their-ledger", "their-log", *(secret.public_id for secret in secrets)]
    for who in (alice, bob, carol):
        for page in pages:
            answer = browse(who).get(page)
            said = answer.getvalue() if answer.streaming else answer.content
            asked = b"q=their-ledger" in page.encode()
            for mark in marks[asked:]:
                assert mark.encode() not in said, page
        for secret in secrets:
            assert statuses(browse(who), secret) == {404}
    for letter in OutgoingMail.objects.all():
        for mark in marks:
            assert mark not in f"{letter.subject} {letter.text} {letter.html}"
    assert OutgoingMail.objects.exists(), "there are letters to look into"


def test_a_notes_file_cannot_be_taken_along_into_a_message_or_taken_away(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket, secret = ticket_of(alice), upload(dora, "log.png", picture())
    actions.add_note(viewer_of(dora), ticket, words("for us", attachment_ids=[secret.public_id]))
    browser, public_id = browse(alice), ticket.conversation.public_id
    given = {"body": "look", "attachments": [secret.public_id], "client_id": str(uuid4())}
    browser.post(f"/help/tickets/{public_id}/reply", given)
    browser.post(f"/help/tickets/files/{secret.public_id}/discard")
    secret.refresh_from_db()
    assert secret.message is not None
    assert secret.message.kind == "note"
    assert len(kept_names()) == 2
    assert statuses(browser, secret) == {404}


def test_where_files_are_kept_gives_nothing_to_who_comes_past_us(
    alice: Member, storage: str, object_store: ObjectStore
) -> None:
    """No address of ours leads there, and the bucket answers strangers nothing."""
    kept = upload(alice, "a.png", picture())
    if storage == "folder":
        assert not Client().get(f"/attachments/{kept.file.name}").status_code == 200
        return
    [*names] = kept_names()
    bucket = settings.STORAGES["default"]["OPTIONS"]["bucket"]  # type: ignore[index]
    for name in names:
        answer = httpx.get(f"http://{object_store.host}/{bucket}/{name}")
        assert answer.status_code == 403


def test_an_unsent_upload_is_its_uploaders_alone(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    unsent = upload(alice, "draft.png", picture())
    assert statuses(browse(alice), unsent) == {200}
    assert statuses(browse(bob), unsent) == {404}
    assert statuses(browse(carol), unsent) == {404}
    assert browse(dora).get(f"/console/tickets/files/{unsent.public_id}/").status_code == 404
    assert statuses(browse(None), unsent) == {401}


def test_a_ticket_that_is_made_private_takes_its_files_along(
    alice: Member, bob: Member, browse: Callable[..., Client]
) -> None:
    kept = upload(alice, "a.png", picture())
    ticket = ticket_of(alice, message=words(attachment_ids=[kept.public_id]), is_shared=True)
    assert statuses(browse(bob), kept) == {200}
    actions.share(viewer_of(alice), ticket, False)
    assert statuses(browse(bob), kept) == {404}


def test_files_go_with_their_messages_through_merge_and_split(
    alice: Member, bob: Member, carol: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    """Alice's stay hers wherever they are; those of notes are never a member's."""
    one, other = ticket_of(alice), ticket_of(alice)
    kept, secret = upload(alice, "a.png", picture()), upload(dora, "b.png", picture())
    reply(alice, one, attachment_ids=[kept.public_id])
    actions.add_note(viewer_of(dora), one, words("ours", attachment_ids=[secret.public_id]))
    actions.merge(viewer_of(dora), one, other)
    part = [m.public_id for m in Message.objects.filter(attachments__in=[kept, secret])]
    split = actions.Part(part, "Apart", other.issue_type)
    for act in (lambda: None, lambda: actions.split(viewer_of(dora), other, split)):
        act()
        assert statuses(browse(alice), kept) == {200}
        assert statuses(browse(bob), kept) == statuses(browse(carol), kept) == {404}
        for member in (alice, bob, carol):
            assert statuses(browse(member), secret) == {404}
    kept.refresh_from_db()
    assert kept.message is not None
    assert kept.message.conversation_id not in (one.pk, other.pk)


def test_who_else_is_here_is_on_no_page_of_a_members(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice)
    actions.be_here(viewer_of(dora), ticket, is_writing=True)
    public_id = ticket.conversation.public_id
    for path in ("/help/", "/help/tickets/", "/help/tickets/{}/", "/help/tickets/{}/messages"):
        page = browse(alice).get(path.format(public_id)).content.decode()
        assert "Dora" not in page
        assert "presence" not in page


def test_a_file_is_kept_in_no_cache_that_could_outlive_access(
    alice: Member, browse: Callable[..., Client]
) -> None:
    unsent = upload(alice, "a.png", picture())
    for path in ("", "preview"):
        answer = browse(alice).get(f"/help/tickets/files/{unsent.public_id}/{path}")
        assert "no-store" in answer["Cache-Control"]


def test_what_agents_sort_by_is_on_no_page_of_a_members(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    """Tags, teams and priorities say what we think of somebody."""
    ticket = ticket_of(alice)
    viewer, public_id = viewer_of(dora), ticket.conversation.public_id
    actions.add_tag(viewer, ticket, "difficult-customer")
    actions.set_team(viewer, ticket, Team.objects.create(name="Escalations"))
    actions.set_priority(viewer, ticket, Priority.URGENT)
    assert (
        "difficult-customer" in browse(dora).get(f"/console/tickets/{public_id}/").content.decode()
    )
    for path in ("/help/", "/help/tickets/", "/help/tickets/{}/", "/help/tickets/{}/messages"):
        page = browse(alice).get(path.format(public_id)).content.decode()
        for secret in ("difficult-customer", "Escalations", "Urgent"):
            assert secret not in page
    asked = browse(alice).get("/help/tickets/rows?tag=difficult-customer&team=x&priority=10")
    assert public_id in asked.content.decode(), "a member cannot even ask by them"
