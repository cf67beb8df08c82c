"""How does another medium lead here? By a form that is filled in, never with a ticket."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from handrail.base.ids import is_public_id
from handrail.engines.activity.ref import Ref
from handrail.hub.medium import Handoff
from handrail.hub.refs import resolve
from handrail.mediums.tickets.fields import PREFIX
from handrail.people.viewer import Viewer

PREFILLED = ("subject", "body", "issue_type", "source")
"""What an address may fill in, beside the issue type's own fields; the rest the member chooses."""


def form_url(draft: Handoff) -> str:
    """The address of the form with what the draft brings, and what it is about."""
    words = {"subject": draft.title, "body": draft.body, **draft.fields}
    if draft.source:
        words["source"] = str(draft.source)
    query = {key: text for key, text in words.items() if text and _may_be_filled_in(key)}
    return f"{reverse('tickets:index')}?{urlencode({'createTicket': 'true', **query})}"


def prefilled(query: Mapping[str, str]) -> dict[str, str]:
    """What an address fills in; empty for the form that one opens by hand."""
    return {key: query[key] for key in query if query[key] and _may_be_filled_in(key)}


def source_of(viewer: Viewer, text: str) -> Ref | None:
    """What the form came from, where this viewer may read it; anything else is nothing."""
    ref = ref_of(text)
    return ref if ref and resolve(viewer, [ref]) else None


def ref_of(text: str) -> Ref | None:
    """A Ref as an address writes it."""
    medium, _slash, public_id = text.partition("/")
    return Ref(medium, public_id) if is_public_id(public_id) else None


def _may_be_filled_in(key: str) -> bool:
    return key in PREFILLED or (key.startswith(PREFIX) and is_public_id(key.removeprefix(PREFIX)))
