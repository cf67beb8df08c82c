"""How does one come and go? The landing page, signing in, the person switch, and the hub's asks."""

from urllib.parse import urlsplit

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from handrail.demo import brand, partner
from handrail.demo.help_button import Voucher, end_help_sessions, return_path
from handrail.demo.screen import fields_of, screens, show
from handrail.demo.settings import Settings
from handrail.demo.visits import NOBODY, remember, visit_as, visit_of

LONGEST_ADDRESS = 2_000

_dashboard = screens(brand.dashboard.index, partner.dashboard.index)


async def home(request: Request) -> Response:
    """The dashboard of whoever is signed in, or what Larkspan is, for a visitor."""
    if visit_of(request):
        return await _dashboard(request)
    return show(request, "outside/landing.html", None)


async def login(request: Request) -> Response:
    """The cast to choose from, in place of a password."""
    return _login_page(request, request.query_params.get("next", "/"))


async def switch(request: Request) -> Response:
    """Becomes another person, another account of the same person, or nobody.

    As a real host does on sign-out, the server ends the leaving person's sessions at the hub, but
    not before our own cookie says so: a panel in another tab asks us at once who is signed in, and
    would be theirs again.
    """
    form = await fields_of(request, LONGEST_ADDRESS)
    leaving = visit_of(request)
    wanted = form.get("person", NOBODY)
    arriving = visit_as(wanted, form.get("account", ""))
    if arriving is None and wanted != NOBODY:
        return show(request, "outside/not_found.html", leaving, status=400)
    response = RedirectResponse(_local(form.get("next", "/")), status_code=303)
    remember(response, arriving)
    if leaving and (arriving is None or arriving.person is not leaving.person):
        state = request.app.state
        response.background = BackgroundTask(
            end_help_sessions, state.settings, state.voucher, leaving.person
        )
    return response


async def reset(request: Request) -> Response:
    """Makes the demo's books new."""
    request.app.state.world.reset()
    return RedirectResponse("/?done=demo-reset", status_code=303)


async def help_token(request: Request) -> Response:
    """A token for the Help button of the page that asks, or 204 when nobody is signed in.

    The guard has made sure that one of our own pages asks.
    """
    visit = visit_of(request)
    if visit is None:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    voucher: Voucher = request.app.state.voucher
    page = urlsplit(request.headers.get("referer", "")).path or "/"
    token = voucher.help_token(visit, page)
    return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})


async def help_sign_in(request: Request) -> Response:
    """Where the hub sends somebody without a session, e.g. from a link in a mail.

    `handrail_return` says where in the hub they want to be; it must be the hub's own address.
    """
    settings: Settings = request.app.state.settings
    wanted = return_path(settings, request.query_params.get("handrail_return", ""))
    if wanted is None:
        return show(request, "outside/refused_return.html", visit_of(request), status=400)
    visit = visit_of(request)
    if visit is None:
        return _login_page(request, f"{request.url.path}?{request.url.query}")
    token = request.app.state.voucher.help_token(visit, "/help-sign-in")
    return show(request, "outside/enter_hub.html", visit, token=token, next=wanted)


def _login_page(request: Request, next_: str) -> Response:
    return show(request, "outside/login.html", visit_of(request), next=_local(next_))


def _local(address: str) -> str:
    """An address of our own to go on to; anything else becomes the first page."""
    is_odd = any(ord(letter) < 33 or letter == "\\" for letter in address)
    is_local = address.startswith("/") and not address.startswith("//")
    return address if is_local and not is_odd else "/"
