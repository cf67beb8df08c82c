"""What stands in the pages of these tests? A few short ones, as the search would hand them over."""

from handrail.engines.ai.model.prompting import Passage
from handrail.engines.search.library.evidence import Evidence, EvidencePage, EvidenceSection

EXPORTS = """\
Open Settings, Exports and press New export. Choose PDF or CSV.
An export is kept for 30 days. After that it cannot be restored.
Members cannot delete exports; only owners can delete them.
An export holds at most 5,000 rows."""

PLANS = """\
What each plan includes:
Plan | Seats | Storage | Single sign-on
Starter | 3 | 5 GB | No
Team | 25 | 50 GB | No
Enterprise | 200 | 1 TB | Yes"""

INVITE = """\
To invite a colleague:
1. Open Settings and select Members.
2. Enter the address of your colleague and choose a role.
3. Press Send invitation.
The invitation ends after seven days.
Turn on `strict_mode` to refuse addresses of other domains."""

LOESCHEN = """\
Ein Export bleibt 30 Tage gespeichert. Danach kann er nicht wiederhergestellt werden.
Nur Inhaber dürfen Exporte löschen."""


def section(text: str, *path: str, score: float = 1.0) -> EvidenceSection:
    return EvidenceSection(path, "-".join(path).lower(), text, score, 0.5, None)


def page(
    thing: str, title: str, *sections: EvidenceSection, language: str = "en", score: float = 0.8
) -> EvidencePage:
    return EvidencePage("docs", thing, language, title, "", score, sections)


def evidence(*pages: EvidencePage, confidence: float = 0.6) -> Evidence:
    """As of a search by words alone."""
    worth = {"export": 2.0, "keep": 1.0, "invit": 2.0, "plan": 1.5}
    return Evidence(pages or help_centre(), worth, confidence=confidence)


def help_centre() -> tuple[EvidencePage, ...]:
    return (
        page("exports", "Exports", section(EXPORTS)),
        page("plans", "Plans and prices", section(PLANS, "Limits")),
        page("members", "Members", section(INVITE, "Invite somebody")),
    )


def passages(*texts: str, language: str = "en") -> list[Passage]:
    """Each as a page of its own, numbered from 1."""
    return [
        Passage(number, page(f"p{number}", "Exports", one, language=language), one, text)
        for number, text in enumerate(texts, start=1)
        for one in [section(text)]
    ]
