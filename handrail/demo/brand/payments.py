"""What does the brand owe, and to whom does it go?"""

from starlette.responses import Response

from handrail.demo.books.world import BrandBook
from handrail.demo.screen import Screen, existing

METHODS = {"transfer": "Bank transfer", "debit": "Direct debit", "card": "Company card"}
MOST_FUNDS = 50_000


async def index(screen: Screen[BrandBook]) -> Response:
    return screen.page("brand/payments.html", "payments")


async def invoice(screen: Screen[BrandBook]) -> Response:
    number = screen.request.path_params["number"]
    found = next((bill for bill in screen.book.invoices if bill.number == number), None)
    return screen.page("brand/invoice.html", "payments", invoice=existing(found))


async def fund(screen: Screen[BrandBook]) -> Response:
    return _fund_page(screen, "5000", "transfer", "")


async def add_funds(screen: Screen[BrandBook]) -> Response:
    form = await screen.form()
    amount, method = form.get("amount", ""), form.get("method", "transfer")
    is_amount = amount.isascii() and amount.isdigit() and len(amount) < 8
    if not is_amount or not 100 <= int(amount) <= MOST_FUNDS or method not in METHODS:
        return _fund_page(screen, amount, method, f"Enter a whole amount, 100 to {MOST_FUNDS:,}.")
    screen.book.add_funds(int(amount) * 100)
    return screen.go("/payments", "funds-added")


def _fund_page(screen: Screen[BrandBook], amount: str, method: str, problem: str) -> Response:
    return screen.page(
        "brand/fund.html",
        "payments",
        amount=amount,
        method=method,
        methods=METHODS,
        problem=problem,
    )
