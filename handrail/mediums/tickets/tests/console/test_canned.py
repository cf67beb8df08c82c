"""Can agents keep, find and choose canned replies, and are they told what is wrong with one?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import CannedReply
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from tests.making import ticket_of, viewer_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
LIST = "/console/tickets/settings/canned/"


def test_an_empty_list_says_what_would_be_there(dora: Agent, browse: Browse) -> None:
    page = browse(dora).get(LIST).content.decode()
    assert "No canned replies yet" in page
    assert "{member.first_name}" in page
    assert f"{LIST}new" in page


def test_a_reply_is_written_changed_retired_and_revived(dora: Agent, browse: Browse) -> None:
    browser = browse(dora)
    sent = {"title": "Hi", "body": "Hello {member.name}"}
    page = browser.post(f"{LIST}new", sent, follow=True).content.decode()
    assert "Saved." in page
    assert "placeholder and stays" not in page
    reply = CannedReply.objects.get()
    assert reply.owner == dora
    path = f"{LIST}{reply.public_id}/"
    assert "Hello {member.name}" in browser.get(path).content.decode()
    browser.post(path, {"title": "Hi there", "body": "Hello"})
    assert "Hi there" in browser.post(f"{path}retire", follow=True).content.decode()
    reply.refresh_from_db()
    assert reply.retired_at
    browser.post(f"{path}retire")
    reply.refresh_from_db()
    assert reply.retired_at is None


def test_what_is_no_placeholder_is_pointed_out_when_saving(dora: Agent, browse: Browse) -> None:
    sent = {"title": "Hi", "body": "Hello {member.fistname}, {<b>} {nothing.like}"}
    page = browse(dora).post(f"{LIST}new", sent, follow=True).content.decode()
    words = "{member.fistname} is no placeholder and stays as it is. Did you mean"
    assert f"{words} {{member.first_name}}?" in page
    assert "{nothing.like} is no placeholder and stays as it is." in page


def test_a_form_that_fails_keeps_what_was_typed(dora: Agent, browse: Browse) -> None:
    for sent in ({"title": "Only this"}, {"body": "Only that"}, {"title": "x" * 81, "body": "y"}):
        answer = browse(dora).post(f"{LIST}new", sent)
        assert answer.status_code == 422
        assert next(iter(sent.values())) in answer.content.decode()
    assert not CannedReply.objects.exists()


def test_who_may_not_choose_for_all_is_not_asked_and_not_heard(dora: Agent, browse: Browse) -> None:
    assert "is_shared" not in browse(dora).get(f"{LIST}new").content.decode()
    browse(dora).post(f"{LIST}new", {"title": "Hi", "body": "Hello", "is_shared": "on"})
    assert CannedReply.objects.get().owner == dora


def test_an_administrator_writes_for_all(dora: Agent, browse: Browse) -> None:
    ada = create_agent(email="ada@handrail.example", name="Ada", role=AgentRole.ADMIN)
    browse(ada).post(f"{LIST}new", {"title": "Hi", "body": "Hello", "is_shared": "on"})
    reply = CannedReply.objects.get()
    assert reply.owner is None
    page = browse(dora).get(LIST).content.decode()
    assert "Everybody" in page
    assert f"{LIST}{reply.public_id}/" not in page, "no link to what may not be changed"


def test_a_search_narrows_and_says_so_when_nothing_is_left(dora: Agent, browse: Browse) -> None:
    for title in ("Refund", "Greeting"):
        actions.make_canned(viewer_of(dora), title=title, body="Hello")
    page = browse(dora).get(LIST, {"q": "refu"}).content.decode()
    assert "Refund" in page
    assert "Greeting" not in page
    for nothing in ("zzz", "…", "\0"):
        assert "No reply holds that" in browse(dora).get(LIST, {"q": nothing}).content.decode()


def test_the_picker_shows_what_would_be_written(alice: Member, dora: Agent, browse: Browse) -> None:
    reply = actions.make_canned(
        viewer_of(dora), title="Hi", body="Hello {member.name},\n\nabout {ticket.number} {x}"
    )
    ticket = ticket_of(alice)
    path = f"/console/tickets/{ticket.conversation.public_id}/canned"
    page = browse(dora).get(path).content.decode()
    assert f"Hello Alice,\n\nabout #{ticket.conversation.number} {{x}}</span>" in page
    assert browse(dora).post(f"{LIST}{reply.public_id}/used").status_code == 204
    reply.refresh_from_db()
    assert reply.used == 1
    actions.set_canned_retired(viewer_of(dora), reply, True)
    assert "No canned replies yet" in browse(dora).get(path).content.decode()


def test_the_preview_marks_what_was_filled_in(dora: Agent, browse: Browse) -> None:
    sent = {"body": "Hello {member.name} {x} <b>"}
    page = browse(dora).post(f"{LIST}preview", sent).content.decode()
    assert "<mark>Robin Vega</mark>" in page
    assert 'class="unknown"' in page
    assert "&lt;b&gt;" in page
    assert "made-up ticket" in browse(dora).post(f"{LIST}preview").content.decode()
