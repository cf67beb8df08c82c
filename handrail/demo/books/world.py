"""What has happened on the platform since it was started? The books, and every change to them.

One process, one memory: what Alice creates, Bob sees, and a restart forgets. Lists that visitors
can lengthen are capped, so that nobody can fill the memory of a public demo.
"""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from handrail.demo.books import acme, acme_nordics, globex
from handrail.demo.books.records import (
    DRAFT,
    ENDED,
    Ad,
    Application,
    BrandOffer,
    Campaign,
    Invoice,
    LogLine,
    Partner,
    Payout,
    PromoCode,
    TrackingLink,
)

MOST_ROWS = 60
"""Longest that a list may grow; then the oldest of its newest additions makes room."""
NEWEST_KEPT = 20
"""How many additions stay in a full list; what the book began with stays for good."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Invitation:
    """A colleague who was asked to join the account."""

    email: str
    role: str


@dataclass
class BrandBook:
    """Everything that one brand's account holds on the platform."""

    currency: str
    campaigns: list[Campaign]
    partners: list[Partner]
    applications: list[Application]
    links: list[TrackingLink]
    codes: list[PromoCode]
    ads: list[Ad]
    invoices: list[Invoice]
    payouts: list[Payout]
    log: dict[str, tuple[LogLine, ...]]
    balance: int
    postback_url: str
    invitations: list[Invitation] = field(default_factory=list)
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Person → what they have entered so far in the form for a new campaign."""
    _numbers_given: int = 0

    def campaign(self, campaign_id: str) -> Campaign | None:
        return next((c for c in self.campaigns if c.id == campaign_id), None)

    def partner(self, partner_id: str) -> Partner | None:
        return next((p for p in self.partners if p.id == partner_id), None)

    def partners_in(self, campaign: Campaign) -> list[Partner]:
        return [partner for partner in self.partners if partner.id in campaign.shares]

    def running_campaigns(self) -> list[Campaign]:
        return [c for c in self.campaigns if c.status not in (DRAFT, ENDED)]

    def waiting_applications(self) -> list[Application]:
        return [a for a in self.applications if a.status == "Waiting"]

    def create_campaign(
        self, author: str, name: str, kind: str, summary: str, commission: str
    ) -> Campaign:
        """Adds a draft; nobody earns from it before a person sets it live."""
        campaign = Campaign(
            f"C-{3100 + self._next_number()}", name, kind, DRAFT, summary, commission, 0
        )
        _add(self.campaigns, campaign)
        known = {c.id for c in self.campaigns}
        self.log = {id_: lines for id_, lines in self.log.items() if id_ in known}
        self.log[campaign.id] = (LogLine(0, author, "Created the draft"),)
        return campaign

    def create_link(
        self, name: str, campaign_id: str, partner_id: str, destination: str
    ) -> TrackingLink:
        number = 58_400 + self._next_number()
        link = TrackingLink(f"LK-{number}", name, campaign_id, partner_id, destination, 0)
        _add(self.links, link)
        return link

    def create_code(self, code: str, campaign_id: str, discount: str) -> PromoCode:
        """Adds a code for all partners of the campaign, or replaces the one of the same name."""
        self.codes = [known for known in self.codes if known.code != code]
        made = PromoCode(code, campaign_id, None, discount, 0, 30)
        _add(self.codes, made)
        return made

    def decide(self, application_id: str, *, accepted: bool) -> Application | None:
        """Accepts or declines a waiting application; None when there is none of that id."""
        for position, application in enumerate(self.applications):
            if application.id == application_id and application.status == "Waiting":
                decided = replace(application, status="Accepted" if accepted else "Declined")
                self.applications[position] = decided
                if accepted:
                    self.partners.insert(0, _partner_from(decided))
                return decided
        return None

    def add_funds(self, amount: int) -> None:
        self.balance = min(self.balance + amount, 99_999_999)

    def invite(self, email: str, role: str) -> None:
        self.invitations = [known for known in self.invitations if known.email != email]
        _add(self.invitations, Invitation(email, role))

    def _next_number(self) -> int:
        self._numbers_given += 1
        return self._numbers_given


@dataclass(frozen=True)
class Engagement:
    """A campaign that a partner works in, with whose it is and in which money it pays."""

    brand: str
    campaign: Campaign
    rate_per_mille: int = 1_000
    """What one unit of the brand's money is worth in the partner's, in thousandths."""


@dataclass
class PartnerBook:
    """Everything that one partner's account holds on the platform."""

    currency: str
    partner_id: str
    engagements: list[Engagement]
    offers: list[BrandOffer]
    links: list[TrackingLink]
    codes: list[PromoCode]
    ads: list[Ad]
    statements: list[Invoice]
    payouts: list[Payout]
    pending: int
    approved: int
    payout_method: str = "bank"
    tax_form: str = "W-9"
    tax_form_confirmed: bool = False
    invitations: list[Invitation] = field(default_factory=list)
    _numbers_given: int = 0

    def engagement(self, campaign_id: str) -> Engagement | None:
        return next((e for e in self.engagements if e.campaign.id == campaign_id), None)

    def offer(self, offer_id: str) -> BrandOffer | None:
        return next((o for o in self.offers if o.id == offer_id), None)

    def apply(self, offer_id: str) -> BrandOffer | None:
        """Applies to a brand; None when there is no such brand or it was applied to before."""
        for position, offer in enumerate(self.offers):
            if offer.id == offer_id and offer.status == "Not applied":
                self.offers[position] = replace(offer, status="Waiting")
                return self.offers[position]
        return None

    def create_link(self, name: str, campaign_id: str, destination: str) -> TrackingLink:
        self._numbers_given += 1
        number = 59_900 + self._numbers_given
        link = TrackingLink(f"LK-{number}", name, campaign_id, self.partner_id, destination, 0)
        _add(self.links, link)
        return link

    def invite(self, email: str, role: str) -> None:
        self.invitations = [known for known in self.invitations if known.email != email]
        _add(self.invitations, Invitation(email, role))


Book = BrandBook | PartnerBook


class World:
    """The books of all accounts, by the platform's id of the account."""

    def __init__(self) -> None:
        self.books: dict[str, Book] = {}
        self.reset()

    def reset(self) -> None:
        """Forgets every change that visitors made."""
        self.books = {
            "acme": _acme(),
            "acme-nordics": _acme_nordics(),
            "globex": _globex(),
        }


def _add(rows: list[Row], row: Row) -> None:
    """Puts the newest row first. No book begins with more than MOST_ROWS - NEWEST_KEPT rows."""
    rows.insert(0, row)
    if len(rows) > MOST_ROWS:
        del rows[NEWEST_KEPT]


def _partner_from(application: Application) -> Partner:
    number = application.id.removeprefix("AP-")
    return Partner(
        f"P-1{number}",
        application.name,
        application.kind,
        application.country,
        application.website,
        0,
        "",
    )


def _acme() -> BrandBook:
    return BrandBook(
        currency="EUR",
        campaigns=list(acme.CAMPAIGNS),
        partners=list(acme.PARTNERS),
        applications=list(acme.APPLICATIONS),
        links=list(acme.LINKS),
        codes=list(acme.CODES),
        ads=list(acme.ADS),
        invoices=list(acme.INVOICES),
        payouts=list(acme.PAYOUTS),
        log=dict(acme.LOG),
        balance=acme.BALANCE,
        postback_url="https://shop.acme.example/postback/?order={order_id}&total={amount}",
    )


def _acme_nordics() -> BrandBook:
    return BrandBook(
        currency="NOK",
        campaigns=list(acme_nordics.CAMPAIGNS),
        partners=list(acme_nordics.PARTNERS),
        applications=list(acme_nordics.APPLICATIONS),
        links=list(acme_nordics.LINKS),
        codes=list(acme_nordics.CODES),
        ads=[],
        invoices=list(acme_nordics.INVOICES),
        payouts=list(acme_nordics.PAYOUTS),
        log=dict(acme_nordics.LOG),
        balance=acme_nordics.BALANCE,
        postback_url="https://nordics.acme.example/postback?order={order_id}&total={amount}",
    )


def _globex() -> PartnerBook:
    with_acme = [
        Engagement("Acme", campaign, globex.DOLLARS_PER_THOUSAND_EUROS)
        for campaign in acme.CAMPAIGNS
        if globex.PARTNER_ID in campaign.shares
    ]
    others = [Engagement(brand, campaign) for brand, campaign in globex.OTHER_CAMPAIGNS]
    return PartnerBook(
        currency="USD",
        partner_id=globex.PARTNER_ID,
        engagements=with_acme + others,
        offers=list(globex.OFFERS),
        links=list(globex.LINKS),
        codes=list(globex.CODES),
        ads=list(globex.ADS),
        statements=list(globex.STATEMENTS),
        payouts=list(globex.PAYOUTS),
        pending=globex.PENDING,
        approved=globex.APPROVED,
    )
