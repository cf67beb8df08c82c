"""What are robots told of addresses with a question in them?"""

import pytest

from handrail.base.robots import has_question, is_trainer


@pytest.mark.parametrize("query", ["ask=x", "ask", "q=", "a=b&q=c", "%61sk=x"])
def test_a_question_is_seen(query: str) -> None:
    assert has_question(query)


@pytest.mark.parametrize("query", ["", "a=ask", "asked=x", "questions=q", "a=b&c"])
def test_other_parameters_are_no_questions(query: str) -> None:
    assert not has_question(query)


def test_who_gathers_text_is_known_by_its_name() -> None:
    assert is_trainer("Mozilla/5.0 (compatible; Amazonbot/0.1; +https://developer.example)")
    assert not is_trainer("Mozilla/5.0 (X11; Linux x86_64)")
    assert not is_trainer("")
