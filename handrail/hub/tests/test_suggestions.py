"""What is suggested to whom before they ask?"""

from collections.abc import Iterable, Iterator

import pytest

from handrail.engines.activity.ref import Ref
from handrail.hub import registry
from handrail.hub.medium import Lock, Medium, Suggestion
from handrail.hub.models import MediumOffer
from handrail.hub.suggestions import MOST_LETTERS, MOST_SHOWN, has_suggesters, suggest
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


class Shelf(Medium):
    """Pages of which those with an even number may be read."""

    label = "Shelf"

    def __init__(self, name: str, pages: int = 2) -> None:
        vars(self).update(name=name)
        self.pages, self.asked = pages, list[str]()

    def suggest(self, viewer: Viewer, words: str) -> list[Suggestion]:
        self.asked.append(words)
        numbers = range(self.pages)
        return [Suggestion(Ref(self.name, f"{n}"), f"{self.name} {n}") for n in numbers]

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        return {one for one in public_ids if int(one) % 2 == 0}

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        return f"/{self.name}/{public_id}"


@pytest.fixture
def docs(alice: Member) -> Iterator[Shelf]:
    with registry.temporarily(Shelf("docs")) as shelf:
        assert isinstance(shelf, Shelf)
        yield shelf


def titles(member: Member, words: str = "late payout") -> list[str]:
    return [shown.title for shown in suggest(viewer_of(member), words)]


def test_what_may_be_read_is_shown_with_its_address(alice: Member, docs: Shelf) -> None:
    (shown,) = suggest(viewer_of(alice), "  late \n payout ")
    assert (shown.title, shown.url, shown.medium) == ("docs 0", "/docs/0", "Shelf")
    assert docs.asked == ["late payout"]


@pytest.mark.parametrize("words", ["", "ab", " a b ", "...!?", "12"])
def test_two_letters_say_nothing_yet(alice: Member, docs: Shelf, words: str) -> None:
    assert titles(alice, words) == []
    assert docs.asked == []


def test_long_words_are_cut_and_few_things_are_shown(alice: Member, docs: Shelf) -> None:
    docs.pages = 100
    assert len(titles(alice, "x" * 9000)) <= MOST_SHOWN
    assert docs.asked == ["x" * MOST_LETTERS]


def test_mediums_are_asked_in_the_owners_order_where_they_are_open(
    alice: Member, docs: Shelf
) -> None:
    with registry.temporarily(Shelf("academy")):
        assert titles(alice) == ["academy 0", "docs 0"]
        MediumOffer.objects.filter(medium="academy").update(is_on=False)
        assert titles(alice) == ["docs 0"]
    docs.lock = lambda viewer: Lock("Not in your plan.")  # type: ignore[method-assign]
    assert titles(alice) == []


def test_a_page_knows_whether_anybody_suggests(docs: Shelf) -> None:
    assert has_suggesters()
    with pytest.MonkeyPatch.context() as without:
        without.delattr(Shelf, "suggest")
        assert not has_suggesters()
