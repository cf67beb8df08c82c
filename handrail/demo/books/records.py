"""What are the things on the platform? Campaigns, partners, links, codes, invoices and payouts.

Times are days before (or after) today, so that the demo never looks abandoned. Money is in
hundredths of the account's currency.
"""

from dataclasses import dataclass, field

LIVE, DRAFT, PAUSED, ENDED = "Live", "Draft", "Paused", "Ended"


@dataclass(frozen=True)
class Campaign:
    """An offer of a brand to its partners, with what it earns on an average day."""

    id: str
    name: str
    kind: str
    status: str
    summary: str
    commission: str
    started_days_ago: int
    ends_in_days: int | None = None
    cookie_days: int = 30
    shares: dict[str, int] = field(default_factory=dict)
    """Partner id → weight of its part in the campaign's figures."""
    daily_clicks: int = 0
    actions_per_thousand_clicks: int = 0
    average_order: int = 0
    cost_per_mille: int = 0
    """What of each order's value goes to the partner, in thousandths."""


@dataclass(frozen=True)
class Partner:
    """A publisher, creator or community that works with a brand."""

    id: str
    name: str
    kind: str
    country: str
    website: str
    joined_days_ago: int
    contact: str
    group: str = "Standard"


@dataclass(frozen=True)
class Application:
    """A partner that asks to join, waiting for the brand's word."""

    id: str
    name: str
    kind: str
    country: str
    website: str
    audience: str
    message: str
    campaign_id: str
    days_ago: int
    warning: str = ""
    status: str = "Waiting"


@dataclass(frozen=True)
class TrackingLink:
    """An address that tells whose visitor arrives at the brand's shop."""

    id: str
    name: str
    campaign_id: str
    partner_id: str
    destination: str
    days_ago: int
    clicks: int = 0
    actions: int = 0

    @property
    def short_url(self) -> str:
        return f"https://go.larkspan.example/{self.id.removeprefix('LK-')}"


@dataclass(frozen=True)
class PromoCode:
    """A code that counts an order for a partner even without a click."""

    code: str
    campaign_id: str
    partner_id: str | None
    discount: str
    uses: int
    ends_in_days: int | None
    status: str = "Active"


@dataclass(frozen=True)
class Ad:
    """A banner or text that partners may show."""

    id: str
    name: str
    campaign_id: str
    width: int
    """Pixels, like the height."""
    height: int
    shown: int


@dataclass(frozen=True)
class Invoice:
    """One monthly bill, by the platform to a brand or by a partner's earnings to the brand."""

    number: str
    months_ago: int
    what: str
    amount: int
    status: str
    lines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Payout:
    """Money on its way to partners (brand's side) or to the account (partner's side)."""

    id: str
    in_days: int
    """Days until it is sent; negative: it was sent that many days ago."""
    partners: int
    amount: int
    status: str


@dataclass(frozen=True)
class LogLine:
    """Something that somebody did to a campaign."""

    days_ago: int
    who: str
    what: str


@dataclass(frozen=True)
class BrandOffer:
    """How a brand presents itself in the marketplace that partners search."""

    id: str
    name: str
    sector: str
    country: str
    pitch: str
    commission: str
    cookie_days: int
    approval: str
    """How long the brand usually takes to answer an application."""
    earnings_per_click: int
    status: str = "Not applied"
