"""What stands in the library of these tests? Short pages, put there by the real action."""

from collections.abc import Sequence

from handrail.engines.search.library import Answer, Section, actions, search


def put(
    thing: str,
    title: str,
    *sections: str | tuple[str, str],
    summary: str = "",
    language: str = "en",
    audience: int | None = None,
    medium: str = "docs",
) -> None:
    """A page; a section is the lead's text, or a heading with its text."""
    actions.put(
        medium,
        thing,
        language=language,
        audience_id=audience,
        title=title,
        summary=summary,
        sections=[_section(each) for each in sections],
    )


def _section(given: str | tuple[str, str]) -> Section:
    if isinstance(given, str):
        return Section((), "", 0, given)
    heading, text = given
    return Section((heading,), heading.lower().replace(" ", "-"), 1, text)


def ask(
    question: str,
    *,
    audiences: frozenset[int] | None = frozenset(),
    languages: Sequence[str] = ("en",),
    mediums: Sequence[str] = (),
    refine: bool = False,
    limit: int = 10,
) -> Answer:
    return search(
        question,
        audiences=audiences,
        languages=languages,
        mediums=mediums,
        refine=refine,
        limit=limit,
    )


def found(question: str, **options: object) -> list[str]:
    """The pages, best first."""
    return [hit.thing_id for hit in ask(question, **options).hits]  # type: ignore[arg-type]


def help_centre() -> None:
    put(
        "invoices",
        "Pay an invoice",
        "Invoices are sent on the first day of each month.",
        ("Pay by card", "Open Billing, choose the invoice and press Pay now."),
        ("Late payments", "A reminder is sent when the payment is late by ten days."),
        summary="How to pay what you owe.",
    )
    put(
        "members",
        "Invite a colleague",
        "An administrator can add people to the account.",
        ("Roles", "A member can read, an administrator can also pay invoices."),
    )
    put(
        "reports",
        "Export a report",
        "Every report can be saved as a spreadsheet.",
        ("Scheduled exports", "Choose a weekday; the report comes by mail."),
    )
