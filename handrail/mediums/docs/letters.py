"""Who is told what by the help centre? Whoever asked, once the pages answer it."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.base.languages import language_of
from handrail.engines.activity.ref import Ref
from handrail.engines.ai.models import Question, Settled
from handrail.engines.notify import actions as notify
from handrail.engines.notify.actions import Letter, Reader
from handrail.people.actions import email_link
from handrail.people.models import Member
from handrail.people.viewer import Viewer

ANSWERED_PER_ADDRESS = 10
"""Mails a day that one member gets about answers; more of them are notices alone."""


def tell_answered(member: Member, question: Question) -> None:
    """The pages answer what this member asked: a notice and a mail that lead to the answer.

    To an address that the host has not verified goes no content, and no link that signs in.
    """
    ref = Ref("docs", question.public_id)
    with translation.override(language_of(member.locale)):
        title = _("Your question has an answer now: %(question)s") % {"question": question.text}
    notify.notice(member, title, ref)
    if not member.email:
        return
    is_verified = member.person.email_verified
    path = reverse("docs:answered", args=[question.public_id])
    letter = Letter(
        kind="docs.answered",
        template="docs/mail/answered",
        ref=ref,
        context={
            "question": question.text if is_verified else "",
            "link": email_link(member, path) if is_verified else f"{settings.HANDRAIL_URL}{path}",
        },
        account=member.account,
        cap_per_address=ANSWERED_PER_ADDRESS,
    )
    notify.send(letter, Reader(member.email, member.locale, member.zone))


def read_by_asking(viewer: Viewer, question: Question) -> None:
    """Whoever asks once more what they were told of has read that; one query where it is not so."""
    told = Question.objects.visible_to(viewer).filter(
        member=viewer.member, wants_to_hear=True, settled_as=Settled.ANSWERED, text=question.text
    )
    for one in told:
        notify.mark_read(viewer, Ref("docs", one.public_id))
