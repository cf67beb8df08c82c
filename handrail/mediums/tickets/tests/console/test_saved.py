"""Do saved views stand beside the built-in ones, and lead to what was saved?"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.mediums.tickets.models import SavedView
from handrail.people.actions import create_agent
from handrail.people.models import Agent

pytestmark = pytest.mark.django_db

Browse = Callable[..., Client]
VIEWS = "/console/tickets/views/"


def test_the_filters_in_force_are_saved_under_a_name(dora: Agent, browse: Browse) -> None:
    browser = browse(dora)
    sent = {"name": "VIPs", "view": "all", "tag": "vip", "status": "nonsense", "x": "1"}
    answer = browser.post(VIEWS, sent)
    assert answer["HX-Redirect"] == "/console/tickets/?view=all&tag=vip"
    page = browser.get("/console/tickets/?view=all&tag=vip").content.decode()
    assert 'href="/console/tickets/?view=all&amp;tag=vip" aria-current="page">VIPs' in page
    assert page.count('aria-current="page">') == 2, "the view's tab, and Tickets in the navigation"


def test_filters_stand_in_the_address_and_nothing_where_there_are_none(
    dora: Agent, browse: Browse
) -> None:
    rows, browser = "/console/tickets/rows", browse(dora)
    shown = browser.get(rows, {"tag": "vip", "status": "", "x": "1"})["HX-Replace-Url"]
    assert shown == "/console/tickets/?tag=vip"
    assert browser.get(rows)["HX-Replace-Url"] == "/console/tickets/"


def test_a_view_without_a_name_comes_back(dora: Agent, browse: Browse) -> None:
    answer = browse(dora).post(VIEWS, {"name": " ", "tag": "vip"})
    assert answer.status_code == 422
    assert "Give the view a name." in answer.content.decode()
    assert not SavedView.objects.exists()


def test_views_are_renamed_and_deleted_by_whose_they_are(dora: Agent, browse: Browse) -> None:
    browse(dora).post(VIEWS, {"name": "VIPs", "tag": "vip"})
    path = f"{VIEWS}{SavedView.objects.get().public_id}/"
    finn = create_agent(email="finn@handrail.example", name="Finn")
    for act in ("rename", "delete"):
        assert browse(finn).post(path + act, {"name": "Mine"}).status_code == 404
    assert browse(dora).post(f"{path}rename", {"name": ""}).status_code == 422
    browse(dora).post(f"{path}rename", {"name": "Pressing"})
    assert SavedView.objects.get().name == "Pressing"
    browse(dora).post(f"{path}delete")
    assert not SavedView.objects.exists()


def test_an_old_view_with_words_of_yesterday_still_opens(dora: Agent, browse: Browse) -> None:
    SavedView.objects.create(name="Old", owner=dora, filters={"gone": "1", "tag": ["a"], "view": 5})
    assert browse(dora).get("/console/tickets/").status_code == 200
