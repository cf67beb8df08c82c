"""Do editors hear what readers think of a page?"""

from django.test import Client

from handrail.mediums.docs import actions
from handrail.mediums.docs.console.verdicts import MOST_LISTED, counts
from handrail.mediums.docs.models import Page, Score
from handrail.people.models import Member
from handrail.people.viewer import viewer_for_nobody
from tests.making import viewer_of


def say(page: Page, score: Score, words: str = "", who: Member | None = None) -> None:
    viewer = viewer_of(who) if who else viewer_for_nobody()
    given = actions.rate(viewer, page, score)
    if words:
        actions.comment(given.public_id, words)


def test_every_kind_is_counted_those_that_nobody_chose_too(page: Page) -> None:
    for score in (Score.GOOD, Score.GOOD, Score.BAD):
        say(page, score)
    assert [(one.score, one.count, one.percent) for one in counts(page)] == [
        ("good", 2, 67),
        ("ok", 0, 0),
        ("bad", 1, 33),
    ]


def test_comments_come_newest_first_with_their_writer(
    desk: Client, page: Page, alice: Member
) -> None:
    say(page, Score.BAD, "Where is the <b>button</b>?", alice)
    say(page, Score.OK, "Long, but fine.")
    text = desk.get(f"/console/docs/{page.public_id}/feedback").content.decode()
    assert text.index("Long, but fine.") < text.index("Where is the &lt;b&gt;button")
    assert "Alice" in text and "Acme" in text and "A visitor" in text


def test_what_a_program_found_is_among_the_comments_and_no_score(desk: Client, page: Page) -> None:
    say(page, Score.GOOD)
    nobody = viewer_for_nobody()
    actions.report(
        nobody, page, "Step 2 names a <i>menu</i> that is gone.", goal="export a <b>report</b>"
    )
    assert [one.percent for one in counts(page)] == [100, 0, 0]
    text = desk.get(f"/console/docs/{page.public_id}/feedback").content.decode()
    assert "Step 2 names a &lt;i&gt;menu" in text and "export a &lt;b&gt;report" in text
    assert "An AI agent" in text and "A visitor" not in text


def test_older_comments_are_behind_the_list(desk: Client, page: Page) -> None:
    for number in range(MOST_LISTED + 1):
        say(page, Score.OK, f"Comment number {number}.")
    path = f"/console/docs/{page.public_id}/feedback"
    first = desk.get(path).content.decode()
    assert "Comment number 0." not in first
    before = first.partition("?before=")[2].partition('"')[0]
    assert "Comment number 0." in desk.get(path, {"before": before}).content.decode()
    assert desk.get(path, {"before": "nothing\0"}).status_code == 200
