"""What is in Acme Nordics' book? The small sister of Acme, in Norwegian kroner."""

from handrail.demo.books.records import (
    LIVE,
    Application,
    Campaign,
    Invoice,
    LogLine,
    Partner,
    Payout,
    PromoCode,
    TrackingLink,
)

# fmt: off
PARTNERS = (
    Partner("P-2011", "Fjord & Fell", "Blog", "Norway", "fjordandfell.example", 120, "Sigrid Aas"),
    Partner("P-2016", "Skogslöparen", "Content and reviews", "Sweden",
            "skogsloparen.example", 88, "Elin Sandström"),
    Partner("P-2024", "Tunturi Tavern", "Podcast", "Finland", "tunturi.example", 40, "Aino Laine"),
)

CAMPAIGNS = (
    Campaign(
        "C-4102", "Nordic Always On", "Performance", LIVE,
        "The standing offer on the Nordic shop.",
        "6 % of each sale", 125,
        shares={"P-2011": 45, "P-2016": 40, "P-2024": 15},
        daily_clicks=310, actions_per_thousand_clicks=15, average_order=98_400, cost_per_mille=60,
    ),
    Campaign(
        "C-4117", "Dark Season Lights", "Promo code", LIVE,
        "Headlamps and reflective layers for the dark months.",
        "7 % of each sale with a code", 21, ends_in_days=70,
        shares={"P-2016": 60, "P-2011": 40},
        daily_clicks=140, actions_per_thousand_clicks=24, average_order=74_900, cost_per_mille=70,
    ),
)

APPLICATIONS = (
    Application(
        "AP-802", "Lofoten Lenses", "Creator", "Norway", "lofotenlenses.example",
        "31,000 followers",
        "Photographs of winter hikes; a headlamp story is planned for next month.",
        "C-4117", 3,
    ),
)

LINKS = (
    TrackingLink("LK-61007", "Cabin packing list", "C-4102", "P-2011",
                 "https://nordics.acme.example/cabin", 60, 2_104, 30),
    TrackingLink("LK-61012", "Night run guide", "C-4117", "P-2016",
                 "https://nordics.acme.example/lights", 18, 1_480, 36),
)

CODES = (PromoCode("MORKET10", "C-4117", None, "10 % off lights", 84, 70),)

INVOICES = (
    Invoice("INV-31044", 0, "Partner payouts and platform fee", 1_842_000, "Due"),
    Invoice("INV-31029", 1, "Partner payouts and platform fee", 1_610_500, "Paid"),
)

PAYOUTS = (
    Payout("PO-7011", 4, 3, 902_300, "Scheduled"),
    Payout("PO-6995", -26, 3, 788_100, "Sent"),
)

BALANCE = 2_400_000

LOG = {"C-4102": (LogLine(125, "Ingrid Solberg", "Set the campaign live"),)}
