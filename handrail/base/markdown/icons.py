"""Which of our icons is meant? Pages name those of Font Awesome, as GitBook does."""

from functools import cache
from pathlib import Path

_OURS = """
address-card=user arrow-up-right-from-square=external-link arrows-rotate=refresh-cw ask=sparkles
bars=menu bolt=zap box=package building=building-2 bullhorn=megaphone
calendar-check=calendar-clock calendar-days=calendar caret-down=chevron-down
caret-right=chevron-right cart-shopping=shopping-cart certificate=award chart-bar=chart-column
chart-line-up=chart-line chart-simple=chart-column check-circle=circle-check
circle-exclamation=circle-alert circle-info=info circle-play=play
circle-question=circle-question-mark circle-user=user circle-xmark=circle-x clipboard=copy
clock-rotate-left=history clone=copy cloud-arrow-down=download cloud-arrow-up=upload cog=settings
coins=circle-dollar-sign comment=message-circle comments=message-square-text
credit-card-front=credit-card dollar-sign=circle-dollar-sign edit=pencil
ellipsis-vertical=ellipsis envelope=mail exclamation-triangle=triangle-alert
external-link-alt=external-link file-invoice=receipt file-lines=file-text file=file-text
film=video gear=settings gears=settings grid-2=layout-grid grid=layout-grid
hand-holding-dollar=circle-dollar-sign home=house images=image key=key-round language=languages
life-ring=life-buoy link-simple=link list-ul=list location-dot=map-pin magic=wand-sparkles
magnifying-glass=search message-lines=message-square-text message=message-circle
mobile-screen=smartphone mobile=smartphone money-bill=circle-dollar-sign paper-plane=send
pen-to-square=square-pen pen=pencil print=printer puzzle-piece=puzzle
question-circle=circle-question-mark right-from-bracket=log-out right-to-bracket=log-in robot=bot
rotate=refresh-cw scale-balanced=scale screwdriver-wrench=wrench shield-halved=shield-check
sign-in=log-in sign-out=log-out sliders=filter sparkle=sparkles store=shopping-cart tags=tag
thumbtack=flag times=x toggle-off=toggle-left toggle-on=toggle-right trash-can=trash-2
trash=trash-2 triangle-exclamation=triangle-alert unlock=lock-open
up-right-from-square=external-link user-group=users video-camera=video
wand-magic-sparkles=wand-sparkles warning=triangle-alert xmark=x
"""
"""Their name and ours. Where both are the same, none is needed here."""

_STYLES = frozenset(
    "fa fas far fal fat fab fad fa-solid fa-regular fa-light fa-thin fa-brands fa-duotone fa-sharp "
    "fa-fw fa-lg".split()
)


@cache
def _names() -> dict[str, str]:
    served = Path(__file__).parents[1].joinpath("icons.txt").read_text(encoding="utf-8").split()
    theirs = dict(pair.split("=") for pair in _OURS.split())
    return theirs | {name: name for name in served}


def served(name: str) -> bool:
    """Whether this is one of the icons of our sprite."""
    return _names().get(name) == name


def icon_named(name: str) -> str | None:
    """Our icon for a name of theirs, with or without `fa-`; None where we have none."""
    return _names().get(name.strip().lower().removeprefix("fa-"))


def icon_of_class(classes: str) -> str | None:
    """The same for what stands in `class`; an empty string when it names no icon at all."""
    named = [name for name in classes.split() if name.startswith("fa") and name not in _STYLES]
    return icon_named(named[0]) if named else ""
