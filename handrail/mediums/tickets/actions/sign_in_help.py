"""What comes of a request for help with signing in?

It is a ticket of nobody's: no account, no creator, no member who could ever see it. Whoever wrote
is called what they call themselves, until an agent sends a one-time link and they follow it; then
we know that they read that mailbox, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from handrail.base.tokens import hashed, random_secret
from handrail.engines.activity import actions as activity
from handrail.engines.activity.ref import Ref
from handrail.engines.conversations import actions as conversations
from handrail.engines.conversations.actions import Draft
from handrail.engines.conversations.models import SUBJECT_LENGTH, Message
from handrail.mediums.tickets import letters
from handrail.mediums.tickets.actions import sla
from handrail.mediums.tickets.actions.assigning import route
from handrail.mediums.tickets.actions.life import apply_rule, reply
from handrail.mediums.tickets.actions.refusals import NotNow
from handrail.mediums.tickets.models import IssueType, SignInAnswer, SignInRequest, Ticket
from handrail.mediums.tickets.public import letters as public_letters
from handrail.mediums.tickets.states import KIND, WAITING_ON_MEMBER, Act, Status, Who, rule_for
from handrail.people.viewer import SYSTEM, Viewer, system_viewer

STRANGER = system_viewer("sign-in help")
"""In whose name the public page acts; what it may do is what is in this file."""

PROOF_GOOD_FOR = timedelta(days=3)

FIRST_TYPE = {
    "name": "Login",
    "description": "You or a colleague cannot sign in.",
    "position": 3,
}
"""What such tickets are about in a new installation; members find it in their form as well."""

LONGEST_SECRET = 100
"""Ours have 43 letters; whatever is much longer is not worth hashing."""


@dataclass(frozen=True)
class SignInDraft:
    """A request as the form checked it. Nothing in it is true because it is in it."""

    name: str
    email: str
    body: str
    account_name: str = ""
    locale: str = ""


def sign_in_type() -> IssueType | None:
    """What such tickets are about; None where the owner does not want any."""
    return IssueType.objects.offered().filter(is_for_sign_in=True).select_related("team").first()


def sign_in_answers() -> list[SignInAnswer]:
    """What the page says first, in the owner's order."""
    return list(SignInAnswer.objects.all())


def ask_for_sign_in_help(viewer: Viewer, draft: SignInDraft) -> Ticket:
    """Opens the ticket, and confirms it by mail where that address was not written to today."""
    viewer.require("tickets.open")
    issue_type = sign_in_type()
    if issue_type is None:
        raise NotNow(_("This form is not offered any more."))
    with transaction.atomic():
        conversation = conversations.open_for_stranger(
            viewer,
            kind=KIND,
            subject=_subject(draft.name),
            status=Status.OPEN,
            category=issue_type.pk,
            draft=Draft(draft.body, author=draft.name),
        )
        ticket = Ticket.objects.create(conversation=conversation, issue_type=issue_type)
        request = SignInRequest.objects.create(
            ticket=ticket,
            name=draft.name,
            email=draft.email,
            account_name=draft.account_name,
            locale=draft.locale,
        )
        activity.record(viewer, "tickets.opened", conversation.ref, is_shared=False)
        sla.begin(ticket, conversation)
        if issue_type.team:
            route(SYSTEM, conversation, issue_type.team)
        public_letters.confirm(conversation, request)
    return ticket


def send_proof_link(viewer: Viewer, ticket: Ticket) -> Ticket:
    """Asks whoever wrote to show that they read that mailbox; the newest link alone counts."""
    viewer.require("conversations.work")
    with transaction.atomic():
        conversation = conversations.locked(ticket.conversation)
        request = SignInRequest.objects.get(ticket=ticket)
        rule = rule_for(Who.AGENT, Act.ASK, conversation.status)
        if request.proved_at:
            raise NotNow(_("They have proved that they read this mailbox."))
        if rule is None:
            raise NotNow(_("This ticket is closed. Reopen it first."))
        secret = random_secret()
        request.proof_digest = hashed(secret)
        request.proof_expires_at = timezone.now() + PROOF_GOOD_FOR
        request.save(update_fields=["proof_digest", "proof_expires_at"])
        if not public_letters.ask_for_proof(conversation, request, secret):
            raise NotNow(_("This address got three links today. More would be a nuisance."))
        conversations.add_event(viewer, conversation, "proof_sent", to=request.email)
        apply_rule(viewer, conversation, rule)
        if viewer.agent and conversation.assignee_id is None:
            conversations.assign(conversation, viewer.agent)
        sla.follow(ticket, conversation)
        activity.record(viewer, "tickets.proof_sent", conversation.ref)
    ticket.conversation, ticket.sign_in_request = conversation, request
    return ticket


def is_open_proof(secret: str) -> bool:
    """Whether a link would count now. One indexed look."""
    return _open_proofs(secret).exists()


def prove(viewer: Viewer, secret: str) -> Ticket | None:
    """Somebody followed the link: once. It makes them nobody's member and opens nothing."""
    viewer.require("tickets.reply")
    with transaction.atomic():
        found = _open_proofs(secret).select_related("ticket__conversation").first()
        if found is None:
            return None
        conversation = conversations.locked(found.ticket.conversation)
        used = {"proof_digest": "", "proof_expires_at": None, "proved_at": timezone.now()}
        if not _open_proofs(secret).filter(pk=found.pk).update(**used):
            return None  # somebody was faster
        ticket = Ticket.objects.select_related("sign_in_request").get(pk=found.pk)
        conversations.add_event(viewer, conversation, "proved", author=found.name, to=found.email)
        rule = rule_for(Who.MEMBER, Act.REPLY, conversation.status)
        if rule and conversation.status in WAITING_ON_MEMBER:
            apply_rule(viewer, conversation, rule, author=found.name)
        sla.follow(ticket, conversation)
        activity.record(viewer, "tickets.proved", conversation.ref)
        letters.tell_of_proof(conversation, found.name)
    ticket.conversation = conversation
    return ticket


def add_words(viewer: Viewer, ticket: Ticket, body: str) -> Message:
    """What somebody adds by the link in our answer: a reply like a member's."""
    viewer.require("tickets.reply")
    return reply(viewer, ticket, Draft(body, author=ticket.sign_in_request.name))


def set_sign_in_answers(viewer: Viewer, rows: Sequence[tuple[str, str]]) -> None:
    """The owner's answers, in their order, in place of what was there."""
    viewer.require("settings.manage")
    with transaction.atomic():
        SignInAnswer.objects.all().delete()
        _add_answers(rows)
        activity.record(viewer, "tickets.sign_in_answers_changed", Ref(KIND, "sign-in-answers"))


def use_for_sign_in(issue_type: IssueType) -> None:
    """The public form's tickets are of this type from now on, and of no other."""
    IssueType.objects.filter(is_for_sign_in=True).update(is_for_sign_in=False)
    IssueType.objects.filter(pk=issue_type.pk).update(is_for_sign_in=True)


def install_sign_in_help(answers: Sequence[tuple[str, str]]) -> None:
    """The first answers and the type `Login`, where there never were any."""
    if IssueType.objects.filter(is_for_sign_in=True).exists():
        return
    login = IssueType.objects.offered().filter(name="Login").first()
    use_for_sign_in(login or IssueType.objects.create(**FIRST_TYPE))
    if not SignInAnswer.objects.exists():
        _add_answers(answers)


def _add_answers(rows: Sequence[tuple[str, str]]) -> None:
    SignInAnswer.objects.bulk_create(
        SignInAnswer(question=question, answer=answer, position=position)
        for position, (question, answer) in enumerate(rows, start=1)
    )


def _open_proofs(secret: str) -> QuerySet[SignInRequest]:
    """The request that this link is for; none where it expired, was used or is nonsense."""
    if not secret or len(secret) > LONGEST_SECRET:
        return SignInRequest.objects.none()
    return SignInRequest.objects.filter(
        proof_digest=hashed(secret), proof_expires_at__gt=timezone.now(), proved_at=None
    ).exclude(proof_digest="")


def _subject(name: str) -> str:
    """Ours, in the installation's language: agents read it, not the sender."""
    with translation.override(settings.LANGUAGE_CODE):
        return (_("Cannot sign in: %(name)s") % {"name": name})[:SUBJECT_LENGTH]
