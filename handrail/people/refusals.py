"""Why was somebody not let in? A code for machines, plain words for people, nothing more."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Promise] = {
    "malformed": _("We could not read the sign-in message from your platform."),
    "oversized": _("The sign-in message from your platform is too long."),
    "unknown_issuer": _("This help centre does not know the platform that you came from."),
    "unknown_key": _("We could not check the signature of your platform."),
    "bad_signature": _("The signature of your platform is not right."),
    "wrong_audience": _("The sign-in message was meant for another site."),
    "wrong_use": _("The message from your platform was meant for something else."),
    "wrong_origin": _("The sign-in message came from a page that we do not know."),
    "expired": _("The sign-in took too long. Please try again."),
    "not_yet_valid": _("The clock of your platform runs ahead of ours. Please try again."),
    "lives_too_long": _("The sign-in message from your platform would be valid for too long."),
    "bad_claims": _("Something is missing in the sign-in message from your platform."),
    "replayed": _("This sign-in was used before. Please try again."),
    "signed_out": _("You have signed out. Please sign in again."),
    "membership_ended": _("You are no longer a member of this account."),
    "not_listed": _("You cannot switch to this account."),
    "spent": _("This link or code no longer works. Please sign in."),
    "too_many": _("Too many attempts. Please wait a moment, then try again."),
}
"""Code → constant text. What exactly was wrong is written to the log alone."""


class Refused(Exception):
    """Somebody is not let in. `detail` is for the log, and holds neither token nor claim."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    @property
    def message(self) -> Promise:
        """Constant words for people, in their language."""
        return MESSAGES[self.code]


class TokenRefused(Refused):
    """A host's token is not accepted."""


class PassRefused(Refused):
    """A code, link or switch does not work (any more)."""
