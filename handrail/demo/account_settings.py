"""What can be set on the platform? Profile, users, tracking and the plan."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from handrail.demo.directory import read_directory
from handrail.demo.screen import Screen

BRAND_SECTIONS = {
    "profile": "Your profile",
    "users": "Users",
    "tracking": "Tracking and technical",
    "billing": "Plan and billing",
}
PARTNER_SECTIONS = {"profile": "Your profile", "users": "Users", "billing": "Plan"}
MASKED_API_KEY = "lark_live_" + "\N{BULLET}" * 12 + "4c7e"


async def section(screen: Screen[Any]) -> Response:
    is_brand = screen.visit.account.kind == "brand"
    sections = BRAND_SECTIONS if is_brand else PARTNER_SECTIONS
    current = screen.request.path_params["section"]
    if current not in sections:
        raise HTTPException(404)
    return screen.page(
        f"settings/{current}.html",
        "settings",
        sections=sections,
        section=current,
        members=read_directory().members_of(screen.visit.account),
        plans=read_directory().plans,
        masked_api_key=MASKED_API_KEY,
    )


async def save_profile(screen: Screen[Any]) -> Response:
    """Says that it is saved. The cast keeps its names: everything else in the demo uses them."""
    return screen.go("/settings/profile", "profile-saved")


async def invite(screen: Screen[Any]) -> Response:
    form = await screen.form()
    email = form.get("email", "")
    if "@" in email:
        role = "admin" if form.get("role") == "admin" else "member"
        screen.book.invite(email, role)
    return screen.go("/settings/users", "invited")


async def save_tracking(screen: Screen[Any]) -> Response:
    form = await screen.form()
    if form.get("postback_url", "").startswith("https://"):
        screen.book.postback_url = form["postback_url"]
    return screen.go("/settings/tracking", "postback-saved")


async def ask_for_plan(screen: Screen[Any]) -> Response:
    return screen.go("/settings/billing", "plan-asked")
