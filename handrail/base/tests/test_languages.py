"""Does everybody read a language that we have words in?"""

import pytest

from handrail.base.languages import language_of


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de", "de"), ("de-AT", "de"), ("ar-EG", "ar"), ("en-GB", "en"), ("xx", "en"), ("", "en")],
)
def test_a_locale_leads_to_the_nearest_language(locale: str, language: str) -> None:
    assert language_of(locale) == language
