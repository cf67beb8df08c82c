"""What does every screen of the platform have at hand? The request, who looks, and their book."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from handrail.demo.books.world import Book, BrandBook, PartnerBook, World
from handrail.demo.directory import read_directory
from handrail.demo.post_office import PostOffice
from handrail.demo.rendering import render
from handrail.demo.settings import Settings
from handrail.demo.visits import Visit, visit_of

NOTICES = {
    "campaign-created": "Your campaign is saved as a draft.",
    "application-accepted": "Accepted. The partner has been told and can fetch links at once.",
    "application-declined": "Declined. The partner has been told, kindly.",
    "link-created": "Your tracking link is ready.",
    "code-created": "The promo code works from now on.",
    "funds-added": "Your transfer is announced; the balance counts it already.",
    "postback-saved": "Saved. The next action is sent to the new address.",
    "profile-saved": "Your profile is saved.",
    "invited": "The invitation is on its way.",
    "applied": "Your application is with the brand.",
    "payout-saved": "Your payout method is saved.",
    "tax-saved": "Thank you, your tax form is complete.",
    "plan-asked": "We will get in touch about the plan.",
    "demo-reset": "The demo is as it was in the beginning.",
}
"""What a page says after a redirect with `?done=<key>`: constant texts, never the visitor's."""
FRAGMENT_HEADER = "X-Larkspan-Fragment"
"""Sent by a page's own script when it wants a part of the page without its frame."""
MOST_LETTERS = 200
"""Longest that a field of the demo's forms may be; what is longer is cut."""

AnyBook = TypeVar("AnyBook", BrandBook, PartnerBook)
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class NavItem:
    """One entry of the platform's own navigation."""

    key: str
    label: str
    path: str
    icon: str


BRAND_NAVIGATION = (
    NavItem("dashboard", "Dashboard", "/", "gauge"),
    NavItem("campaigns", "Campaigns", "/campaigns", "flag"),
    NavItem("partners", "Partners", "/partners", "people"),
    NavItem("links", "Links and codes", "/links", "link"),
    NavItem("payments", "Payments", "/payments", "wallet"),
    NavItem("reports", "Reports", "/reports", "bars"),
    NavItem("settings", "Settings", "/settings/profile", "sliders"),
)
PARTNER_NAVIGATION = (
    NavItem("dashboard", "Dashboard", "/", "gauge"),
    NavItem("brands", "Find brands", "/brands", "compass"),
    NavItem("campaigns", "My campaigns", "/campaigns", "flag"),
    NavItem("links", "Links and ads", "/links", "link"),
    NavItem("payments", "Payments", "/payments", "wallet"),
    NavItem("settings", "Settings", "/settings/profile", "sliders"),
)


@dataclass(frozen=True)
class Screen(Generic[AnyBook]):
    """One request of a signed-in person for a screen of their account."""

    request: Request
    visit: Visit
    book: AnyBook

    @property
    def now(self) -> datetime:
        """The present, on this person's clock."""
        return datetime.now(self.visit.person.zone)

    @property
    def today(self) -> date:
        return self.now.date()

    def page(self, template: str, active: str, **values: Any) -> Response:
        """Answers with a page of the platform; `active` is the key of its navigation entry."""
        is_brand = self.visit.account.kind == "brand"
        values |= {
            "book": self.book,
            "today": self.today,
            "active": active,
            "navigation": BRAND_NAVIGATION if is_brand else PARTNER_NAVIGATION,
        }
        return show(self.request, template, self.visit, **values)

    def go(self, path: str, done: str) -> Response:
        """Answers a form that was carried out: on to `path`, which then says so."""
        joint = "&" if "?" in path else "?"
        return RedirectResponse(f"{path}{joint}done={quote(done)}", status_code=303)

    async def form(self) -> dict[str, str]:
        """The fields that were sent, trimmed and cut; files are ignored."""
        return await fields_of(self.request)


ScreenHandler = Callable[[Screen[Any]], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


def screens(brand: ScreenHandler | None = None, partner: ScreenHandler | None = None) -> Endpoint:
    """One address that shows each kind of account its own screen, and sends visitors to sign in."""

    async def endpoint(request: Request) -> Response:
        visit = visit_of(request)
        if visit is None:
            return RedirectResponse(f"/login?next={quote(request.url.path)}", status_code=303)
        handler = brand if visit.account.kind == "brand" else partner
        if handler is None:
            raise HTTPException(404)
        return await handler(Screen(request, visit, book_of(request, visit)))

    return endpoint


def show(
    request: Request, template: str, visit: Visit | None, status: int = 200, **values: Any
) -> Response:
    """Renders a page for a member or a visitor; nothing of it may be kept by a cache."""
    settings: Settings = request.app.state.settings
    post_office: PostOffice = request.app.state.post_office
    values |= {
        "visit": visit,
        "hub_url": settings.hub_url,
        "path": request.url.path,
        "notice": NOTICES.get(request.query_params.get("done", "")),
        "cast": read_directory().in_switch,
        "unread_mails": post_office.unread_for(visit.person.email) if visit else 0,
    }
    return HTMLResponse(render(template, values), status, headers={"Cache-Control": "no-store"})


def book_of(request: Request, visit: Visit) -> Book:
    world: World = request.app.state.world
    return world.books[visit.account.id]


async def fields_of(request: Request, longest: int = MOST_LETTERS) -> dict[str, str]:
    form = await request.form()
    return {name: value.strip()[:longest] for name, value in form.items() if isinstance(value, str)}


def existing(found: Thing | None) -> Thing:
    """`found` itself; raises 404 when there is no such thing."""
    if found is None:
        raise HTTPException(404)
    return found
