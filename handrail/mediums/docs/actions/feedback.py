"""What can a reader say about a page? One of three faces, and then a few words."""

from django.db import transaction
from django.db.models import F

from handrail.mediums.docs.models import Feedback, Page, Score
from handrail.people.viewer import Viewer


@transaction.atomic
def rate(viewer: Viewer, page: Page, score: Score) -> Feedback:
    """Anybody who may read the page may say so, signed in or not.

    A member has one word a revision: the latest. Visitors are not told apart, so each press of
    theirs counts; the page keeps count of what was good for the ranking of search.
    """
    found = None
    if viewer.member:
        own = Feedback.objects.filter(page=page, member=viewer.member, is_from_program=False)
        found = own.filter(number=page.number).first()
    was_good = found is not None and found.score == Score.GOOD
    if found is None:
        found = Feedback(page=page, member=viewer.member, number=page.number)
    found.score = score
    found.save()
    step = int(score == Score.GOOD) - int(was_good)
    if step:
        Page.objects.filter(pk=page.pk).update(good=F("good") + step)
    return found


def report(viewer: Viewer, page: Page, words: str, *, goal: str = "") -> Feedback:
    """What a program found wrong in a page that its viewer may read: words without a score.

    `words` have 2,048 letters at most, `goal` 500.
    """
    return Feedback.objects.create(
        page=page,
        number=page.number,
        member=viewer.member,
        comment=words,
        goal=goal,
        is_from_program=True,
    )


def comment(public_id: str, words: str) -> bool:
    """Adds words to a rating; whoever has its random id wrote it. False where there is none."""
    return bool(Feedback.objects.filter(public_id=public_id).update(comment=words))
