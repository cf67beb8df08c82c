"""What is in Globex's book? A publisher of gear reviews, paid in dollars by four brands."""

from handrail.demo.books.records import (
    LIVE,
    Ad,
    BrandOffer,
    Campaign,
    Invoice,
    Payout,
    PromoCode,
    TrackingLink,
)

PARTNER_ID = "P-1207"
"""Under which Globex appears in the books of brands."""

DOLLARS_PER_THOUSAND_EUROS = 1_090

# fmt: off
OTHER_CAMPAIGNS = (
    ("Northlight Optics", Campaign(
        "C-5210", "See Further", "Performance", LIVE,
        "Binoculars and scopes for hikers who look twice.",
        "9 % of each sale", 132, ends_in_days=88, cookie_days=45,
        shares={PARTNER_ID: 100},
        daily_clicks=260, actions_per_thousand_clicks=14, average_order=18_900, cost_per_mille=90,
    )),
    ("Tinkerwood Toys", Campaign(
        "C-6033", "Build Days", "Performance", LIVE,
        "Wooden kits for wet afternoons.",
        "11 % of each sale", 54, ends_in_days=40,
        shares={PARTNER_ID: 100},
        daily_clicks=150, actions_per_thousand_clicks=19, average_order=4_600, cost_per_mille=110,
    )),
)

OFFERS = (
    BrandOffer("B-101", "Acme", "Outdoor", "Germany",
               "Shoes, packs and layers, made for weather and repaired for life.",
               "5 to 8 %", 30, "about a day", 31, "Joined"),
    BrandOffer("B-134", "Northlight Optics", "Outdoor", "Austria",
               "Binoculars, scopes and headlamps from a family workshop.",
               "9 %", 45, "about two days", 24, "Joined"),
    BrandOffer("B-152", "Tinkerwood Toys", "Family", "Australia",
               "Wooden construction kits that children really finish.",
               "11 %", 30, "about three days", 10, "Joined"),
    BrandOffer("B-160", "Mirabelle Cosmetics", "Beauty", "France",
               "Sun care and skin care without perfume, filled in Grasse.",
               "12 %", 30, "about two days", 28),
    BrandOffer("B-173", "Kettle & Kite", "Food and drink", "United Kingdom",
               "Freeze-dried meals and very good coffee for the trail.",
               "10 %", 21, "the same day", 19),
    BrandOffer("B-181", "Halden Bikes", "Cycling", "Norway",
               "Gravel bikes and bags, sold from the workshop.",
               "4 %", 60, "about a week", 46, "Waiting"),
    BrandOffer("B-188", "Tidemark Travel", "Travel", "Portugal",
               "Small groups, small boats, the Atlantic coast.",
               "6 %", 60, "about three days", 39),
    BrandOffer("B-190", "Quietbox Audio", "Electronics", "Denmark",
               "Headphones that let you hear the birds, or not.",
               "7 %", 30, "about a day", 22),
    BrandOffer("B-196", "Maple & Moss", "Home", "Canada",
               "Blankets, lamps and what a cabin needs.",
               "8 %", 30, "about two days", 17),
)

LINKS = (
    TrackingLink("LK-58213", "Skylark review", "C-3041", PARTNER_ID,
                 "https://shop.acme.example/trail/skylark", 41, 8_112, 171),
    TrackingLink("LK-58214", "Weekly letter, Skylark", "C-3041", PARTNER_ID,
                 "https://shop.acme.example/trail/skylark", 38, 2_306, 47),
    TrackingLink("LK-57820", "Home page, Acme box", "C-2987", PARTNER_ID,
                 "https://shop.acme.example/", 210, 7_551, 118),
    TrackingLink("LK-59440", "Binoculars for beginners", "C-5210", PARTNER_ID,
                 "https://northlight.example/binoculars", 77, 5_093, 70),
    TrackingLink("LK-59871", "Rainy day list", "C-6033", PARTNER_ID,
                 "https://tinkerwood.example/kits", 29, 1_942, 37),
)

CODES = (
    PromoCode("GLOBEX12", "C-3041", PARTNER_ID, "12 % off trail shoes", 188, 30),
    PromoCode("SEEGLOBEX", "C-5210", PARTNER_ID, "A free cleaning kit", 41, 88),
)

ADS = (
    Ad("AD-907", "Skylark, morning ridge", "C-3041", 970, 250, 41_200),
    Ad("AD-908", "Skylark, morning ridge", "C-3041", 300, 600, 18_040),
    Ad("AD-884", "Acme, made for weather", "C-2987", 728, 90, 66_300),
    Ad("AD-1320", "Northlight, first light", "C-5210", 300, 250, 30_115),
)

STATEMENTS = (
    Invoice("ST-8841", 0, "Acme, Northlight Optics, Tinkerwood Toys", 312_480, "Open"),
    Invoice("ST-8790", 1, "Acme, Northlight Optics, Tinkerwood Toys", 428_815, "Paid"),
    Invoice("ST-8733", 2, "Acme, Northlight Optics", 397_240, "Paid"),
    Invoice("ST-8682", 3, "Acme, Northlight Optics", 351_905, "Paid"),
)

PAYOUTS = (
    Payout("PO-6120", 4, 2, 198_640, "Scheduled"),
    Payout("PO-6098", -11, 3, 214_407, "Sent"),
    Payout("PO-6071", -26, 3, 214_408, "Sent"),
)

PENDING, APPROVED = 268_940, 198_640
