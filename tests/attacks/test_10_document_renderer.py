"""A document renderer reads the server's files. osTicket CVE-2026-22200.

What people wrote reaches the renderer as data alone: it is printed, and never run or fetched.
"""

import re
from collections.abc import Callable

import pytest
import typst
from django.db import connection
from django.test import Client
from django.urls import reverse

from handrail.mediums.tickets.exports import pdf
from handrail.mediums.tickets.exports.pdf import as_pdf
from handrail.mediums.tickets.exports.transcript import transcript
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words

ATTEMPTS = (
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    '#include "/etc/passwd"',
    '#import "@preview/cetz:0.3.1"',
    "#sys.inputs",
    '#eval("1+1")',
    "<img src=file:///etc/passwd>",
    '<iframe src="http://169.254.169.254/latest/meta-data/"></iframe>',
    "$ x^2 $ *bold* _em_ = Heading @label <label> \\ / // /* ` ```",
    '"]) #panic("out")',
    "\\u{41} \x00\x1b[31m \u202e",
)


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_somebody_wrote_is_printed_as_it_was_written(alice: Member, attempt: str) -> None:
    if connection.vendor == "postgresql":
        attempt = attempt.replace("\0", "")  # which it cannot even keep
    ticket = ticket_of(alice, attempt[:140], message=words(attempt))
    told = transcript(viewer_of(alice), ticket)
    assert told.entries[0].body == re.sub(r"[\x00-\x08\x0e-\x1f]", "", attempt)
    assert as_pdf(told).startswith(b"%PDF-")


@pytest.mark.once
@pytest.mark.parametrize("attempt", [*ATTEMPTS[:4], ATTEMPTS[9]])
def test_were_it_run_it_would_find_nothing_and_fail(attempt: str) -> None:
    """The renderer's file system is an empty folder; so the test above shows that nothing ran."""
    with pytest.raises(typst.TypstError):
        pdf.render(attempt.removeprefix('"])').strip().encode(), {})


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["export-pdf", "export-text"])
def test_a_members_file_holds_no_internal_note(
    alice: Member, dora: Agent, browse: Callable[..., Client], name: str
) -> None:
    ticket = ticket_of(alice)
    note(dora, ticket, "Their budget is secret.")
    reply(dora, ticket, "In the open.")
    path = reverse(f"tickets:{name}", args=[ticket.conversation.public_id])
    content = browse(alice).get(f"{path}?notes=on").content
    assert content
    if name == "export-text":
        assert b"In the open." in content
        assert b"budget" not in content
    entries = transcript(viewer_of(alice), ticket, with_notes=True).entries
    assert not any(entry.is_note for entry in entries)


@pytest.mark.django_db
def test_an_agents_file_holds_notes_only_where_they_are_asked_for(
    alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice)
    note(dora, ticket, "Their budget is secret.")
    path = reverse("tickets-desk:export-text", args=[ticket.conversation.public_id])
    agent = browse(dora)
    assert b"budget" not in agent.get(path).content
    assert b"budget" in agent.get(path, {"notes": "on"}).content


@pytest.mark.django_db
def test_the_file_is_a_download_that_runs_nowhere(
    alice: Member, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice, "<script>alert(1)</script>\u202e.exe")
    for name in ("export-pdf", "export-text"):
        path = reverse(f"tickets:{name}", args=[ticket.conversation.public_id])
        answer = browse(alice).get(path)
        kept = f"ticket-{ticket.conversation.number}.{'pdf' if 'pdf' in name else 'txt'}"
        assert answer["Content-Disposition"] == f'attachment; filename="{kept}"'
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
