"""What do we tell somebody who cannot sign in, before they write to us?

The owner's rows say it. Those of a new installation are here; as long as the owner leaves one as
it is, it is read in the reader's language.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_noop

from handrail.mediums.tickets.models import SignInAnswer

FIRST_ANSWERS = (
    (
        gettext_noop("I have no password for this help"),
        gettext_noop(
            "Nobody has one: there is none to forget and none to reset. Sign in to your platform "
            "as you always do and press Help there. If it is the platform that does not let you "
            "in, its own “Forgot password” is the way: we cannot change that one from here."
        ),
    ),
    (
        gettext_noop("I sign in through my company (single sign-on) and do not know which"),
        gettext_noop(
            "Look at the address of the page that asks for your password: it names the provider "
            "that your company chose, such as Microsoft, Google or Okta. Pick the same one on the "
            "platform's sign-in page. Another provider with the same email address can lead to "
            "an empty account or to nowhere. Whoever looks after computers in your company knows "
            "which one it is, and they can let you in again, too; we have no password of yours."
        ),
    ),
    (
        gettext_noop("I forgot which username or email address I sign in with"),
        gettext_noop(
            "Search your mail for a message from the platform, such as an invitation or an "
            "invoice: the address that it was sent to is nearly always the one. Try your work "
            "address before a private one, and an older one if your company changed its name. A "
            "colleague who manages users on the platform can look it up for you."
        ),
    ),
    (
        gettext_noop("Several of us share one email address"),
        gettext_noop(
            "A shared address such as info@ belongs to one person on the platform, so a link to "
            "sign in reaches whoever opens the mailbox first, and works once. Ask an admin of "
            "your account to invite you under an address of your own. It takes a minute, and "
            "what you do is then under your name."
        ),
    ),
)
"""Question and answer, in order."""


def spoken(rows: Iterable[SignInAnswer]) -> list[tuple[str, str]]:
    """The rows as the page says them."""
    return [(_in_readers_language(row.question), _in_readers_language(row.answer)) for row in rows]


def _in_readers_language(text: str) -> str:
    """Words of the owner's own are in no catalog, and stay as they are."""
    return gettext(text) if text in _FIRST_WORDS else text


_FIRST_WORDS = frozenset(words for pair in FIRST_ANSWERS for words in pair)
