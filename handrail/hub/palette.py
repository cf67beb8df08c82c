"""What does the command palette offer to this agent? Places, acts, and what mediums find.

Mediums contribute by `Medium.palette`, `palette_acts` and `palette_seen`; all of it as the viewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.engines.activity.ref import Ref
from handrail.engines.search.words import words
from handrail.hub.medium import Command
from handrail.hub.menu import desk_menu, settings_menu
from handrail.hub.registry import find, mediums
from handrail.people.viewer import Viewer

MOST_SEEN = 6
MOST_IN_A_GROUP = 12


@dataclass(frozen=True)
class Group:
    """Commands that belong together, under a title."""

    title: str
    commands: list[Command]


@dataclass(frozen=True)
class Asked:
    """What was typed, which thing is open in the page, and what was looked at before."""

    text: str = ""
    here: Ref | None = None
    seen: tuple[Ref, ...] = ()


def palette(viewer: Viewer, asked: Asked) -> list[Group]:
    """The groups that hold something: what can be done here, what was seen, places, what is found.

    A number leads to its thing, so what is found comes first then.
    """
    viewer.require_agent()
    text = asked.text.strip()
    found = Group(_("Found"), _found(viewer, text))
    groups = [
        Group(_("Here"), _acts(viewer, asked)),
        Group(_("Seen lately"), [] if text else _seen(viewer, asked.seen)),
        Group(_("Go to"), matching(_places(viewer), text)),
    ]
    groups = [found, *groups] if text.lstrip("#").isdigit() else [*groups, found]
    return [Group(g.title, g.commands[:MOST_IN_A_GROUP]) for g in groups if g.commands]


def matching(commands: Iterable[Command], text: str) -> list[Command]:
    """Those of which each word that was typed begins some word; diacritics do not matter."""
    asked = words(text)
    return [
        command
        for command in commands
        if all(any(word.startswith(begun) for word in words(command.says)) for begun in asked)
    ]


def _found(viewer: Viewer, text: str) -> list[Command]:
    """What each medium finds; nothing where nothing is looked for."""
    asked = mediums() if words(text) else []
    return [command for medium in asked for command in medium.palette(viewer, text)]


def _acts(viewer: Viewer, asked: Asked) -> list[Command]:
    """What can be done with the thing that is open, by its medium."""
    medium = find(asked.here.medium) if asked.here else None
    if medium is None or asked.here is None:
        return []
    return matching(medium.palette_acts(viewer, asked.here.public_id, asked.text), asked.text)


def _seen(viewer: Viewer, refs: Iterable[Ref]) -> list[Command]:
    """In the order in which they were looked at; what the viewer may not read is not there."""
    by_medium: dict[str, list[str]] = {}
    for ref in refs:
        by_medium.setdefault(ref.medium, []).append(ref.public_id)
    return [
        command
        for name, public_ids in by_medium.items()
        if (medium := find(name))
        for command in medium.palette_seen(viewer, public_ids[:MOST_SEEN])
    ]


def _places(viewer: Viewer) -> list[Command]:
    """The pages of the console that this agent may open."""
    items = desk_menu(viewer)
    places = [Command(item.label, icon=item.icon, url=item.url) for item in items]
    places += [
        Command(_("Notices"), icon="bell", url=reverse("console:notices"), keys="g n"),
        Command(_("Your profile"), icon="user", url=reverse("console:profile"), keys="g p"),
        Command(_("Two-step sign-in"), icon="shield-check", url=reverse("mfa_index")),
        Command(_("Keyboard shortcuts"), icon="keyboard", press="shortcuts-button", keys="?"),
    ]
    title = _("Settings")
    places += [
        Command(part.label, hint=title, icon="settings", url=part.url)
        for part in settings_menu(viewer)
    ]
    return places
