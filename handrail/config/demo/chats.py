"""What was said in the demo's chats? Told by the real actions, then moved back in time."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from handrail.config.demo.tickets import age, move_back
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import Score
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant.answering import answer_owed
from handrail.mediums.chat.models import Chat, Reason
from handrail.people.models import Agent, Member
from handrail.people.viewer import SYSTEM, Viewer, viewer_for_agent, viewer_for_member

ASSISTANT = "assistant"

LANGUAGES = {
    "dora": ["en", "de"],
    "goran": ["en"],
    "emeka": ["en", "es", "fr"],
    "farah": ["en", "fr", "de"],
    "hanna": ["en"],
}
"""In which the agents answer. All of them are away until they say that they are here."""


def load_chats(
    chats: list[dict[str, Any]], members: dict[tuple[str, str], Member], agents: dict[str, Agent]
) -> None:
    """Tells them, the oldest first."""
    for key, languages in LANGUAGES.items():
        actions.set_availability(_agent(agents[key]), languages=languages)
    for told in sorted(chats, key=lambda chat: age(chat["began"]), reverse=True):
        _Chat(told, members, agents).tell()


class _Chat:
    """Tells one, with its own clock."""

    def __init__(
        self,
        told: dict[str, Any],
        members: dict[tuple[str, str], Member],
        agents: dict[str, Agent],
    ) -> None:
        self.told = told
        self.member = viewer_for_member(members[told["account"], told["by"]], via="task")
        self.agents = agents
        self.now = self.asked_at = timezone.now() - age(told["began"])

    def tell(self) -> None:
        account = self.member.account
        if account and actions.assistant_state(account).is_on:
            actions.accept_notice(self.member)
        language = self.told.get("language", "")
        draft = Draft(body=self.told["body"])
        self.chat = actions.begin(self.member, draft, page=self.told["page"], language=language)
        self._move_back(is_opening=True)
        for step in self.told["step"]:
            self.now += _after(step["after"])
            self._play(step)
            self._move_back()
        answer_owed(self.chat.pk)  # crosses out what nobody waits for any more
        Chat.objects.filter(pk=self.chat.pk).update(member_seen_at=self.now)

    def _play(self, step: dict[str, Any]) -> None:
        who, act = step["by"], step["act"]
        self.chat = (
            Chat.objects.visible_to(SYSTEM).select_related("conversation").get(pk=self.chat.pk)
        )
        if who == ASSISTANT:
            answer_owed(self.chat.pk)
        elif who in self.agents:
            self._of_agent(_agent(self.agents[who]), act, step)
        else:
            self._of_member(act, step)

    def _of_agent(self, viewer: Viewer, act: str, step: dict[str, Any]) -> None:
        if act == "accept":
            actions.accept(viewer, self.chat)
        elif act == "back":
            actions.give_back(viewer, self.chat)
        elif act == "end":
            actions.end(viewer, self.chat)
        else:
            write = actions.add_note if act == "note" else actions.say
            write(viewer, self.chat, Draft(body=step["body"].strip()))

    def _of_member(self, act: str, step: dict[str, Any]) -> None:
        if "body" in step and act != "rate":
            actions.say(self.member, self.chat, Draft(body=step["body"].strip()))
        if act == "person":
            actions.ask_for_person(self.member, self.chat, Reason.WISH)
        elif act == "end":
            actions.end(self.member, self.chat)
        elif act == "rate":
            actions.rate(self.member, self.chat, Score[step["score"].upper()], step["body"])

    def _move_back(self, *, is_opening: bool = False) -> None:
        """What was done just now was done at this chat's own time; history is made up nowhere
        but here."""
        move_back(self.chat.conversation, self.now, is_opening=is_opening)
        row = Chat.objects.visible_to(SYSTEM).get(pk=self.chat.pk)
        just_now = timezone.now() - timedelta(minutes=5)
        if row.waiting_since and row.waiting_since > just_now:
            self.asked_at = self.now
            row.waiting_since = self.now
        if row.accepted_at and row.accepted_at > just_now:
            row.accepted_at = self.now
            row.waited_seconds = round((self.now - self.asked_at).total_seconds())
        row.save(update_fields=["waiting_since", "accepted_at", "waited_seconds"])


def _agent(agent: Agent) -> Viewer:
    return viewer_for_agent(agent, via="task")


def _after(told: str) -> timedelta:
    """What the content means by "95s" or "2m"."""
    units = {"s": "seconds", "m": "minutes", "h": "hours"}
    return timedelta(**{units[told[-1]]: int(told[:-1])})
