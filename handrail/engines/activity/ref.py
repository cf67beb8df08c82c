"""How does one thing point at another without knowing its model?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """A thing of a medium by its public id. The hub resolves it as a viewer, through `readable`."""

    medium: str
    public_id: str

    def __str__(self) -> str:
        return f"{self.medium}/{self.public_id}"
