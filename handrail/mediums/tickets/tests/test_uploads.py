"""How do files come, go and leave, on both sides?"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from handrail.engines.conversations.models import Attachment
from handrail.people.actions import create_agent
from handrail.people.models import Agent, Member, PlanEntitlement
from tests.making import picture, reply, ticket_of, upload, words

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
SIDES = {"/help/tickets/files/": "alice", "/console/tickets/files/": "dora"}


@pytest.fixture
def cast(alice: Member, dora: Agent) -> dict[str, Any]:
    return {"alice": alice, "dora": dora}


def text(name: str = "notes.txt", content: bytes = b"what I saw") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("address", SIDES)
def test_a_file_is_kept_and_can_be_taken_back(
    cast: dict[str, Any], browse: Browse, address: str
) -> None:
    browser = browse(cast[SIDES[address]])
    item = browser.post(address, {"files": text()}).content.decode()
    kept = Attachment.objects.get()
    assert f'name="attachments" value="{kept.public_id}"' in item
    assert f'hx-post="{address}{kept.public_id}/discard"' in item
    assert browser.post(f"{address}{kept.public_id}/discard").content == b""
    assert not Attachment.objects.exists()
    assert browser.post(f"{address}{kept.public_id}/discard").status_code == 200, "gone is gone"


def test_each_file_is_taken_or_refused_by_itself(alice: Member, browse: Browse) -> None:
    files = [text(), text("virus.exe"), text("empty.txt", b""), text("lie.png"), text("b.csv")]
    shown = browse(alice).post("/help/tickets/files/", {"files": files}).content.decode()
    names = Attachment.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["notes.txt", "b.csv"]
    assert shown.count('role="alert"') == 3
    assert "We can&#x27;t take “virus.exe”" in shown
    assert "“empty.txt” is empty." in shown
    assert "“lie.png” is not what its name says." in shown


def test_a_request_without_files_is_answered_with_nothing(alice: Member, browse: Browse) -> None:
    assert browse(alice).post("/help/tickets/files/").content.strip() == b""


def test_more_files_than_a_message_can_carry_are_not_kept(
    alice: Member, browse: Browse, settings: Any
) -> None:
    most = settings.MOST_FILES
    files = [text(f"{number}.txt") for number in range(most)]
    browse(alice).post("/help/tickets/files/", {"files": files})
    assert Attachment.objects.count() == most
    answer = browse(alice).post("/help/tickets/files/", {"files": [*files, text("one more.txt")]})
    assert answer.status_code == 400, "Django itself stops a request with more"
    assert Attachment.objects.count() == most


def test_nobody_and_who_may_not_write_bring_no_files(alice: Member, browse: Browse) -> None:
    PlanEntitlement.objects.filter(key__startswith="tickets.").delete()
    editor = create_agent(email="eva@handrail.example", name="Eva", role="editor")
    assert browse(alice).post("/help/tickets/files/", {"files": text()}).status_code == 403
    assert browse(editor).post("/console/tickets/files/", {"files": text()}).status_code == 403
    assert browse(None).post("/help/tickets/files/", {"files": text()}).status_code == 401
    assert browse(None).post("/console/tickets/files/", {"files": text()}).status_code == 302
    assert not Attachment.objects.exists()


def test_anothers_file_cannot_be_taken_back(
    alice: Member, bob: Member, dora: Agent, browse: Browse
) -> None:
    kept = upload(alice)
    browse(bob).post(f"/help/tickets/files/{kept.public_id}/discard")
    browse(dora).post(f"/console/tickets/files/{kept.public_id}/discard")
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_a_file_that_was_sent_cannot_be_taken_back(alice: Member, browse: Browse) -> None:
    kept = upload(alice)
    ticket_of(alice, message=words(attachment_ids=[kept.public_id]))
    browse(alice).post(f"/help/tickets/files/{kept.public_id}/discard")
    assert Attachment.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("address", SIDES)
def test_each_side_links_to_its_own_addresses(
    cast: dict[str, Any], browse: Browse, address: str
) -> None:
    sent = upload(cast["alice"], "screen.png", picture())
    ticket = ticket_of(cast["alice"], message=words(attachment_ids=[sent.public_id]))
    browser = browse(cast[SIDES[address]])
    page = address.replace("files", ticket.conversation.public_id)
    linked = set(
        re.findall(r'"(/\w+/tickets/files/[\w-]{22}/\w*)"', browser.get(page).content.decode())
    )
    assert linked == {f"{address}{sent.public_id}/", f"{address}{sent.public_id}/preview"}
    for link in linked:
        assert browser.get(link).status_code == 200


def test_an_agents_file_reaches_the_member(alice: Member, dora: Agent, browse: Browse) -> None:
    ticket, sent = ticket_of(alice), upload(dora, "how-to.pdf", b"%PDF-1.7 how to")
    reply(dora, ticket, attachment_ids=[sent.public_id])
    answer = browse(alice).get(f"/help/tickets/files/{sent.public_id}/")
    assert answer.getvalue() == b"%PDF-1.7 how to"
    assert answer["Content-Disposition"] == 'attachment; filename="how-to.pdf"'
