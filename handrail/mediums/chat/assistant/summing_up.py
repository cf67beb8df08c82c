"""What would a colleague say of a chat in two sentences? A model's words, for our agents alone.

The lines that are known without one (`summaries`) are there at once, and stay below.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from handrail.engines.ai.model import summing_up
from handrail.engines.ai.model.endpoint import Endpoint
from handrail.engines.ai.model.prompting import Spoken
from handrail.mediums.chat import actions
from handrail.mediums.chat.assistant.answering import lines_of
from handrail.mediums.chat.assistant.transcribing import as_text
from handrail.mediums.chat.models import Chat
from handrail.people.viewer import SYSTEM

FEWEST_LINES = 3
"""What is shorter is read sooner than its summary."""


def sum_up(chat_key: int) -> None:
    """In the installation's language. Nothing without a model, or where it failed."""
    if Endpoint.chosen() is None:
        return
    chats = Chat.objects.visible_to(SYSTEM).select_related("conversation__account")
    chat = chats.get(pk=chat_key)
    lines = [line for line in lines_of(chat) if line.removed_at is None]
    if len(lines) < FEWEST_LINES:
        return
    ours = as_text(SYSTEM, lines)
    said = [Spoken(line.member_id is not None, ours.get(line.pk, line.body)) for line in lines]
    language = get_language_info(settings.LANGUAGE_CODE)["name"]
    account = chat.conversation.account
    if words := summing_up.sum_up(said, language=language, account=account):
        with translation.override(settings.LANGUAGE_CODE):
            marked = _("A model sums up: %(words)s") % {"words": words}
        actions.add_summary(actions.ASSISTANT, chat, marked)
