"""Which mediums are installed, and where are their pages?"""

import pytest

from handrail.hub import registry
from handrail.hub.medium import Medium

pytestmark = pytest.mark.once


class Toy(Medium):
    name = "toy"


def test_a_medium_is_known_as_long_as_it_is_registered() -> None:
    assert registry.find("toy") is None
    with registry.temporarily(Toy()) as toy:
        assert registry.find("toy") is toy
        assert toy in registry.mediums()
    assert registry.find("toy") is None
    assert registry.find("tickets") in registry.mediums()


def test_it_is_forgotten_also_when_a_test_fails() -> None:
    with pytest.raises(RuntimeError), registry.temporarily(Toy()):
        raise RuntimeError
    assert registry.find("toy") is None


def test_a_real_medium_is_there_again_after_a_test_in_its_place() -> None:
    real = registry.find("tickets")
    with registry.temporarily(type("Other", (Medium,), {"name": "tickets"})()):
        assert registry.find("tickets") is not real
    assert registry.find("tickets") is real


def test_pages_stand_below_the_mediums_name_on_both_sides() -> None:
    for side, namespace in [("help", "tickets"), ("desk", "tickets-desk")]:
        found = {str(one.pattern): one for one in registry.medium_urls(side)}
        assert getattr(found["tickets/"], "namespace", None) == namespace


def test_addresses_for_everybody_that_are_in_the_panel_too_are_those_of_help_docs() -> None:
    assert registry.public_paths() == ["/docs/"]


def test_a_medium_without_pages_has_no_address() -> None:
    assert registry.medium_urls("nowhere") == []
    before = [str(resolver.pattern) for resolver in registry.medium_urls("help")]
    with registry.temporarily(Toy()):
        assert [str(resolver.pattern) for resolver in registry.medium_urls("help")] == before
