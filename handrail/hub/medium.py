"""What is a medium? One way to get help, and everything that the rest may ask of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.engines.activity.ref import Ref
from handrail.engines.conversations.models import Conversation
from handrail.engines.search.excerpts import Part
from handrail.people.models import Member
from handrail.people.viewer import Viewer

if TYPE_CHECKING:
    from handrail.hub.tools import Tool


@dataclass(frozen=True)
class Lock:
    """Why a medium is closed to this viewer, and what they can do about it."""

    reason: str
    action_label: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A medium as this viewer finds it in the Help menu. A locked one has a `lock`."""

    name: str
    label: str
    blurb: str
    icon: str
    url: str
    badge: int = 0
    lock: Lock | None = None


@dataclass(frozen=True)
class DeskItem:
    """A medium as an agent finds it in the console's navigation."""

    name: str
    label: str
    icon: str
    url: str
    badge: int = 0


@dataclass(frozen=True)
class SettingsPart:
    """A page of settings: a tab of the console's, or in the panel's menu of the account."""

    name: str
    label: str
    url: str


@dataclass(frozen=True)
class Command:
    """Something to choose in the console's command palette: a place to go to, or an act.

    One of `url` (go there), `post` (send `values`; the answer takes the place of the element
    `target`) and `press` (press or focus the element of the page with this id).
    """

    label: str
    icon: str = "arrow-right"
    hint: str = ""
    keys: str = ""
    """The shortcut that does the same."""
    url: str = ""
    post: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    target: str = ""
    press: str = ""

    @property
    def values_as_json(self) -> str:
        return json.dumps(dict(self.values))

    @property
    def says(self) -> str:
        """All that it can be found by."""
        return f"{self.label} {self.hint}"


@dataclass(frozen=True)
class DeskRow:
    """Something live that presses an agent: it stands above what can wait, in the one queue."""

    ref: Ref
    title: str
    """Whose it is."""
    hint: str
    """Of which account, about what: in a few words."""
    words: str
    """What was said last."""
    state: str
    tone: str
    """Of the state's badge."""
    icon: str
    since: datetime
    url: str
    is_unread: bool = False
    act_label: str = ""
    act_url: str = ""
    """Where its one act is sent to; empty: it is opened, and that is all."""


@dataclass(frozen=True)
class Near:
    """Something of a member's that is open with us, for an agent who talks to them."""

    ref: Ref
    title: str
    hint: str
    url: str
    at: datetime


@dataclass(frozen=True)
class CannedText:
    """Words that agents send often, filled in for one conversation."""

    title: str
    text: str
    is_own: bool
    used_url: str
    """Told by POST that it was put into a message."""
    is_whole: bool = True
    """Nothing in it is left for the agent to fill in."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for this viewer: shown at the top of the home."""

    title: str
    reason: str
    icon: str
    url: str


@dataclass(frozen=True)
class Handoff:
    """What one medium gives to another to go on with: a draft, never a finished thing."""

    title: str = ""
    body: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    source: Ref | None = None


@dataclass(frozen=True)
class Suggestion:
    """Something of a medium's that may answer what somebody is about to ask."""

    ref: Ref
    title: str
    excerpt: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that a search found, as this viewer may see it."""

    ref: Ref
    url: str
    title: Sequence[Part]
    excerpt: Sequence[Part] = ()
    hint: str = ""
    """Where it stands, in a few words: a page's section, a ticket's number and status."""
    public_url: str = ""
    """Where it is read on the public site; empty: at `url` alone."""


@dataclass(frozen=True)
class Findings:
    """What one medium found, best first or newest first, as its own lists are."""

    found: Sequence[Finding]
    more_url: str = ""
    """Where the rest of it is; empty: this is all."""
    more_public_url: str = ""
    """The same on the public site; empty: at `more_url` alone."""
    corrected: str = ""
    """The question as it was read, where words in it were put right."""
    may_refine: bool = False
    """Words alone have answered; asked again with `refine`, the meaning of them does, too."""


@dataclass(frozen=True)
class Place:
    """Where this viewer reads a page that an answer rests on."""

    title: str
    section: str
    """The part of the medium that it belongs to, in a word or two."""
    url: str
    """In the panel."""
    public_url: str = ""
    """On the public site; empty: it is not there. With `.md` after it, as Markdown."""


@dataclass(frozen=True)
class Event:
    """Something that happened, as told to other mediums: after commit, at least once."""

    verb: str
    ref: Ref
    activity_id: int
    detail: Mapping[str, Any]


class Medium:
    """One way to get help. Subclass it in `<medium>/medium.py`; everything has a default.

    A medium reads only through `visible_to(viewer)` and writes only through its `actions`.
    """

    name: ClassVar[str] = ""
    """Its folder, its part of the address and its word in a Ref."""
    label: ClassVar[Any] = ""
    blurb: ClassVar[Any] = ""
    icon: ClassVar[str] = "life-buoy"
    entitlement: ClassVar[str | None] = None
    """Closed, with a Lock, to members whose plan does not hold it."""
    for_nobody: ClassVar[bool] = False
    """Whether a visitor without a session can use it."""
    public_path: ClassVar[str] = ""
    """How the addresses of its pages for everybody begin, where all of them are in the panel as
    well, with `/help` before: a link to one opens there. Empty: none are."""
    search_place: ClassVar[int] = 50
    """Where its findings stand among those of others: what explains before what was written."""
    explains: ClassVar[bool] = False
    """Whether what it says is evidence for answers: pages that explain, not what people wrote."""
    desk_scripts: ClassVar[tuple[str, ...]] = ()
    """Scripts that run in every page of the console, for agents who work conversations."""
    listens_to: ClassVar[frozenset[str]] = frozenset()
    """Verbs of activity that `on_event` is called for."""

    def menu_url(self) -> str:
        return reverse(f"{self.name}:index")

    def badge(self, viewer: Viewer) -> int:
        """How many things are new for this viewer. One indexed query at most."""
        return 0

    def lock(self, viewer: Viewer) -> Lock | None:
        """Why the medium is closed to this viewer; None where it is open."""
        if self.entitlement is None or viewer.is_nobody or viewer.may(self.entitlement):
            return None
        return Lock(str(_("Your plan does not include this.")))

    def waiting(self, viewer: Viewer) -> list[Waiting]:
        """What waits for this viewer's word, most pressing first, at most five."""
        return []

    def desk_item(self, viewer: Viewer) -> DeskItem | None:
        """Its place in the console, for agents who may work there. Asks the database nothing."""
        return None

    def desk_waiting(self, viewer: Viewer) -> QuerySet[Any] | None:
        """What its badge in the console counts, sliced where counting stops; None: no badge. All
        mediums' are counted in one query."""
        return None

    def desk_rows(self, viewer: Viewer) -> Sequence[DeskRow]:
        """What presses this agent now, at the top of the one queue: their own, then what waits
        for anybody, the longest first. A few queries, the same number however many rows."""
        return ()

    def near(self, viewer: Viewer, member: Member) -> Sequence[Near]:
        """What this member has open here, for an agent who talks to them: a handful, one query."""
        return ()

    def canned(self, viewer: Viewer, conversation: Conversation, text: str) -> Sequence[CannedText]:
        """What this agent can put into a message there, by these words. Two queries."""
        return ()

    def settings_parts(self, viewer: Viewer) -> list[SettingsPart]:
        """Its pages of the console's settings, for those who may change them."""
        return []

    def account_parts(self, viewer: Viewer) -> list[SettingsPart]:
        """Its pages where this member chooses something for all of their account. One query at
        most, and none for who may choose nothing."""
        return []

    def palette(self, viewer: Viewer, text: str) -> list[Command]:
        """What the command palette finds for these words: a handful, as this agent."""
        return []

    def palette_acts(self, viewer: Viewer, public_id: str, text: str) -> list[Command]:
        """What this agent can do now with the thing that is open in their page."""
        return []

    def palette_seen(self, viewer: Viewer, public_ids: list[str]) -> list[Command]:
        """The things that this agent looked at, in this order, as far as they may read them."""
        return []

    def sign_in_help_url(self) -> str:
        """Where somebody who cannot sign in finds help without a session; empty: not here."""
        return ""

    def suggest(self, viewer: Viewer, words: str) -> list[Suggestion]:
        """What may answer somebody who writes these words, the best first; a few are shown.

        Asked while they type: one quick query, and only what this viewer may read (`readable` is
        asked about it once more).
        """
        return []

    def search(self, viewer: Viewer, text: str, *, limit: int, refine: bool) -> Findings | None:
        """What this viewer finds here by these words; None: nothing can be looked for here.

        Asked with every letter: a few queries, the same number whatever there is. `refine` may
        take some tens of milliseconds more.
        """
        return None

    def places(self, viewer: Viewer, public_ids: Iterable[str]) -> dict[str, Place]:
        """Where this viewer reads these of its pages, of mediums that explain: the database's last
        word, in one query. What they may not read, or what is listed nowhere, is left out."""
        return {}

    def languages(self, viewer: Viewer) -> Sequence[str]:
        """In which languages it explains, apart from the viewer's own. One query at most."""
        return ()

    def ask_url(self, question: str, *, is_public: bool) -> str:
        """Where it answers this question, of mediums that explain; empty: nobody asks here."""
        return ""

    def read_public(self, viewer: Viewer, path: str) -> str | None:
        """What is at this path of the public site, as Markdown for programs; None: nothing of its,
        nothing that this viewer may read, or nothing that lists may name."""
        return None

    def take_feedback(self, viewer: Viewer, path: str, words: str, goal: str) -> bool:
        """Keeps what a program says about what is at this path, for who writes it; `goal`: what it
        was read for, or empty. False where `read_public` finds nothing."""
        return False

    def readable(self, viewer: Viewer, public_ids: Iterable[str]) -> set[str]:
        """Which of these this viewer may read: the database's last word, in one query."""
        return set()

    def url_of(self, viewer: Viewer, public_id: str) -> str:
        """Where this viewer finds one of its things."""
        raise NotImplementedError(f"{self.name} has no pages of its own")

    def tools(self, viewer: Viewer) -> Sequence["Tool"]:
        """What an assistant can do here for this member, as them; see `hub.tools`. Two queries at
        most."""
        return ()

    def accept(self, viewer: Viewer, draft: Handoff) -> str:
        """Takes over from another medium; returns the address to go on at."""
        raise NotImplementedError(f"{self.name} takes no handoffs")

    def on_event(self, event: Event) -> None:
        """Hears of a verb in `listens_to`. Idempotent: it may be told twice."""
