"""What does a crowd say? Sentences from `content/crowd.toml`, each with numbers of its own."""

from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True)
class Language:
    """What people of one language are called, and say."""

    code: str
    zones: list[str]
    first: list[str]
    last: list[str]
    firms: list[str]
    subjects: list[str]
    asked: list[str]
    more: list[str]
    answered: list[str]
    replied: list[str]


class Phrases:
    """The content with its slots, filled by a Random that is given: the same seed says the same."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._words: list[str] = content["words"]
        self._campaigns: list[str] = content["campaigns"]
        self._notes: list[str] = content["notes"]
        told = [dict(each) for each in content["language"]]
        shares = [each.pop("share") for each in told]
        self.languages = {each["code"]: Language(**each) for each in told}
        self._codes = [
            each["code"] for each, share in zip(told, shares, strict=True) for _ in range(share)
        ]

    def language(self, chance: Random) -> Language:
        return self.languages[chance.choice(self._codes)]

    def firm(self, chance: Random, language: Language) -> str:
        return chance.choice(language.firms).format(word=chance.choice(self._words))

    def person(self, chance: Random, language: Language) -> str:
        first, last = chance.choice(language.first), chance.choice(language.last)
        return f"{last} {first}" if language.code == "ja" else f"{first} {last}"

    def slots(self, chance: Random) -> dict[str, str]:
        """The things that one ticket is about."""
        return {
            "campaign": chance.choice(self._campaigns),
            "partner": f"{chance.choice(self._words)} {chance.choice(('Deals', 'Media', 'Club'))}",
            "link": f"LK-{chance.randrange(10_000, 1_000_000)}",
            "invoice": f"INV-{chance.randrange(10_000, 1_000_000)}",
            "order": f"{chance.randrange(10**7, 10**8)}",
            "amount": f"€{chance.randrange(12, 9_000)}.{chance.randrange(100):02}",
            "days": str(chance.randrange(2, 15)),
        }

    def subject(self, chance: Random, language: Language, slots: dict[str, str]) -> str:
        return chance.choice(language.subjects).format_map(slots)

    def opening(self, chance: Random, language: Language, slots: dict[str, str]) -> str:
        asked = chance.choice(language.asked).format_map(slots)
        return f"{asked}\n\n{chance.choice(language.more).format_map(slots)}"

    def answer(self, chance: Random, language: Language, slots: dict[str, str]) -> str:
        return chance.choice(language.answered).format_map(slots)

    def reply(self, chance: Random, language: Language, slots: dict[str, str]) -> str:
        return chance.choice(language.replied).format_map(slots)

    def note(self, chance: Random, slots: dict[str, str]) -> str:
        return chance.choice(self._notes).format_map(slots)
