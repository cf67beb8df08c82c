"""How much may one page ask of us? Whoever writes more than any page needs is cut short, and told.

Reading costs time in proportion to each of these, so together they bound what a hostile page costs.
"""

MOST_BYTES = 2_000_000
"""Of a file. The longest pages of real help centres, lists of changes, have a fifth of it."""

MOST_CHARACTERS = 500_000
"""Of a body that is drawn; the rest is kept in the source and not shown."""

MOST_LEVELS = 24
"""Of quotes and lists in each other, counting each list twice (itself and its item)."""

MOST_DEPTH = 60
"""Of elements in each other, of whatever kind."""

MOST_NODES = 40_000
"""Elements of a page. A table of 10,000 cells fits; one of 100,000 goes on as plain words."""

MOST_BRACKETS = 1_000
"""`[` in one paragraph: each may begin a link and is looked at a few dozen times."""

MOST_BRACKETS_OF_PAGE = 12_000

MOST_CODE = 20_000
"""Characters of a piece of code that are coloured, longer ones stay plain."""

MOST_CODE_OF_PAGE = 100_000

MOST_TAG = 2_000
"""Characters of one `{% … %}`."""

MOST_FRONT_MATTER = 20_000
"""Characters between the two `---` of a file's head."""
