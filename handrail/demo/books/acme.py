"""What is in Acme's book? An outdoor brand with a busy programme, in euros."""

from handrail.demo.books.records import (
    DRAFT,
    ENDED,
    LIVE,
    PAUSED,
    Ad,
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
    Partner("P-1207", "Globex", "Content and reviews", "United States",
            "globex.example", 412, "Carol Jimenez", "Preferred"),
    Partner("P-1093", "Ridgeline Journal", "Content and reviews", "Germany",
            "ridgeline-journal.example", 688, "Jonas Feld", "Preferred"),
    Partner("P-1142", "Gear Compass", "Comparison", "Netherlands",
            "gearcompass.example", 590, "Sanne de Wit"),
    Partner("P-1188", "Deal Harbour", "Deals and coupons", "Singapore",
            "dealharbour.example", 455, "Wei Ling Tan"),
    Partner("P-1164", "Otter Coupons", "Deals and coupons", "United Kingdom",
            "ottercoupons.example", 521, "Harriet Cole"),
    Partner("P-1251", "The Slow Traveller", "Blog", "Portugal",
            "slowtraveller.example", 301, "Tiago Moura"),
    Partner("P-1219", "Fjord & Fell", "Blog", "Norway",
            "fjordandfell.example", 377, "Sigrid Aas"),
    Partner("P-1275", "Kilometre Club", "Loyalty", "France",
            "kilometre-club.example", 246, "Luc Aubert", "Preferred"),
    Partner("P-1301", "Trailhead Radio", "Podcast", "United Kingdom",
            "trailheadradio.example", 188, "Dev Anand"),
    Partner("P-1310", "Summit Sisters", "Creator", "Switzerland",
            "summitsisters.example", 152, "Lea Brunner", "Creators"),
    Partner("P-1333", "Marta on the Mountain", "Creator", "Spain",
            "martamountain.example", 96, "Marta Ibarra", "Creators"),
    Partner("P-1350", "Basecamp Students", "Closed group", "Ireland",
            "basecampstudents.example", 61, "Aoife Daly"),
)

CAMPAIGNS = (
    Campaign(
        "C-3041", "Trail Running Launch", "Performance", LIVE,
        "The new Skylark trail shoe and everything that goes with it.",
        "8 % of each sale", 74, ends_in_days=30,
        shares={"P-1207": 34, "P-1093": 24, "P-1142": 13, "P-1219": 8, "P-1301": 7, "P-1251": 6},
        daily_clicks=820, actions_per_thousand_clicks=21, average_order=11_840, cost_per_mille=80,
    ),
    Campaign(
        "C-2987", "Always On", "Performance", LIVE,
        "The standing offer on the whole shop, all year round.",
        "5 % of each sale", 610,
        shares={"P-1093": 24, "P-1142": 17, "P-1275": 18, "P-1207": 14, "P-1164": 12, "P-1188": 10},
        daily_clicks=1190, actions_per_thousand_clicks=16, average_order=9_260, cost_per_mille=50,
    ),
    Campaign(
        "C-3066", "Creator Summit Series", "Creator", LIVE,
        "Six creators, six summits, one film each.",
        "€350 a film and 10 % of each sale", 33, ends_in_days=58, cookie_days=14,
        shares={"P-1310": 40, "P-1333": 36, "P-1301": 10},
        daily_clicks=350, actions_per_thousand_clicks=18, average_order=10_420, cost_per_mille=170,
    ),
    Campaign(
        "C-3012", "Refer a Hiking Friend", "Referral", LIVE,
        "Members of loyalty partners bring a friend, both get €12.",
        "€12 for each new customer", 168,
        shares={"P-1275": 60, "P-1350": 25},
        daily_clicks=130, actions_per_thousand_clicks=44, average_order=8_150, cost_per_mille=147,
    ),
    Campaign(
        "C-3058", "Outlet Weekends", "Promo code", LIVE,
        "Last season's colours, Friday evening to Sunday night, with a code.",
        "6 % of each sale with a code", 47, ends_in_days=44, cookie_days=7,
        shares={"P-1188": 38, "P-1164": 34, "P-1142": 12},
        daily_clicks=520, actions_per_thousand_clicks=29, average_order=6_790, cost_per_mille=60,
    ),
    Campaign(
        "C-3079", "Winter Layers", "Performance", DRAFT,
        "Merino, down and everything between, from the first frost.",
        "7 % of each sale", 3, ends_in_days=120,
    ),
    Campaign(
        "C-2940", "Student Basecamp", "Promo code", PAUSED,
        "A quarter off for students, for closed groups only.",
        "4 % of each sale with a code", 240, ends_in_days=-12,
        shares={"P-1350": 100},
        daily_clicks=110, actions_per_thousand_clicks=38, average_order=5_480, cost_per_mille=40,
    ),
    Campaign(
        "C-2871", "Spring Tent Fair", "Performance", ENDED,
        "Tents, tarps and hammocks for the first warm weeks.",
        "8 % of each sale", 260, ends_in_days=-170,
        shares={"P-1207": 25, "P-1093": 35, "P-1251": 20},
        daily_clicks=860, actions_per_thousand_clicks=12, average_order=21_300, cost_per_mille=80,
    ),
)

APPLICATIONS = (
    Application(
        "AP-771", "PackLight Weekly", "Newsletter", "United States", "packlightweekly.example",
        "48,000 readers, half of them in Europe",
        "We test one piece of ultralight gear a week and would start with the Skylark shoe.",
        "C-3041", 1,
    ),
    Application(
        "AP-768", "Voucher Vault", "Deals and coupons", "Poland", "vouchervault.example",
        "310,000 visits a month",
        "We list codes of 900 shops. Please send all valid codes, also those for single partners.",
        "C-3058", 2, warning="Bids on brand names in search ads, seen on two other programmes.",
    ),
    Application(
        "AP-764", "Kite & Compass", "Creator", "Italy", "kiteandcompass.example",
        "126,000 followers, 4.1 % of them react",
        "We are two guides in the Dolomites and film our tours. A summit film would suit us.",
        "C-3066", 4,
    ),
    Application(
        "AP-759", "Nordic Trail News", "Content and reviews", "Sweden", "nordictrail.example",
        "92,000 visits a month",
        "We cover races from Abisko to the Alps, and link to shoes that we ran in ourselves.",
        "C-3041", 6,
    ),
)

LINKS = (
    TrackingLink("LK-58213", "Skylark review", "C-3041", "P-1207",
                 "https://shop.acme.example/trail/skylark", 41, 8_112, 171),
    TrackingLink("LK-58240", "Ten trail shoes compared", "C-3041", "P-1142",
                 "https://shop.acme.example/trail/shoes", 36, 5_140, 104),
    TrackingLink("LK-58177", "Ridgeline gear guide", "C-2987", "P-1093",
                 "https://shop.acme.example/", 140, 18_204, 302),
    TrackingLink("LK-58266", "Podcast episode 88", "C-3041", "P-1301",
                 "https://shop.acme.example/trail", 19, 1_233, 17),
    TrackingLink("LK-58301", "Summit film, Piz Palü", "C-3066", "P-1310",
                 "https://shop.acme.example/films/piz-palu", 12, 1_804, 33),
    TrackingLink("LK-58302", "Summit film, Aneto", "C-3066", "P-1333",
                 "https://shop.acme.example/films/aneto", 11, 1_477, 31),
    TrackingLink("LK-58118", "Club member shop", "C-3012", "P-1275",
                 "https://shop.acme.example/friends", 166, 5_120, 224),
    TrackingLink("LK-58289", "Outlet, first weekend", "C-3058", "P-1188",
                 "https://shop.acme.example/outlet", 15, 3_318, 93),
)

CODES = (
    PromoCode("TRAIL10", "C-3041", None, "10 % off trail shoes", 412, 30),
    PromoCode("GLOBEX12", "C-3041", "P-1207", "12 % off trail shoes", 188, 30),
    PromoCode("OUTLET15", "C-3058", None, "15 % off outlet", 1_204, 44),
    PromoCode("HARBOUR20", "C-3058", "P-1188", "20 % off outlet, over €80", 367, 9),
    PromoCode("MARTA15", "C-3066", "P-1333", "15 % off everything", 95, 58),
    PromoCode("STUDENT25", "C-2940", "P-1350", "25 % off everything", 1_960, None, "Paused"),
)

ADS = (
    Ad("AD-907", "Skylark, morning ridge", "C-3041", 970, 250, 182_400),
    Ad("AD-908", "Skylark, morning ridge", "C-3041", 300, 600, 96_310),
    Ad("AD-911", "Outlet weekend countdown", "C-3058", 300, 250, 240_870),
    Ad("AD-884", "Acme, made for weather", "C-2987", 728, 90, 410_020),
)

INVOICES = (
    Invoice("INV-20431", 0, "Partner payouts and platform fee", 1_946_280, "Due", (
        ("Approved actions, partner commissions", 1_648_900),
        ("Fixed fees, Creator Summit Series", 175_000),
        ("Larkspan platform fee, Enterprise", 122_380),
    )),
    Invoice("INV-20418", 1, "Partner payouts and platform fee", 1_781_945, "Paid", (
        ("Approved actions, partner commissions", 1_659_565),
        ("Larkspan platform fee, Enterprise", 122_380),
    )),
    Invoice("INV-20402", 2, "Partner payouts and platform fee", 1_698_110, "Paid", (
        ("Approved actions, partner commissions", 1_575_730),
        ("Larkspan platform fee, Enterprise", 122_380),
    )),
    Invoice("INV-20377", 3, "Partner payouts and platform fee", 1_512_660, "Paid", (
        ("Approved actions, partner commissions", 1_390_280),
        ("Larkspan platform fee, Enterprise", 122_380),
    )),
)

PAYOUTS = (
    Payout("PO-6120", 4, 11, 868_415, "Scheduled"),
    Payout("PO-6121", 19, 12, 912_000, "Estimated"),
    Payout("PO-6098", -11, 11, 841_220, "Sent"),
    Payout("PO-6071", -26, 10, 779_960, "Sent"),
)

BALANCE = 1_124_050

LOG = {
    "C-3041": (
        LogLine(2, "Alice Bergmann", "Changed the end date, 14 days later than before"),
        LogLine(9, "Bob Whitfield", "Added Trailhead Radio at 8 %"),
        LogLine(36, "Larkspan", "Approved 121 actions after the return period"),
        LogLine(74, "Alice Bergmann", "Set the campaign live"),
    ),
    "C-3066": (
        LogLine(5, "Bob Whitfield", "Accepted the film of Marta on the Mountain"),
        LogLine(33, "Alice Bergmann", "Set the campaign live"),
    ),
}
