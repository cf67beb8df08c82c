"""What does the assistant say of its own? A few plain sentences; all else is the pages' words."""

from django.utils.translation import gettext as _

from handrail.engines.ai.answers import Outcome
from handrail.mediums.chat.assistant.pleasantries import Polite


def polite(kind: Polite, name: str) -> str:
    return {
        Polite.GREETING: _("Hello %(name)s! What can I help you with?") % {"name": name},
        Polite.THANKS: _("You are welcome. Is there anything else that I can help with?"),
        Polite.GOODBYE: _("Goodbye! Write again whenever you need us."),
    }[kind]


def found(outcome: Outcome) -> str:
    return {
        Outcome.ANSWERED: _("This is what our help pages say."),
        Outcome.CLOSEST: _("I am not sure that this answers it. It is the closest that I found."),
        Outcome.NOTHING: _("I do not know: our help pages do not say. A person can help you."),
    }[outcome]


def too_long() -> str:
    return _(
        "That is more than I can look up at once. Sum it up in a few sentences, or ask a person."
    )


def only_files() -> str:
    return _("I cannot look into files. Tell me in words what you need, or ask a person.")


def broken() -> str:
    return _("Something went wrong while I looked. Ask once more, or ask a person.")


def sorry() -> str:
    return _("I am sorry that this is so tiresome.")


def offers_person() -> str:
    return _("Would you rather talk to a person? One press, and I pass all of this on.")


def fetches_person() -> str:
    return _(
        "I am getting somebody for you. They can read what we have said, so you need not repeat it."
    )


def gives_up() -> str:
    return _(
        "I have no answer to this either, so I am getting somebody for you. They can read "
        "what we have said."
    )


def can_do(label: str) -> str:
    return _("I can do this for you: %(what)s.") % {"what": label}


def needs_more(what: str) -> str:
    return _("Something is missing in the form above. %(what)s") % {"what": what}


def leaves_it() -> str:
    return _("All right, I leave it. Is there anything else that I can help with?")


def did_not_work() -> str:
    return _("That did not work. Nothing was changed.")
