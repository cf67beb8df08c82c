"""Which addresses does the demo's platform answer? Larkspan as an ASGI app."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from handrail.demo import account_settings, brand, doors, mailbox, partner
from handrail.demo.books.world import World
from handrail.demo.guard import Guard
from handrail.demo.help_button import Voucher, shared_secret
from handrail.demo.post_office import PostOffice, open_post_office
from handrail.demo.screen import Endpoint, screens, show
from handrail.demo.settings import Settings, read_settings
from handrail.demo.visits import visit_of

STATIC = Path(__file__).parent / "static"


def app() -> Starlette:
    """The platform as the environment describes it; for `uvicorn --factory`."""
    return build(read_settings())


def build(settings: Settings) -> Starlette:
    """The platform for these settings, with fresh books and no mail yet. Makes the shared
    secret if need be."""
    platform = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={404: _nothing_here},
        lifespan=_taking_mail,
    )
    platform.state.settings = settings
    platform.state.voucher = Voucher(settings, shared_secret(settings.secret_file))
    platform.state.world = World()
    platform.state.post_office = PostOffice()
    return platform


@asynccontextmanager
async def _taking_mail(platform: Starlette) -> AsyncIterator[None]:
    state = platform.state
    async with open_post_office(state.post_office, state.settings.smtp_port):
        yield


def _get(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["GET"])


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["POST"])


def _routes() -> list[BaseRoute]:
    return [
        *_doors(),
        *_mailboxes(),
        *_shared_screens(),
        *_brand_screens(),
        *_partner_screens(),
        _static(),
    ]


def _static() -> Mount:
    return Mount("/static", StaticFiles(directory=STATIC), name="static")


def _doors() -> list[Route]:
    """Coming, going, and what the Help button asks for."""
    return [
        _get("/login", doors.login),
        _post("/switch", doors.switch),
        _post("/reset", doors.reset),
        _post("/help-token", doors.help_token),
        _get("/help-sign-in", doors.help_sign_in),
    ]


def _mailboxes() -> list[Route]:
    """What stands in for people's mail programs."""
    return [
        _get("/mailbox", mailbox.own),
        _get("/mailbox/unread", mailbox.unread),
        _get("/mailbox/all", mailbox.everybodys),
        _get("/mailbox/all/{id}", mailbox.everybodys),
        _get("/mailbox/all/{id}/content", mailbox.everybodys_content),
        _get("/mailbox/{id}", mailbox.own),
        _get("/mailbox/{id}/content", mailbox.own_content),
    ]


def _shared_screens() -> list[Route]:
    """Addresses that brands and partners share."""
    settings = account_settings
    return [
        _get("/", doors.home),
        _get("/campaigns", screens(brand.campaigns.index, partner.campaigns.index)),
        _get("/campaigns/new", screens(brand.new_campaign.step)),
        _post("/campaigns/new", screens(brand.new_campaign.save_step)),
        _get("/campaigns/{id}", screens(brand.campaigns.detail, partner.campaigns.detail)),
        _get("/campaigns/{id}/{view}", screens(brand.campaigns.detail)),
        _get("/links", screens(brand.links.index, partner.links.index)),
        _post("/links", screens(brand.links.create_link, partner.links.create_link)),
        _get("/payments", screens(brand.payments.index, partner.payments.index)),
        _get("/settings/{section}", screens(settings.section, settings.section)),
        _post("/settings/profile", screens(settings.save_profile, settings.save_profile)),
        _post("/settings/users", screens(settings.invite, settings.invite)),
        _post("/settings/billing", screens(settings.ask_for_plan, settings.ask_for_plan)),
        _post("/settings/tracking", screens(settings.save_tracking)),
    ]


def _brand_screens() -> list[Route]:
    return [
        _get("/partners", screens(brand.partners.index)),
        _get("/partners/applications", screens(brand.partners.applications)),
        _post("/partners/applications/{id}", screens(brand.partners.decide)),
        _post("/codes", screens(brand.links.create_code)),
        _get("/payments/fund", screens(brand.payments.fund)),
        _post("/payments/fund", screens(brand.payments.add_funds)),
        _get("/payments/invoices/{number}", screens(brand.payments.invoice)),
        _get("/reports", screens(brand.reports.index)),
        _get("/reports.csv", screens(brand.reports.as_csv)),
    ]


def _partner_screens() -> list[Route]:
    return [
        _get("/brands", screens(partner=partner.brands.index)),
        _post("/brands/{id}/apply", screens(partner=partner.brands.apply)),
        _post("/payments/method", screens(partner=partner.payments.save_method)),
        _post("/payments/tax-form", screens(partner=partner.payments.save_tax_form)),
    ]


async def _nothing_here(request: Request, error: Exception) -> Response:
    return show(request, "outside/not_found.html", visit_of(request), status=404)
