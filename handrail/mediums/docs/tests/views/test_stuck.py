"""Tests of the way from a page to a ticket."""

from collections.abc import Callable

from django.test import Client

from handrail.people.models import Member
from tests.help_pages import page_of, section_of


def test_a_ticket_knows_which_page_it_came_from(
    alice: Member, browse: Callable[..., Client]
) -> None:
    page = page_of(section_of("Brands"), "Links")
    answer = browse(alice).get(f"/help/docs/-/stuck/{page.public_id}")
    assert answer.status_code == 302
    assert f"source=docs%2F{page.public_id}" in answer["Location"]
    assert browse(alice).get(answer["Location"]).status_code == 200


def test_whoever_is_not_signed_in_is_led_to_their_platform(
    carol: Member, client: Client, browse: Callable[..., Client]
) -> None:
    page = page_of(section_of("Brands"), "Secret", audience="brand")
    path = f"/help/docs/-/stuck/{page.public_id}"
    assert client.get(path).status_code == 401
    assert browse(carol).get(path).status_code == 404
