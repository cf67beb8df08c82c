"""Is it seen what a question wants?"""

import pytest

from handrail.engines.ai.questions import Wanted, are_alike, fits, wanted


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How do I create a link?", Wanted.STEPS),
        ("Hi there, how can I pay?", Wanted.STEPS),
        ("Where are my invoices", Wanted.PLACE),
        ("How long does a payout take?", Wanted.AMOUNT),
        ("when do I get paid", Wanted.AMOUNT),
        ("What is the minimum payout?", Wanted.AMOUNT),
        ("Which fees do you take?", Wanted.AMOUNT),
        ("What does assisted mean?", Wanted.MEANING),
        ("Why was my click not counted?", Wanted.REASON),
        ("Can I pay by card?", Wanted.VERDICT),
        ("The report does not work", Wanted.REMEDY),
        ("Which currencies are there?", Wanted.LIST),
        ("Wie lange dauert eine Auszahlung?", Wanted.AMOUNT),
        ("Kann ich mit Karte zahlen?", Wanted.VERDICT),
        ("commission", Wanted.ANYTHING),
        ("", Wanted.ANYTHING),
        ("支払い方法は何ですか", Wanted.ANYTHING),
    ],
)
def test_what_a_question_wants(question: str, kind: Wanted) -> None:
    assert wanted(question) is kind


def test_the_same_question_in_other_forms_is_alike() -> None:
    assert are_alike("How do I pay an invoice?", "how can we pay invoices", "en")
    assert not are_alike("How do I pay an invoice?", "When do I pay an invoice?", "en")
    assert not are_alike("How do I pay an invoice?", "How do I pay an invoice by card?", "en")
    assert not are_alike("How do I?", "How do you?", "en")


def test_an_amount_looks_like_one() -> None:
    assert fits(Wanted.AMOUNT, "It takes two working days.")
    assert not fits(Wanted.AMOUNT, "It takes a while.")
    assert fits(Wanted.ANYTHING, "Whatever.")


def test_a_long_question_is_looked_at_in_a_moment() -> None:
    assert wanted("a, " * 3_000 + "how do I pay") in Wanted
