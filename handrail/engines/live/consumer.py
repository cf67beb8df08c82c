"""What may a socket say, and what does it hear?

In: `follow` and `unfollow` with a topic. Out: `changed` with a topic, `following`, `refused`.
Everything that is written goes by POST; a socket only says when to look.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from handrail.engines.live import push, topics
from handrail.engines.live.topics import Topic
from handrail.people.viewer import Viewer

ViewerOf = Callable[[Mapping[str, Any]], Viewer]

MOST_TOPICS = 20
"""Topics that one socket may follow; a page needs three."""

SIGNED_OUT = 4401
"""Close code: no session, or it ended. The page renews its session before it connects again."""


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """One open page. Its viewer is read anew for every decision, never remembered."""

    viewer_of: ViewerOf
    origin: str

    def __init__(self, viewer_of: ViewerOf, origin: str) -> None:
        super().__init__()
        self.viewer_of = viewer_of
        self.origin = origin
        self.following: set[Topic] = set()
        self.session_group = ""
        self.is_over = False

    async def connect(self) -> None:
        viewer = await self._viewer()
        if self._given_origin() != self.origin or viewer.is_nobody:
            await self.accept()
            await self._end()
            return
        self.session_group = push.session_group(viewer.session_id or "")
        await self.channel_layer.group_add(self.session_group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        if self.session_group:
            await self.channel_layer.group_discard(self.session_group, self.channel_name)
        for topic in self.following:
            await self.channel_layer.group_discard(topic.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Text of at most 1 kB that is JSON; anything else is dropped without a word."""
        if self.is_over or not text_data or len(text_data) > 1024:
            return
        try:
            content = await self.decode_json(text_data)
        except ValueError:
            return
        await self.receive_json(content)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """A fixed map of message types: no name from outside ever selects a method."""
        if not isinstance(content, dict):
            return
        handlers: dict[str, Callable[[Topic], Awaitable[None]]] = {
            "follow": self._follow,
            "unfollow": self._unfollow,
        }
        kind, named = content.get("type"), content.get("topic")
        handler = handlers.get(kind) if isinstance(kind, str) else None
        if handler is None:
            return
        topic = topics.parse(named)
        if topic is None:
            await self.send_json({"type": "refused"})
            return
        await handler(topic)

    async def topic_changed(self, event: dict[str, Any]) -> None:
        topic = topics.parse(event["topic"])
        if topic is None or self.is_over:
            return
        viewer, may_follow = await self._asked(topic)
        if viewer.is_nobody:
            await self._end()
        elif may_follow:
            await self.send_json({"type": "changed", "topic": str(topic)})
        else:
            await self._unfollow(topic)

    async def session_ended(self, event: dict[str, Any]) -> None:
        await self._end()

    async def _follow(self, topic: Topic) -> None:
        viewer, may_follow = await self._asked(topic)
        if viewer.is_nobody:
            await self._end()
        elif may_follow and len(self.following) < MOST_TOPICS:
            self.following.add(topic)
            await self.channel_layer.group_add(topic.group, self.channel_name)
            await self.send_json({"type": "following", "topic": str(topic)})
        else:
            await self.send_json({"type": "refused"})

    async def _unfollow(self, topic: Topic) -> None:
        self.following.discard(topic)
        await self.channel_layer.group_discard(topic.group, self.channel_name)

    async def _end(self) -> None:
        """The page renews its session and connects again; left open, it would wait for ever.

        Once, and nothing is said afterwards: a server takes no word after the last.
        """
        if not self.is_over:
            self.is_over = True
            await self.close(SIGNED_OUT)

    async def _asked(self, topic: Topic) -> tuple[Viewer, bool]:
        """Who is behind this page now, and may they follow the topic?"""
        return await database_sync_to_async(self._asked_now)(topic)

    def _asked_now(self, topic: Topic) -> tuple[Viewer, bool]:
        viewer = self.viewer_of(self.scope)
        return viewer, not viewer.is_nobody and topics.may_follow(viewer, topic)

    async def _viewer(self) -> Viewer:
        return await database_sync_to_async(self.viewer_of)(self.scope)

    def _given_origin(self) -> str:
        headers = dict(self.scope["headers"])
        return str(headers.get(b"origin", b"").decode("latin-1"))
