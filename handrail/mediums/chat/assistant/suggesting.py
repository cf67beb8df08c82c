"""What could an agent answer? What Ask says to the member, with its sources; it sends nothing."""

from handrail.engines.conversations.access import WORK
from handrail.hub import asking
from handrail.hub.asking import LONGEST_QUESTION, Reply
from handrail.mediums.chat.assistant.answering import lines_of, member_of
from handrail.mediums.chat.assistant.deciding import asked_in
from handrail.mediums.chat.assistant.following import asked_with_before
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import Viewer


def suggest_for_agent(viewer: Viewer, chat: Chat) -> Reply | None:
    """From what the member of this chat may read, so that nothing else is ever pasted to them.

    To what they said last; `chat` must have been found as this viewer. The costs of asking, at most
    twice. None: they said nothing that can be asked, or are not served any more.
    """
    viewer.require(WORK)
    viewer.require_agent()
    asked = asked_in([line for line in lines_of(chat) if line.agent_id is None])
    said = asked.questions_before + asked.questions
    said = [text for text in said if len(text) <= LONGEST_QUESTION]
    member = member_of(chat)
    if not said or member is None:
        return None
    languages = [chat.language] if chat.language else []
    return asked_with_before(
        lambda text: asking.ask(member, text, languages=languages),
        said[-1],
        said[:-1],
        chat.language or "en",
    )
