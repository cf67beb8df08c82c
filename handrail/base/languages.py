"""Which of our languages does a person read, and which way does a language run?"""

from django.conf import settings
from django.utils.translation import get_supported_language_variant

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ku")


def language_of(locale: str) -> str:
    """The nearest language that we have words in: "de-AT" → "de"; English where there is none.

    `locale` is a language tag (BCP 47) or empty.
    """
    try:
        return get_supported_language_variant(locale)
    except LookupError:
        return settings.LANGUAGE_CODE


def direction_of(language: str) -> str:
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
