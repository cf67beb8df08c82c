"""`./dev wishes [FILE…]`: how well are wishes recognised? With files: what is seen in them?"""

import sys
from pathlib import Path

from handrail.mediums.chat.tests.wishes import measuring


def main(paths: list[str]) -> None:
    phrasings = measuring.read(measuring.PHRASINGS)
    lines = [
        *measuring.report("The whole set", phrasings),
        *measuring.report("Developed on", [row for row in phrasings if not row.is_held_out]),
        *measuring.report("Held out", [row for row in phrasings if row.is_held_out]),
        *measuring.report("Developed on as well", measuring.read(measuring.FURTHER)),
        *measuring.report("Written afterwards", measuring.read(measuring.FRESH)),
        *(line for path in paths for line in measuring.alarms(Path(path))),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


main(sys.argv[1:])
