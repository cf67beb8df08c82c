"""Tests of what is there where no page is."""

from collections.abc import Callable

from django.test import Client

from handrail.people.models import Member
from tests.help_pages import page_of, section_of


def test_the_nearest_pages_are_offered(
    alice: Member, client: Client, browse: Callable[..., Client]
) -> None:
    page_of(section_of("Brands"), "Payouts")
    site = client.get("/docs/brands/payuots")
    assert site.status_code == 404
    assert 'href="/docs/brands/payouts"' in site.content.decode()
    assert 'name="robots" content="noindex"' in site.content.decode()
    panel = browse(alice).get("/help/docs/brands/payuots")
    assert panel.status_code == 404
    assert 'href="/help/docs/brands/payouts"' in panel.content.decode()


def test_an_address_is_not_repeated_on_the_page(installation: None, client: Client) -> None:
    answer = client.get("/docs/<img src=x onerror=alert(1)>")
    assert answer.status_code == 404
    assert b"onerror" not in answer.content
