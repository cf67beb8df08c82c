"""Which of our languages does a person read, given the locale that their host or they name?"""

from django.conf import settings
from django.utils.translation import get_supported_language_variant


def language_of(locale: str) -> str:
    """The nearest language that we have words in: "de-AT" → "de"; English where there is none.

    `locale` is a language tag (BCP 47) or empty.
    """
    try:
        return get_supported_language_variant(locale)
    except LookupError:
        return settings.LANGUAGE_CODE
