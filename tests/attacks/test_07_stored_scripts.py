"""Stored XSS in HTML mail or rich text. FreeScout CVE-2026-32754.

What people write is kept as it was and escaped wherever it is shown: member's page, agent's page,
list, notice, mail. The pages' CSP would stop a script even if one got through.
"""

from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.test import Client

from handrail.engines.conversations.models import Score
from handrail.engines.notify.models import OutgoingMail
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words
from tests.strangers import proved

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    '"><svg/onload=window.pwned=1>',
    "<a href='javascript:window.pwned=1'>click</a>",
    "javascript:window.pwned=1 https://a.example/'onmouseover='window.pwned=1",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "{{ 7|add:7 }}{% load i18n %}",
    "</textarea><script>window.pwned=1</script>",
]


class Danger(HTMLParser):
    """Collects what could run: foreign elements, handlers, addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in {"iframe", "object", "embed", "math", "mglyph"}:
            self.found.append(tag)
        if tag == "script" and "src" not in given:
            self.found.append("inline script")
        for name, value in given.items():
            runs = value.strip().lower().startswith(("javascript:", "data:text"))
            if name.startswith("on") or name == "srcdoc" or (name in {"href", "src"} and runs):
                self.found.append(f"{tag} {name}={value}")


def dangers(page: str) -> list[str]:
    parser = Danger()
    parser.feed(page)
    return parser.found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_is_written_runs_anywhere(
    payload: str, alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    ticket = ticket_of(alice, subject=payload, message=words(payload))
    actions.follow(viewer_of(dora), ticket)
    reply(alice, ticket, payload)
    reply(dora, ticket, payload)
    note(dora, ticket, payload)
    actions.move(viewer_of(alice), ticket, Act.CLOSE)
    actions.rate(viewer_of(alice), ticket, Score.BAD, payload)
    public_id = ticket.conversation.public_id
    pages = [
        browse(alice).get(path).content.decode()
        for path in ("/help/", "/help/tickets/", f"/help/tickets/{public_id}/")
    ]
    pages += [
        browse(dora).get(path).content.decode()
        for path in ("/console/tickets/", f"/console/tickets/{public_id}/")
    ]
    for page in pages:
        assert dangers(page) == []
        assert payload not in page or "<" not in payload
    for letter in OutgoingMail.objects.all():
        assert dangers(letter.html) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_in_the_picker_the_palette_or_the_editor(
    payload: str, alice: Member, dora: Agent, browse: Callable[..., Client]
) -> None:
    """A canned reply's own words, and what its placeholders bring in from a member."""
    public_id = ticket_of(alice, subject=payload).conversation.public_id
    said = f"{payload} {{ticket.subject}} {{member.name}}"
    kept = actions.make_canned(viewer_of(dora), title=payload[:80], body=said)
    alice.person.name = payload
    alice.person.save()
    browser, settings = browse(dora), "/console/tickets/settings/canned/"
    pages = [
        browser.get(path).content.decode()
        for path in (
            f"/console/tickets/{public_id}/canned",
            settings,
            f"{settings}?q={quote(payload)}",
            f"{settings}{kept.public_id}/",
            f"/console/palette?q={quote(payload)}",
            f"/console/palette?q=tag%20{quote(payload[:40])}&here=tickets/{public_id}",
            f"/console/palette?seen=tickets/{public_id}",
        )
    ]
    pages.append(browser.post(f"{settings}preview", {"body": said}).content.decode())
    for page in pages:
        assert dangers(page) == []
        assert payload not in page or "<" not in payload


def test_a_template_in_a_message_is_only_text(alice: Member, browse: Callable[..., Client]) -> None:
    ticket = ticket_of(alice, message=words("{{ 7|add:7 }}"))
    page = browse(alice).get(f"/help/tickets/{ticket.conversation.public_id}/").content.decode()
    assert "{{ 7|add:7 }}" in page


@pytest.mark.parametrize("path", ["/help/tickets/", "/help/"])
def test_a_page_would_not_run_an_injected_script(
    path: str, alice: Member, browse: Callable[..., Client]
) -> None:
    policy = browse(alice).get(path)["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert "unsafe" not in policy
    assert directives["default-src"] == "'none'"
    assert directives["object-src"] == directives["base-uri"] == "'none'"
    assert all(
        source == "'self'" or source.startswith("'nonce-")
        for source in directives["script-src"].split()
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_a_stranger_writes_runs_at_an_agents(
    payload: str, dora: Agent, browse: Callable[..., Client]
) -> None:
    said = {"name": payload[:100], "account_name": payload[:100], "body": payload}
    ticket = proved(dora, **said)
    reply(dora, ticket, payload)
    actions.add_words(actions.STRANGER, ticket, payload)
    page = f"/console/tickets/{ticket.conversation.public_id}/"
    for path in ("/console/tickets/", page, "/console/notices/", "/sign-in-help"):
        shown = browse(dora).get(path).content.decode()
        assert dangers(shown) == []
        assert payload not in shown or "<" not in payload
    for letter in OutgoingMail.objects.all():
        assert dangers(letter.html) == []
