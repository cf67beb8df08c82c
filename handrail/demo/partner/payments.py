"""What have we earned, and where does it go?"""

from starlette.responses import Response

from handrail.demo.books.world import PartnerBook
from handrail.demo.screen import Screen

METHODS = {
    "bank": ("Bank transfer", "Two working days, no fee"),
    "wallet": ("Online wallet", "The same day, 1 % fee"),
    "check": ("Paper cheque", "About ten days by mail, $4"),
}
"""Key → name and what one should know before choosing it."""


async def index(screen: Screen[PartnerBook]) -> Response:
    return screen.page("partner/payments.html", "payments", methods=METHODS)


async def save_method(screen: Screen[PartnerBook]) -> Response:
    form = await screen.form()
    if form.get("method") in METHODS:
        screen.book.payout_method = form["method"]
    return screen.go("/payments", "payout-saved")


async def save_tax_form(screen: Screen[PartnerBook]) -> Response:
    """The demo asks for no tax number, only for the word that the form on file is right."""
    form = await screen.form()
    screen.book.tax_form_confirmed = form.get("confirmed") == "yes"
    return screen.go("/payments", "tax-saved")
