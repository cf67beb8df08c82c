"""What can a page name, and what is nothing?"""

from collections.abc import Iterator

import pytest

from handrail.engines.live import topics
from handrail.engines.live.topics import Topic, followers_among, may_follow, parse
from handrail.people.viewer import Viewer

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One kind of topic: its rule lets everybody follow what begins with an a."""
    monkeypatch.setattr(topics, "_kinds", {})
    topics.register("letters", lambda viewer, key: key.startswith("a"))
    yield


def test_a_topic_is_what_a_page_sends() -> None:
    assert parse("letters:abc") == Topic("letters", "abc")
    assert str(Topic("letters", "abc")) == "letters:abc"
    assert parse("letters:a:b") == Topic("letters", "a:b")
    assert parse("letters:") == parse("letters") == Topic("letters", "")


@pytest.mark.parametrize("text", ["", ":", "numbers:1", "Letters:a", None, 7, [], {}, "x" * 101])
def test_what_names_nothing_is_nothing(text: object) -> None:
    assert parse(text) is None


def test_the_rule_of_its_kind_says_who_may_follow() -> None:
    assert may_follow(Viewer(), Topic("letters", "abc"))
    assert not may_follow(Viewer(), Topic("letters", "xyz"))
    assert not may_follow(Viewer(), Topic("numbers", "abc")), "without a rule, nobody"


def test_it_says_so_for_many_at_once() -> None:
    viewers: dict[tuple[str, ...], Viewer] = {("one",): Viewer(), ("two",): Viewer()}
    assert followers_among(viewers, Topic("letters", "abc")) == set(viewers)
    assert followers_among(viewers, Topic("letters", "xyz")) == set()
    assert followers_among(viewers, Topic("numbers", "abc")) == set()
