"""List and detail use two rules. django-helpdesk GHSA-g9r9, Frappe.

A property: whatever appears anywhere (list, home, badge, queue, refs) can be read on its page, and
whatever can be read appears in the list.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.models import Conversation, Message
from handrail.engines.search import library
from handrail.engines.search.library import actions as shelving
from handrail.engines.search.models import LibraryPage
from handrail.hub import menu, refs
from handrail.hub.registry import find
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import Ticket
from handrail.people.models import Agent, Member
from tests.making import note, reply, ticket_of, viewer_of, words

pytestmark = pytest.mark.django_db

TICKETS = st.lists(
    st.tuples(st.sampled_from(["alice", "bob", "carol"]), st.booleans(), st.booleans()),
    min_size=1,
    max_size=8,
)


def listed(browser: Client, path: str) -> set[str]:
    page = browser.get(path).content.decode()
    return {c.public_id for c in Conversation.objects.all() if c.public_id in page}


def readable(browser: Client, path: str) -> set[str]:
    ids = Conversation.objects.values_list("public_id", flat=True)
    return {i for i in ids if browser.get(path.format(i)).status_code == 200}


@st.composite
def joinings(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """What agents do with the tickets of TICKETS, by their places; what cannot be is refused."""
    acts = st.sampled_from(["merge", "split", "link"])
    place = st.integers(min_value=0, max_value=7)
    return draw(st.lists(st.tuples(acts, place, place), max_size=6))


def join(dora: Agent, tickets: list[Ticket], act: str, one: int, other: int) -> None:
    first, second = tickets[one % len(tickets)], tickets[other % len(tickets)]
    viewer = viewer_of(dora)
    with suppress(actions.NotNow):
        if act == "merge":
            actions.merge(viewer, first, second)
        elif act == "link":
            actions.link(viewer, first, second)
        else:
            said = Message.objects.filter(conversation_id=first.pk, kind="reply").order_by("-pk")
            ids = list(said.values_list("public_id", flat=True)[:1])
            actions.split(viewer, first, actions.Part(ids, "Split off", first.issue_type))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tickets=TICKETS, acts=joinings())
def test_merging_and_splitting_show_nobody_more(
    tickets: list[tuple[str, bool, bool]],
    acts: list[tuple[str, int, int]],
    alice: Member,
    bob: Member,
    carol: Member,
    dora: Agent,
    browse: Callable[..., Client],
) -> None:
    """Whoever reads a word afterwards read it before; list, page, search and links agree."""
    Conversation.objects.update(merged_into=None)  # else what it leads to could not go
    Conversation.objects.all().delete()
    cast = {"alice": alice, "bob": bob, "carol": carol}
    made = []
    for number, (who, is_shared, is_answered) in enumerate(tickets):
        made.append(ticket_of(cast[who], is_shared=is_shared, message=words(f"word{number}")))
        if is_answered:
            reply(dora, made[-1], f"answer{number}", act="ask")
            note(dora, made[-1], f"note{number}")
    before = {name: read_by(member) for name, member in cast.items()}
    for act, one, other in acts:
        join(dora, made, act, one, other)
    for name, member in cast.items():
        assert read_by(member) == before[name], name
        browser = browse(member)
        can_read = readable(browser, "/help/tickets/{}/")
        assert can_read == listed(browser, "/help/tickets/")
        for public_id in can_read:
            path = f"/help/tickets/{public_id}/"
            assert listed(browser, path) <= can_read
            assert "note" not in words_of(browser.get(path).content.decode())


def read_by(member: Member) -> set[str]:
    rows = Message.objects.visible_to(viewer_of(member)).exclude(kind="event")
    return set(rows.values_list("body", flat=True))


def words_of(page: str) -> set[str]:
    """Words of notes that a page shows, without their numbers."""
    return {"note" for _found in re.findall(r">\s*note\d", page)}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tickets=TICKETS)
def test_what_is_listed_is_what_can_be_read(
    tickets: list[tuple[str, bool, bool]],
    alice: Member,
    bob: Member,
    carol: Member,
    dora: Agent,
    browse: Callable[..., Client],
) -> None:
    Conversation.objects.update(merged_into=None)  # else what it leads to could not go
    Conversation.objects.all().delete()
    cast = {"alice": alice, "bob": bob, "carol": carol}
    for who, is_shared, is_answered in tickets:
        ticket = ticket_of(cast[who], is_shared=is_shared)
        if is_answered:
            reply(dora, ticket, act="ask")
    for member in cast.values():
        browser, viewer = browse(member), viewer_of(member)
        can_read = readable(browser, "/help/tickets/{}/")
        allowed = {
            c.public_id
            for c in Conversation.objects.all()
            if c.creator_id == member.pk or (c.is_shared and c.account_id == member.account_id)
        }
        assert can_read == listed(browser, "/help/tickets/") == allowed
        assert listed(browser, "/help/") <= can_read
        everything = [Ref("tickets", c.public_id) for c in Conversation.objects.all()]
        assert {ref.public_id for ref in refs.resolve(viewer, everything)} == can_read
        unread = Conversation.objects.filter(public_id__in=can_read, is_unread=True).count()
        assert menu.unread(viewer) == unread
    medium = find("tickets")
    assert medium is not None
    assert readable(browse(dora), "/console/tickets/{}/") == listed(
        browse(dora), "/console/tickets/?view=all"
    )


# --- Pages of the library -----------------------------------------------------------------------


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    audiences=st.lists(st.sampled_from([None, 1, 2, 3]), min_size=1, max_size=6),
    mine=st.frozensets(st.sampled_from([1, 2, 3])),
)
def test_the_library_lists_what_may_be_read_and_nothing_else(
    audiences: list[int | None], mine: frozenset[int]
) -> None:
    """By every way in: hits, passages, corrections, completions, the question's confidence."""
    LibraryPage.objects.all().delete()
    for number, audience in enumerate(audiences):
        shelving.put(
            "docs",
            str(number),
            language="en",
            audience_id=audience,
            title=f"Export{'abcdef'[number] * 3} guide",
            summary="",
            sections=[library.Section((), "", 0, "How to export.")],
        )
    readable = {str(n) for n, one in enumerate(audiences) if one is None or one in mine}
    options: Any = {"audiences": mine, "languages": ("en",)}
    found = {hit.thing_id for hit in library.search("guide", limit=50, **options).hits}
    evidence = library.evidence_for("guide", limit=50, **options)
    completed = library.suggest_words("export", limit=50, **options)
    assert found == readable
    assert {page.thing_id for page in evidence.pages} == readable
    assert {word for word in completed if word != "export"} == {
        f"export{'abcdef'[int(number)] * 3}" for number in readable
    }
    for number in range(len(audiences)):
        slip = library.search(f"exprot{'abcdef'[number] * 3} ", **options)
        if str(number) not in readable:
            assert f"export{'abcdef'[number] * 3}" not in (slip.corrected or "")
