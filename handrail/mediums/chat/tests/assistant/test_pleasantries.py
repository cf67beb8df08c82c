"""Is a message polite, or is something said?"""

import pytest

from handrail.mediums.chat.assistant.pleasantries import Polite, politeness


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi", Polite.GREETING),
        ("hello there!!", Polite.GREETING),
        ("Guten Tag", Polite.GREETING),
        ("Bonjour à tous", None),
        ("Buenos días", Polite.GREETING),
        ("مرحبا", Polite.GREETING),
        ("Thank you so much for your help", Polite.THANKS),
        ("ok, thanks :)", Polite.THANKS),
        ("Vielen Dank", Polite.THANKS),
        ("Vielen herzlichen Danke", Polite.THANKS),
        ("merci beaucoup", Polite.THANKS),
        ("muchas gracias", Polite.THANKS),
        ("Perfect, that helped!", Polite.THANKS),
        ("Bye!", Polite.GOODBYE),
        ("Thanks and have a nice day", Polite.GOODBYE),
        ("Hi, my payout is missing", None),
        ("hello?", None),
        ("thanks but it does not work", None),
        ("thank you page is broken", None),
        ("", None),
        ("...", None),
        ("the", None),
        ("hi " * 20, None),
    ],
)
def test_only_what_says_nothing_else_is_polite(text: str, kind: Polite | None) -> None:
    assert politeness(text) is kind
