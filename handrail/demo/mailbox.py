"""What do people find in their mailboxes? The demo's stand-in for everybody's own mail program."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from handrail.demo.directory import Person
from handrail.demo.guard import content_security_policy
from handrail.demo.mail import Mail
from handrail.demo.post_office import MOST_MAILS, PostOffice
from handrail.demo.rendering import render
from handrail.demo.screen import FRAGMENT_HEADER, existing, show
from handrail.demo.visits import visit_of

CONTENT_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""For the HTML of a mail, which anybody may have written: it has its looks, and links that open in
a page of their own. It is of no origin, runs nothing and fetches nothing."""
OPENS_ELSEWHERE = '<!doctype html><base target="_blank">'
"""Before the HTML of a mail, since the first `base` of a document counts."""


@dataclass(frozen=True)
class Box:
    """The mails that one looks at: a person's own, or those of everybody."""

    path: str
    owner: Person | None
    mails: list[Mail]
    wanted: str = ""
    """The one address whose mail is shown, of everybody's; empty: all."""

    @property
    def query(self) -> str:
        return f"?{urlencode({'to': self.wanted})}" if self.wanted else ""

    def mail(self, id_: str) -> Mail | None:
        return next((mail for mail in self.mails if mail.id == id_), None)


async def own(request: Request) -> Response:
    """The mails of the person whom one is; a visitor is nobody, and looks at everybody's."""
    box = _own_box(request)
    if box is None:
        return RedirectResponse("/mailbox/all", status_code=303)
    mail = _opened(request, box)
    if mail:
        mail.is_read = True
    return _page(request, box, mail)


async def everybodys(request: Request) -> Response:
    """The mails of all addresses: what does an address get that belongs to nobody here?

    Everyone may look, since everyone may be anybody in the demo.
    """
    box = _everybodys_box(request)
    return _page(request, box, _opened(request, box))


async def own_content(request: Request) -> Response:
    return _content(request, existing(_own_box(request)))


async def everybodys_content(request: Request) -> Response:
    return _content(request, _everybodys_box(request))


async def unread(request: Request) -> Response:
    """How many mails the person whom one is has not opened, for the demo's corner."""
    box = _own_box(request)
    count = sum(not mail.is_read for mail in box.mails) if box else 0
    return JSONResponse({"unread": count}, headers={"Cache-Control": "no-store"})


def _own_box(request: Request) -> Box | None:
    visit = visit_of(request)
    if visit is None:
        return None
    mails = _post_office(request).mails_for(visit.person.email)
    return Box("/mailbox", visit.person, mails)


def _everybodys_box(request: Request) -> Box:
    post_office = _post_office(request)
    wanted = request.query_params.get("to", "")
    mails = post_office.mails_for(wanted) if wanted else post_office.all_mails()
    return Box("/mailbox/all", None, mails, wanted)


def _post_office(request: Request) -> PostOffice:
    post_office: PostOffice = request.app.state.post_office
    return post_office


def _opened(request: Request, box: Box) -> Mail | None:
    """The mail that the address names, if it names one; 404 when it is not in this box."""
    id_ = request.path_params.get("id")
    return existing(box.mail(id_)) if id_ else None


def _page(request: Request, box: Box, mail: Mail | None) -> Response:
    """The list with the opened mail beside it; for the page's own script, the list alone."""
    visit = visit_of(request)
    values: dict[str, Any] = {
        "box": box,
        "mail": mail,
        "now": datetime.now(visit.person.zone if visit else UTC),
    }
    if FRAGMENT_HEADER in request.headers:
        headers = {"Cache-Control": "no-store", "Vary": FRAGMENT_HEADER}
        return HTMLResponse(render("mailbox/_mails.html", values), headers=headers)
    settings = request.app.state.settings
    page = show(
        request,
        "mailbox/mailbox.html",
        visit,
        **values,
        as_text=bool(mail and (not mail.html or request.query_params.get("as") == "text")),
        counts=_post_office(request).counts(),
        most_mails=MOST_MAILS,
        smtp_port=settings.smtp_port,
    )
    page.headers["Content-Security-Policy"] = content_security_policy(settings.hub_url, "'self'")
    return page


def _content(request: Request, box: Box) -> Response:
    """The HTML of one mail, for the frame in its page."""
    mail = existing(_opened(request, box))
    headers = {
        "Content-Security-Policy": CONTENT_POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(OPENS_ELSEWHERE + mail.html, headers=headers)
