"""List and detail use two rules. django-helpdesk GHSA-g9r9, Frappe.

A property: whatever appears anywhere (list, home, badge, queue, refs) can be read on its page, and
whatever can be read appears in the list.
"""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.models import Conversation
from handrail.hub import menu, refs
from handrail.hub.registry import find
from handrail.people.models import Agent, Member
from tests.making import reply, ticket_of, viewer_of

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
