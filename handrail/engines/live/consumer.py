"""What may a socket say, and what does it hear?

In: `follow` and `unfollow` with a topic, and the acts that owners of topics have registered. Out:
their answers, and what is pushed to the topics that the page follows and its viewer may.
"""

import asyncio
import json
import re
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.base.languages import language_of
from handrail.base.limits import TooMany
from handrail.engines.live import acts, fanout, topics
from handrail.engines.live.acts import Act, Content
from handrail.engines.live.doors import Door, Scope, acting
from handrail.engines.live.fanout import Hall
from handrail.engines.live.hearing import Hearing, Receive
from handrail.engines.live.news import framed
from handrail.engines.live.pace import whole_seconds
from handrail.engines.live.page import SIGNED_OUT, TOO_SLOW, Page, Send
from handrail.engines.live.topics import Topic
from handrail.people.viewer import NotSignedIn, Viewer

log = structlog.get_logger("handrail.live")

Reply = dict[str, Any]

MOST_TOPICS = 20
"""Topics that one socket may follow; a page needs three."""

LONGEST = 65_536
"""Letters of a frame, for what may hold a whole message."""

AGAIN_SECONDS = 5
"""When a page may try again, where it was not its fault."""

_NAMED = re.compile(r'"(client_id|id)"\s*:\s*"([0-9A-Za-z-]{1,40})"')


class LiveConsumer:
    """One surface's sockets, as an ASGI application. A page's viewer is read anew for every
    decision, never remembered."""

    def __init__(self, door: Door, origin: str) -> None:
        self.door = door
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        hall = fanout.hall()
        page = await self._page(hall, scope)
        if page is None:
            await fanout.left(hall)
            await send({"type": "websocket.close", "code": SIGNED_OUT})
            return
        writing = asyncio.ensure_future(page.write(send))
        try:
            await _converse(hall, page, receive)
        finally:
            hall.leave(page)
            writing.cancel()
            await fanout.left(hall)

    async def _page(self, hall: Hall, scope: Scope) -> Page | None:
        """The page, in its hall; None where nobody is behind it, or another site's page.

        Asked once more when it is in: whoever ends the session from now on finds it there.
        """
        if _given_origin(scope) != self.origin:
            return None
        viewer: Viewer = await hall.run(self.door.viewer_of, scope)
        if viewer.is_nobody:
            return None
        page = Page(self.door, scope, viewer)
        hall.enter(page)
        if page.key not in await hall.run(self.door.viewers, {page.key}):
            page.end(SIGNED_OUT)
        return page


def _given_origin(scope: Scope) -> str:
    headers = dict(scope["headers"])
    return str(headers.get(b"origin", b"").decode("latin-1"))


async def _converse(hall: Hall, page: Page, receive: Receive) -> None:
    """One thing after the other: what a page says is kept in the order in which it was sent."""
    hearing = Hearing(page)
    listening = asyncio.ensure_future(hearing.listen(receive))
    try:
        async for text in hearing.texts():
            if not page.is_over:
                await _hear(hall, page, text)
        await listening
    finally:
        listening.cancel()


async def _hear(hall: Hall, page: Page, text: str) -> None:
    """What is no JSON object with a known type is dropped without a word."""
    if len(text) > LONGEST:
        with translation.override(None):
            page.put(framed(_refused(_named(text), _("This is too long to be sent."))))
        if not page.has_gone:
            await asyncio.sleep(hall.pace.wait(page.person))
        return
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not isinstance(content, dict) or not isinstance(content.get("type"), str):
        return
    topic = topics.parse(content.get("topic"))
    if topic is None:
        if content["type"] in ("follow", "unfollow"):
            page.put(framed({"type": "refused"}))
        return
    await _do(hall, page, topic, content, len(text))


async def _do(hall: Hall, page: Page, topic: Topic, content: Content, length: int) -> None:
    """A fixed map of types: no name from outside ever selects a function."""
    kind = content["type"]
    act = _BUILT_IN.get(kind) or acts.find(topic.kind, kind)
    if act is None or length > act.length:
        return
    while early := hall.pace.wait(page.person):
        if page.has_gone or page.says_too_much:  # what is slowed would keep us busy for minutes
            page.end(TOO_SLOW)
            return
        if act.is_answered and not act.waits:
            page.put(framed(_slowed(topic, content, early)))
        await asyncio.sleep(early)  # what else they send waits in their own connection
        if not act.waits:
            return
    if kind == "unfollow":
        hall.unfollow(page, topic)
        return
    if kind == "follow":
        await _follow(hall, page, topic)
        return
    run = hall.write if act.writes else hall.run
    reply, is_over = await run(_acted, page, topic, act, content)
    if is_over:
        hall.leave(page)
        page.end(SIGNED_OUT)
    elif reply is not None:
        page.put(framed(reply))


async def _follow(hall: Hall, page: Page, topic: Topic) -> None:
    viewer, may_follow = await hall.run(_asked, page, topic)
    if viewer.is_nobody:
        hall.leave(page)
        page.end(SIGNED_OUT)
    elif page.is_over or not may_follow or len(page.following) >= MOST_TOPICS:
        page.put(framed({"type": "refused", "topic": str(topic)}))
    else:
        hall.follow(page, topic)
        page.put(framed({"type": "following", "topic": str(topic)}))


def _asked(page: Page, topic: Topic) -> tuple[Viewer, bool]:
    """Who is behind this page now, and may they follow the topic?"""
    viewer = page.door.viewer(page.key)
    return viewer, not viewer.is_nobody and topics.may_follow(viewer, topic)


def _acted(page: Page, topic: Topic, act: Act, content: Content) -> tuple[Reply | None, bool]:
    """Does it as whoever is behind the page now; returns the reply, and whether nobody is.

    What goes wrong is told in the person's words, and whether to try again.
    """
    viewer = page.door.viewer(page.key)
    if viewer.is_nobody:
        return None, True
    with translation.override(language_of(viewer.locale)), acting(page.key, topic):
        try:
            reply = act.handler(viewer, topic.key, content)
            return ({**reply, "topic": str(topic)} if reply else None), False
        except NotSignedIn:
            return None, True
        except ValidationError as refusal:
            why, again = " ".join(refusal.messages), 0
        except PermissionDenied:
            why, again = _("You may not do this, or not any more."), 0
        except TooMany as slow:
            why, again = _("That was a lot at once. Wait a moment."), slow.retry_after
        except Exception:
            log.exception("act_failed", act=content["type"], topic=topic.kind)
            why, again = _("That did not work just now. It is tried again."), AGAIN_SECONDS
    return (_refused(content, why, topic, again) if act.is_answered else None), False


def _slowed(topic: Topic, content: Content, early: float) -> Reply:
    why = _("That was a lot at once. Wait a moment.")
    return _refused(content, why, topic, whole_seconds(early))


def _refused(content: Content, why: str, topic: Topic | None = None, again: int = 0) -> Reply:
    """Says which of what a page sent is refused: by the ids that it gave, where they are words."""
    reply: Reply = {"type": "refused", "why": why}
    if topic:
        reply["topic"] = str(topic)
    for name in ("client_id", "id"):
        if isinstance(content.get(name), str) and len(content[name]) <= 40:
            reply[name] = content[name]
    return reply | ({"retry_after": again} if again else {})


def _named(text: str) -> Content:
    """The ids in what is too long to be read."""
    return dict(_NAMED.findall(text))


def _nothing(viewer: Viewer, key: str, content: Content) -> None:
    """Following is the hall's own act."""


_BUILT_IN = {
    "follow": Act(_nothing, waits=True),
    "unfollow": Act(_nothing, is_answered=False, waits=True),
}
