"""Which pages show rows: who looks at which address, what fills it, and what may it cost?

A new page has its line here, or its name among those that show no rows. `test_queries` counts what
they ask the database, `test_plans` looks at how it answers those about tickets.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fences import chat_scene
from tests.fences.scene import Scene

MOST_FOR_A_LIST = 10
MOST_FOR_A_TICKET = 12
"""Queries, with session and viewer. A page that needs more asks for something it does not show."""


@dataclass(frozen=True)
class Page:
    """A page with rows: who looks, at which address, what fills it, and what it may cost."""

    name: str
    who: str
    path: str
    fill: Callable[[Scene, int], None]
    most: int = MOST_FOR_A_LIST

    def __str__(self) -> str:
        return self.path


PAGES = [
    Page("help:home", "alice", "/help/", Scene.answered),
    Page("help:home", "alice", "/help/", Scene.notices),
    Page("help:search", "alice", "/help/search?q=page", Scene.help_pages, 12),
    Page("help:search", "alice", "/help/search?q=ticket", Scene.tickets, 12),
    Page("help:search", "nobody", "/help/search?q=page&public=on", Scene.help_pages),
    Page("help:unread", "alice", "/help/unread", Scene.answered),
    Page("help:sign-in", "nobody", "/help/sign-in", Scene.hosts),
    Page("help:signed-out", "nobody", "/help/signed-out", Scene.hosts),
    Page("docs:index", "alice", "/help/docs/", Scene.help_sections),
    Page("docs:search", "alice", "/help/docs/search?q=page", Scene.help_pages),
    Page("docs:page", "alice", "/help/docs/brands", Scene.help_pages),
    Page("docs:ask", "alice", "/help/docs/ask", Scene.help_pages),
    Page("docs:ask", "alice", "/help/docs/ask?thread={thread}", Scene.threads, 9),
    Page("docs-public:ask", "nobody", "/docs/ask", Scene.help_pages, 4),
    Page("docs:page", "alice", "/help/docs/brands/page-1", Scene.help_pages, 6),
    Page("docs:page", "alice", "/help/docs/brands/page-1.md", Scene.help_pages),
    Page("docs-public:index", "nobody", "/docs/", Scene.help_sections),
    Page("docs-public:search", "nobody", "/docs/search?q=page", Scene.help_pages),
    Page("docs-public:page", "nobody", "/docs/brands/page-1", Scene.help_pages, 2),
    Page("docs-public:page", "nobody", "/docs/brands/page-1.md", Scene.help_pages, 4),
    Page("docs-public:page", "nobody", "/docs/brands/page-1.md?ask=page", Scene.help_pages),
    Page("docs-public:index-as-markdown", "nobody", "/docs/index.md?ask=page", Scene.help_sections),
    *(
        Page(f"docs-public:{name}", "nobody", path, fill, 5)
        for fill in (Scene.help_pages, Scene.help_sections)
        for name, path in [
            ("llms", "/llms.txt"),
            ("index-as-markdown", "/docs/index.md"),
            ("llms-of-section", "/docs/brands/llms.txt"),
            ("sitemap", "/sitemap.xml"),
            ("sitemap-part", "/sitemap-1.xml"),
        ]
    ),
    Page("docs-public:llms-full", "nobody", "/llms-full.txt", Scene.help_pages),
    Page("docs-public:llms-full-more", "nobody", "/llms-full.txt/0", Scene.help_pages),
    Page("tickets:index", "alice", "/help/tickets/", Scene.answered),
    Page("tickets:index", "alice", "/help/tickets/?createTicket=true", Scene.issue_types),
    Page(
        "tickets:index",
        "alice",
        "/help/tickets/?createTicket=true&issue_type={issue_type}",
        Scene.own_fields,
    ),
    Page(
        "tickets:own-fields",
        "alice",
        "/help/tickets/new/fields?issue_type={issue_type}",
        Scene.own_fields,
    ),
    Page("tickets:detail", "alice", "/help/tickets/{ticket}/", Scene.own_fields, MOST_FOR_A_TICKET),
    Page("tickets:rows", "alice", "/help/tickets/rows?status=awaiting_response", Scene.answered),
    Page("tickets:detail", "alice", "/help/tickets/{ticket}/", Scene.messages, MOST_FOR_A_TICKET),
    Page(
        "tickets:messages",
        "alice",
        "/help/tickets/{ticket}/messages",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page("tickets-desk:index", "dora", "/console/tickets/", Scene.tickets),
    Page("tickets-desk:index", "dora", "/console/tickets/?view=mine", Scene.of_dora),
    Page("tickets-desk:index", "dora", "/console/tickets/?view=unassigned", Scene.of_nobody),
    Page("tickets-desk:index", "dora", "/console/tickets/?view=all", Scene.answered),
    Page("tickets-desk:index", "dora", "/console/tickets/?view=closed", Scene.closed),
    Page("tickets-desk:rows", "dora", "/console/tickets/rows", Scene.tickets),
    *(
        Page("tickets-desk:rows", "dora", f"/console/tickets/rows?view={view}&sort={sort}", fill)
        for sort in ("priority", "due")
        for view, fill in [("waiting", Scene.tickets), ("all", Scene.answered)]
    ),
    Page(
        "tickets-desk:rows",
        "dora",
        "/console/tickets/rows?view=waiting&sort=newest",
        Scene.tickets,
    ),
    Page(
        "tickets-desk:detail",
        "dora",
        "/console/tickets/{ticket}/",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page("tickets-desk:detail", "dora", "/console/tickets/{ticket}/", Scene.agents, 12),
    Page(
        "tickets-desk:messages",
        "dora",
        "/console/tickets/{ticket}/messages",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page(
        "tickets:export-text",
        "alice",
        "/help/tickets/{ticket}/ticket.txt",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page(
        "tickets:export-pdf",
        "alice",
        "/help/tickets/{ticket}/ticket.pdf",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page(
        "tickets-desk:export-text",
        "dora",
        "/console/tickets/{ticket}/ticket.txt",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    Page(
        "tickets-desk:export-pdf",
        "dora",
        "/console/tickets/{ticket}/ticket.pdf",
        Scene.messages,
        MOST_FOR_A_TICKET,
    ),
    *(
        Page(f"tickets-desk:{act}", "dora", f"/console/tickets/{{ticket}}/{act}{query}", fill)
        for act, query, fill in [
            ("merge", "", Scene.tickets),
            ("merge", "?q=ticket", Scene.tickets),
            ("link", "", Scene.tickets),
            ("link", "?q=ticket", Scene.tickets),
            ("split", "", Scene.messages),
            ("around", "", Scene.tickets),
            ("here", "", Scene.agents_here),
        ]
    ),
    Page("tickets-desk:export-table", "dora", "/console/tickets/tickets.csv", Scene.tickets),
    Page("tickets-desk:index", "dora", "/console/tickets/", Scene.saved_views),
    Page("tickets-desk:canned", "dora", "/console/tickets/settings/canned/", Scene.canned),
    Page("tickets-desk:canned", "dora", "/console/tickets/settings/canned/?q=hel", Scene.canned),
    Page("tickets-desk:pick-canned", "dora", "/console/tickets/{ticket}/canned", Scene.canned),
    Page(
        "tickets-desk:pick-canned", "dora", "/console/tickets/{ticket}/canned?q=hel", Scene.canned
    ),
    Page("console:palette", "dora", "/console/palette?q=ticket", Scene.tickets),
    Page("console:palette", "dora", "/console/palette?here=tickets/{ticket}", Scene.agents),
    Page("console:palette", "dora", "/console/palette?q=as&here=tickets/{ticket}", Scene.agents),
    Page("tickets-desk:teams", "admin", "/console/tickets/settings/teams/", Scene.teams),
    Page(
        "tickets-desk:suggested",
        "admin",
        "/console/tickets/settings/suggested-pages/",
        Scene.suggestions_opened,
    ),
    Page("tickets-public:sign-in-help", "nobody", "/sign-in-help", Scene.answers),
    Page(
        "tickets-desk:sign-in-answers",
        "admin",
        "/console/tickets/settings/sign-in-help/",
        Scene.answers,
    ),
    Page("tickets-desk:index", "dora", "/console/tickets/", Scene.strangers),
    Page("tickets-desk:export-table", "dora", "/console/tickets/tickets.csv", Scene.strangers),
    Page(
        "tickets-desk:issue-types",
        "admin",
        "/console/tickets/settings/issue-types/",
        Scene.issue_types,
    ),
    Page(
        "tickets-desk:issue-type",
        "admin",
        "/console/tickets/settings/issue-types/{issue_type}/",
        Scene.own_fields,
    ),
    Page("tickets-desk:answers", "dora", "/console/tickets/{ticket}/answers", Scene.own_fields),
    Page(
        "tickets-desk:detail",
        "dora",
        "/console/tickets/{ticket}/",
        Scene.own_fields,
        MOST_FOR_A_TICKET,
    ),
    Page(
        "tickets:export-text",
        "alice",
        "/help/tickets/{ticket}/ticket.txt",
        Scene.own_fields,
        MOST_FOR_A_TICKET,
    ),
    *(
        Page(f"docs-desk:{name}", "admin", f"/console/docs/{path}", Scene.edited_pages)
        for name, path in [
            ("index", ""),
            ("index", "?section=brands&language=de"),
            ("index", "?q=page"),
            ("branch", "sections/{section}/branch?of={page}"),
            ("new-page", "new"),
            ("words", "search/"),
            ("page", "{page}/"),
            ("delete", "{page}/delete"),
            ("page-settings", "{page}/settings"),
            ("revisions", "{page}/revisions"),
            ("revision", "{page}/revisions/2"),
            ("feedback", "{page}/feedback"),
        ]
    ),
    *(
        Page(f"docs-desk:{name}", "admin", f"/console/docs/questions/{path}", Scene.questions, 12)
        for name, path in [
            ("questions", ""),
            ("questions", "?kind=all&language=en&days=30"),
            ("question", "{question}/"),
            ("rated-badly", "rated-badly/"),
            ("evaluation", "evaluation/"),
            ("evaluation-question", "evaluation/{measured}/"),
        ]
    ),
    Page("docs-desk:section", "admin", "/console/docs/sections/{section}/", Scene.help_sections),
    Page("docs-desk:index", "admin", "/console/docs/", Scene.help_sections),
    Page("docs-desk:sources", "admin", "/console/docs/sources/", Scene.sources),
    Page("docs-desk:source", "admin", "/console/docs/sources/{source}/", Scene.sources),
    Page("console:palette", "admin", "/console/palette?q=page", Scene.edited_pages),
    Page("console:notices", "dora", "/console/notices/", Scene.notices),
    Page("console:agents", "admin", "/console/settings/agents/", Scene.agents),
    Page("console:hosts", "admin", "/console/settings/platforms/", Scene.hosts),
    *(Page(*told) for told in chat_scene.PAGES),
]

WITHOUT_ROWS = {
    *chat_scene.WITHOUT_ROWS,
    "/",
    "help:account-menu",
    "help:frame",
    "help:link",
    "help:loader",
    "docs-desk:file",
    "docs-desk:new-section",
    "docs-desk:new-source",
    "docs-desk:overtaken",
    "docs:answer",
    "docs:feedback",
    "docs:answered",
    "docs:file",
    "docs:go-on",
    "docs:stuck",
    "docs-public:answer",
    "docs-public:bare",
    "docs-public:feedback",
    "docs-public:file",
    "docs-public:opensearch",
    "docs-public:robots",
    "tickets:download",
    "tickets:preview",
    "tickets:suggestions",
    "tickets-desk:download",
    "tickets-desk:field",
    "tickets-desk:new-field",
    "tickets-desk:new-issue-type",
    "tickets-desk:new-team",
    "tickets-desk:new-canned",
    "tickets-desk:canned-reply",
    "tickets-desk:team",
    "tickets-public:challenge",
    "tickets-public:more",
    "tickets-public:proof",
    "tickets-public:sent",
    "tickets-desk:preview",
    "tickets-desk:hours",
    "tickets-desk:policy",
    "tickets-desk:targets",
    "console:agent",
    "console:design",
    "console:here",
    "console:home",
    "console:host",
    "console:new-agent",
    "console:new-host",
    "console:change-host",
    "console:profile",
    "console:settings",
    "healthz",
    "metrics",
    "readyz",
}
"""Pages about one thing or none. allauth's are not ours, and show no rows either."""
