"""What does the one search box find for whom?"""

from collections.abc import Iterator

import pytest

from handrail.engines.activity.ref import Ref
from handrail.engines.search.excerpts import Part
from handrail.hub import registry
from handrail.hub.finding import MOST_IN_GROUP, MOST_LETTERS, search_everything
from handrail.hub.medium import Finding, Findings, Lock, Medium
from handrail.hub.models import MediumOffer
from handrail.people.models import Audience, Member
from handrail.people.viewer import Viewer, viewer_for_nobody
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


class Shelf(Medium):
    """Books, some of which stand in a public room, too."""

    name = "shelf"
    label = "Shelf"
    search_place = 1

    def __init__(self, *titles: str, is_locked: bool = False, for_nobody: bool = True) -> None:
        vars(self).update(for_nobody=for_nobody)
        self.titles, self.is_locked, self.asked = titles, is_locked, list[str]()

    def lock(self, viewer: Viewer) -> Lock | None:
        return Lock("Not in your plan.") if self.is_locked else None

    def search(self, viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings | None:
        self.asked.append(text)
        found = [self.found(title) for title in self.titles[:limit]]
        return Findings(found, "/shelf", "/public/shelf", may_refine=not refine)

    def ask_url(self, question: str, *, is_public: bool) -> str:
        return f"/{'public' if is_public else 'shelf'}/ask/{question}"

    def found(self, title: str) -> Finding:
        public = "" if title == "Letters" else f"/public/{title}"
        return Finding(Ref(self.name, title), f"/shelf/{title}", [Part(title)], public_url=public)


@pytest.fixture
def shelf(request: pytest.FixtureRequest, installation: None) -> Iterator[Shelf]:
    titles, options = getattr(request, "param", (("Atlas", "Letters"), {}))
    MediumOffer.objects.all().delete()
    everyone = Audience.objects.get(key="everyone")
    MediumOffer.objects.create(medium="shelf", position=0, audience=everyone)
    with registry.temporarily(Shelf(*titles, **options)) as medium:
        assert isinstance(medium, Shelf)
        yield medium


def urls(viewer: Viewer, text: str = "maps", *, is_public: bool = False) -> list[str]:
    found = search_everything(viewer, text, is_public=is_public)
    return [one.url for group in found.groups for one in group.found]


def test_on_the_public_site_pages_are_found_where_everybody_reads_them(shelf: Shelf) -> None:
    nobody = viewer_for_nobody()
    assert urls(nobody) == ["/shelf/Atlas", "/shelf/Letters"]
    assert urls(nobody, is_public=True) == ["/public/Atlas", "/shelf/Letters"]
    (group,) = search_everything(nobody, "maps", is_public=True).groups
    assert group.findings.more_url == "/public/shelf"


@pytest.mark.parametrize("text", ["", " ", "a", " .a! ", "\0"])
def test_too_little_is_not_looked_for(shelf: Shelf, text: str) -> None:
    found = search_everything(viewer_for_nobody(), text)
    assert (found.is_too_short, found.groups, shelf.asked) == (True, (), [])


@pytest.mark.parametrize("text", ["ab", "7", "#7", "ب ت"])
def test_two_letters_or_a_digit_are_enough(shelf: Shelf, text: str) -> None:
    assert urls(viewer_for_nobody(), text)


def test_a_letter_of_ten_kilobytes_is_cut(shelf: Shelf) -> None:
    search_everything(viewer_for_nobody(), "long\0 \n" * 2_000)
    assert [len(text) for text in shelf.asked] == [MOST_LETTERS]


@pytest.mark.parametrize("shelf", [((), {})], indirect=True)
def test_where_words_find_nothing_their_meaning_still_may(shelf: Shelf) -> None:
    found = search_everything(viewer_for_nobody(), "maps")
    assert found.groups == ()
    assert found.may_refine
    assert not search_everything(viewer_for_nobody(), "maps", refine=True).may_refine


@pytest.mark.parametrize("shelf", [(("Atlas",), {"is_locked": True})], indirect=True)
def test_a_medium_that_is_closed_is_not_asked(alice: Member, shelf: Shelf) -> None:
    assert urls(viewer_of(alice)) == []
    assert shelf.asked == []


@pytest.mark.parametrize("shelf", [(("Atlas",), {"for_nobody": False})], indirect=True)
def test_what_is_for_members_is_not_asked_for_a_visitor(alice: Member, shelf: Shelf) -> None:
    assert urls(viewer_for_nobody()) == []
    assert urls(viewer_of(alice)) == ["/shelf/Atlas"]


@pytest.mark.parametrize("shelf", [(tuple("abcdefgh"), {})], indirect=True)
def test_of_each_medium_a_handful_is_found(shelf: Shelf) -> None:
    assert len(urls(viewer_for_nobody())) == MOST_IN_GROUP


def test_the_same_words_can_be_asked_where_a_medium_answers(shelf: Shelf) -> None:
    nobody = viewer_for_nobody()
    assert search_everything(nobody, " which  maps? ").ask_url == "/shelf/ask/which maps?"
    assert search_everything(nobody, "maps", is_public=True).ask_url == "/public/ask/maps"
    assert search_everything(nobody, "m").ask_url == ""
    MediumOffer.objects.update(is_on=False)
    assert search_everything(nobody, "maps").ask_url == ""
