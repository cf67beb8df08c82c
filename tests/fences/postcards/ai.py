"""What may an assistant do with postcards, for a member and as that member?"""

from handrail.engines.activity.ref import Ref
from handrail.hub.tools import Arguments, Choice, Field, FieldKind, Occasion, Result, Thing, Tool
from handrail.people.viewer import Viewer

STAMPS = (Choice("sea", "The sea"), Choice("hills", "The hills"))


def send(viewer: Viewer, arguments: Arguments, occasion: Occasion) -> Result:
    thing = Thing(Ref("postcards", "sea-------------------"), "A card from the sea")
    return Result(f"{viewer.name} sent {arguments['words']}", (thing,))


def count(viewer: Viewer, arguments: Arguments, occasion: Occasion) -> Result:
    return Result("You have sent one card.")


TOOLS = (
    Tool(
        name="postcards.send",
        label="Send a postcard",
        description="Sends a card with a picture.",
        fields=(
            Field("words", "What it says", FieldKind.LONG, most=200),
            Field("stamp", "Stamp", FieldKind.CHOICE, False, choices=STAMPS, default="sea"),
        ),
        writes=True,
        work=send,
        question="Shall I send it?",
    ),
    Tool(
        name="postcards.count",
        label="How many cards did I send?",
        description="Counts your cards.",
        fields=(),
        writes=False,
        work=count,
    ),
    Tool("tickets.burn", "Burn it", "Is not of postcards.", (), writes=False, work=count),
)
