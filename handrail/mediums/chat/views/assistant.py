"""May the assistant answer for this account, and who says so?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from handrail.mediums.chat import actions
from handrail.mediums.chat.forms import SwitchForm
from handrail.mediums.chat.views.finding import INVALID
from handrail.people.models import Member, MemberRole
from handrail.people.requests import ViewerRequest

MOST_NAMED = 5
"""Admins of an account that are named to those who may not switch it."""


@require_http_methods(["GET", "HEAD", "POST"])
def assistant(request: ViewerRequest) -> HttpResponse:
    """The switch for account admins; for others who has it."""
    member = request.viewer.require_member()
    if request.method == "POST":
        return _switched(request)
    return render(request, "chat/assistant.html", _context(request, member))


def _switched(request: ViewerRequest) -> HttpResponse:
    member = request.viewer.require_member()
    form = SwitchForm(request.POST)
    if not form.is_valid():
        context = {**_context(request, member), "form": form}
        return render(request, "chat/_switch.html", context, status=INVALID)
    wanted = form.cleaned_data
    actions.switch_assistant(request.viewer, wanted["is_on"], why=wanted["why"])
    context = {**_context(request, member), "is_done": True}
    return render(request, "chat/_switch.html", context)


def _context(request: ViewerRequest, member: Member) -> dict[str, object]:
    state = actions.assistant_state(member.account)
    may_switch = actions.may_switch(request.viewer)
    return {
        "account": member.account,
        "state": state,
        "may_switch": may_switch,
        "form": SwitchForm(initial={"is_on": state.is_on}),
        "admins": [] if may_switch else _admins(member),
    }


def _admins(member: Member) -> list[str]:
    """Whom a member can ask: the admins of their own account, by name."""
    admins = Member.objects.active().filter(account=member.account, role=MemberRole.ADMIN)
    names = admins.order_by("person__name").values_list("person__name", flat=True)
    return list(names[:MOST_NAMED])
