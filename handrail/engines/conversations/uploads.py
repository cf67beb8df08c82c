"""How do files come up before their message is sent? For whichever medium lets somebody write."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from handrail.base.ids import is_public_id
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.files import FileRefused, NotKept
from handrail.engines.conversations.models import Attachment
from handrail.people.viewer import Viewer


class AttachmentsField(forms.MultipleChoiceField):
    """Public ids of uploads; whether they are this person's is asked when they are bound."""

    def valid_value(self, value: str) -> bool:
        return is_public_id(value)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        most = settings.MOST_FILES
        if len(value) > most:
            words = ngettext(
                "A message can carry %(most)d file. Remove some, or send a second message.",
                "A message can carry %(most)d files at most. "
                "Remove some, or send a second message.",
                most,
            )
            raise ValidationError(words, code="too_many", params={"most": most})


def unsent(viewer: Viewer, data: Any) -> list[Attachment]:
    """The uploads that a form's data name, to show them again when it comes back with errors."""
    named = [value for value in data.getlist("attachments") if is_public_id(value)]
    found = Attachment.objects.unsent_by(viewer).filter(public_id__in=named[: settings.MOST_FILES])
    return list(found)


def take(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Keeps the chosen files until their message is sent; each is taken or refused by itself.

    503 says that one of them may be sent once more. The medium has asked who may write.
    """
    taken, refusals, status = [], [], 200
    for given in request.FILES.getlist("files")[: settings.MOST_FILES]:
        try:
            taken.append(conversations.upload(viewer, given))
        except FileRefused as refusal:
            refusals.append(str(refusal))
            status = 503 if isinstance(refusal, NotKept) else status
    context = {"uploads": taken, "refusals": refusals}
    return render(request, "conversations/_uploads.html", context, status=status)


def discard(viewer: Viewer, public_id: str) -> HttpResponse:
    """Removes an upload before it is sent; one that is gone already is as good as removed."""
    attachment = Attachment.objects.unsent_by(viewer).filter(public_id=public_id).first()
    if attachment:
        conversations.discard_upload(viewer, attachment)
    return HttpResponse()
