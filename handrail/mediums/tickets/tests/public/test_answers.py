"""In which language does somebody read the answers?"""

from django.utils import translation

from handrail.mediums.tickets.models import SignInAnswer
from handrail.mediums.tickets.public.answers import FIRST_ANSWERS, spoken


def test_the_owners_own_words_stay_as_they_are_in_every_language() -> None:
    """Also where a catalog has a word for them."""
    with translation.override("de"):
        assert spoken([SignInAnswer(question="Close", answer="Send")]) == [("Close", "Send")]


def test_the_first_answers_fit_where_they_are_kept() -> None:
    for question, answer in FIRST_ANSWERS:
        SignInAnswer(question=question, answer=answer).full_clean(validate_unique=False)
