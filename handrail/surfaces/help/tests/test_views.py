"""What is on the pages that everybody sees first?"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from handrail.hub.medium import Lock, Medium
from handrail.hub.models import MediumOffer
from handrail.hub.registry import temporarily
from handrail.mediums.tickets.states import Act
from handrail.people.models import Agent, Audience, Host, Member
from handrail.people.viewer import Viewer
from handrail.surfaces.help.sessions import page_token
from handrail.surfaces.help.views import MOST_NOTICES
from tests.making import SUBJECT, reply, ticket_of

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
IN_A_FRAME = {"sec-fetch-dest": "iframe"}


def home(browser: Client) -> str:
    response = browser.get("/help/")
    assert response.status_code == 200
    return response.content.decode()


def offer(medium: Medium) -> None:
    everyone = Audience.objects.get(key="everyone")
    MediumOffer.objects.create(medium=medium.name, position=0, audience=everyone)


class Academy(Medium):
    """A medium that is open to everybody, visitors included."""

    name = "lessons"
    label = "Lessons"
    blurb = "Learn it step by step."
    for_nobody = True

    def menu_url(self) -> str:
        return "/help/lessons/"

    def badge(self, viewer: Viewer) -> int:
        return 7


class Booking(Medium):
    """A medium that this plan does not hold."""

    name = "meetings"
    label = "Meetings"

    def menu_url(self) -> str:
        return "/help/meetings/"

    def lock(self, viewer: Viewer) -> Lock | None:
        return Lock(
            "Part of the Enterprise plan.", "Ask for it", "/help/tickets/?createTicket=true"
        )


# --- The home -----------------------------------------------------------------------------------


def test_the_home_greets_by_the_first_name_and_offers_what_is_open(
    alice: Member, browse: Browse
) -> None:
    page = home(browse(alice))
    assert "Hello Alice, how can we help?" in page
    assert 'href="/help/tickets/"' in page


def test_the_mediums_stand_in_the_owners_order_with_their_words(
    alice: Member, browse: Browse
) -> None:
    with temporarily(Academy()) as lessons:
        offer(lessons)
        page = home(browse(alice))
        assert page.index("Lessons") < page.index("Tickets")
        assert '<span class="count">7<' in page
        MediumOffer.objects.filter(medium=lessons.name).update(position=99, label="Courses")
        page = home(browse(alice))
        assert page.index("Tickets") < page.index("Courses")
        MediumOffer.objects.filter(medium=lessons.name).update(is_on=False)
        assert "Courses" not in home(browse(alice))


def test_a_locked_medium_says_why_and_what_to_do(alice: Member, browse: Browse) -> None:
    with temporarily(Booking()) as meetings:
        offer(meetings)
        page = home(browse(alice))
    assert "Part of the Enterprise plan." in page
    assert '<a href="/help/tickets/?createTicket=true">Ask for it</a>' in page
    assert 'href="/help/meetings/"' not in page


def test_what_waits_for_the_member_stands_first_and_only_once(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice)
    reply(dora, ticket, act=Act.OFFER)
    page = home(browse(alice))
    assert "Waiting for you" in page
    assert page.count(f'href="/help/tickets/{ticket.conversation.public_id}/"') == 1
    assert page.index("Waiting for you") < page.index("Ways to get help")


def test_notices_are_listed_newest_first_until_they_are_read(
    alice: Member, dora: Agent, browse: Browse
) -> None:
    for number in range(MOST_NOTICES + 2):
        reply(dora, ticket_of(alice, subject=f"Question {number}"), act=Act.REPLY)
    browser = browse(alice)
    page = home(browser)
    listed = page[page.index("notices-title") :]
    assert listed.count("Question") == MOST_NOTICES
    assert listed.index("Question 6") < listed.index("Question 5")
    assert browser.post("/help/notices/read").status_code == 200
    assert "notices-title" not in home(browser)


def test_a_notice_of_what_somebody_may_no_longer_read_leads_nowhere(
    alice: Member, bob: Member, dora: Agent, browse: Browse
) -> None:
    ticket = ticket_of(alice, is_shared=True)
    reply(bob, ticket)
    reply(dora, ticket)
    ticket.conversation.is_shared = False
    ticket.conversation.save(update_fields=["is_shared"])
    page = home(browse(bob))
    assert SUBJECT not in page
    assert ticket.conversation.public_id not in page


def test_where_nothing_waits_the_home_says_what_would(alice: Member, browse: Browse) -> None:
    assert "Nothing is waiting for you." in home(browse(alice))


def test_a_visitor_finds_what_is_for_everybody_and_the_way_in(host: Host) -> None:
    with temporarily(Academy()) as lessons:
        offer(lessons)
        page = home(Client())
    assert "How can we help?" in page
    assert "Lessons" in page
    assert 'href="/help/tickets/"' not in page
    assert "Sign in with The Platform" in page
    assert f"{host.sign_in_url}?handrail_return=" in page


# --- What our scripts ask ------------------------------------------------------------------------


def test_the_badge_counts_and_says_whose_it_is(alice: Member, dora: Agent, browse: Browse) -> None:
    reply(dora, ticket_of(alice))
    answer = browse(alice).get("/help/unread")
    assert answer.json() == {"unread": 1, "page_token": page_token(alice)}
    assert "no-store" in answer["Cache-Control"]


def test_nobody_has_no_badge_and_no_error(host: Host) -> None:
    answer = Client().get("/help/unread")
    assert (answer.status_code, answer.content) == (204, b"")


def test_who_is_signed_out_on_an_open_page_is_shown_the_way_in(host: Host) -> None:
    answer = Client().get("/help/signed-out")
    text = answer.content.decode()
    assert text.strip().startswith("<dialog")
    assert f"{host.sign_in_url}?handrail_return=" in text
    assert "data-try-again" in text


# --- The boot page --------------------------------------------------------------------------------


def test_the_boot_page_is_the_same_for_all_and_kept_for_a_while(
    alice: Member, browse: Browse
) -> None:
    with_session, without = browse(alice).get("/help/frame"), Client().get("/help/frame")
    assert with_session["Cache-Control"] == without["Cache-Control"] == "private, max-age=300"
    assert with_session.content == without.content
    assert "Alice" not in without.content.decode()


def test_a_page_that_needs_a_session_boots_the_panel_in_its_place(host: Host) -> None:
    answer = Client().get("/help/tickets/?status=open", headers=IN_A_FRAME)
    assert answer.status_code == 401
    assert 'data-renew="/help/tickets/?status=open"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_members_page_says_how_long_its_session_lives(alice: Member, browse: Browse) -> None:
    page: Any = home(browse(alice))
    seconds = int(page.partition('data-session-seconds="')[2].partition('"')[0])
    assert 29 * 60 < seconds <= 30 * 60
