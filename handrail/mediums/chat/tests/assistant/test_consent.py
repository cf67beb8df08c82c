"""Is a whole message that says yes or no understood, and nothing else taken for one?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.mediums.chat.assistant.consent import LONGEST, yes_or_no

YES = (
    "yes", "Yes.", "YES!", "yes please", "Yes, please!", "ok", "Okay.", "go ahead", "Sure", "do it",
    "ja", "Ja, bitte", "ja gerne", "Na klar"[3:], "einverstanden", "Ja, mach das!", "passt",
    "oui", "Oui, s\u2019il vous pla\u00eet", "d'accord", "D\u2019ACCORD", "vas-y", "oui merci",
    "s\u00ed", "si", "S\u00ed, por favor", "\u00a1Claro que s\u00ed!", "de acuerdo", "vale",
    "\u0646\u0639\u0645", "\U0001f44d", "\U0001f44d\U0001f3fd", "  yes \n",
)  # fmt: skip
NO = (
    "no", "No.", "nope", "no thanks", "No, thank you", "Don't", "don\u2019t do it", "cancel",
    "nein", "Nein, danke", "lieber nicht", "n\u00f6", "auf keinen Fall!",
    "non", "Non merci", "pas maintenant", "laisse tomber",
    "No, gracias", "mejor no", "cancelar", "\u0644\u0627", "\U0001f44e",
)  # fmt: skip
NEITHER = (
    "", " ", "yes?", "no?", "yes but change the subject first", "yes and no", "maybe", "not sure",
    "yes, and how long does it take", "no idea", "No clicks are counted", "ja aber nicht so",
    "I said yes yesterday", "oui mais non", "si no", "no no", "yes no", "ok so what now?",
    "thanks", "hello", "thank you yes", "\U0001f602", "y" * 200, "yesterday", "know", "ja nein",
    "Do it yourself", "Yes, delete everything", "no problem", "nobody", "1", "?", "...",
    "\U0001f44d why", "yes\U0001f602",
)  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes_is_a_yes(text: str) -> None:
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", NO)
def test_a_no_is_a_no(text: str) -> None:
    assert yes_or_no(text) is False


@pytest.mark.parametrize("text", NEITHER)
def test_what_says_more_or_asks_is_neither(text: str) -> None:
    assert yes_or_no(text) is None


@given(st.sampled_from(YES + NO), st.text(st.characters(categories=("L", "N")), min_size=1))
@settings(deadline=None)
def test_with_a_word_more_it_is_what_the_list_says_or_nothing(words: str, more: str) -> None:
    longer = f"{words} x{more}q"
    assert yes_or_no(longer) is None


@given(st.text(max_size=2 * LONGEST))
@settings(deadline=None)
def test_nothing_that_can_be_written_breaks_it(text: str) -> None:
    assert yes_or_no(text) in (True, False, None)
