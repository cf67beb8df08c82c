"""What does the owner see? Agents and host platforms, each a list and a page."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.base.origins import own_origin
from handrail.people.models import Agent, Host, HostKey
from handrail.people.requests import ViewerRequest
from handrail.surfaces.console.owner import actions
from handrail.surfaces.console.owner.actions import MANAGE_AGENTS, MANAGE_HOSTS
from handrail.surfaces.console.owner.forms import AgentForm, ChangeHostForm, HostForm, RoleForm


@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    """The first part of the settings that this agent may change."""
    if request.viewer.may(MANAGE_AGENTS):
        return redirect("console:agents")
    request.viewer.require(MANAGE_HOSTS)
    return redirect("console:hosts")


@require_safe
def agents(request: ViewerRequest) -> HttpResponse:
    """Everybody who can sign in here, and whether a second factor protects them. Two queries."""
    request.viewer.require(MANAGE_AGENTS)
    protected = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    rows = [(agent, agent.pk in protected) for agent in Agent.objects.order_by("name", "pk")]
    return render(request, "console/owner/agents.html", {"agents": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_agent(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE_AGENTS)
    form = AgentForm(request.POST or None)
    if form.is_valid():
        agent = actions.add_agent(request.viewer, **form.cleaned_data)
        _mail_link_to_choose_password(request, agent)
        messages.success(request, _("%(name)s was sent a link.") % {"name": agent.name})
        return redirect("console:agents")
    return _form_page(request, form, _("Add an agent"), "console:agents")


@require_http_methods(["GET", "HEAD", "POST"])
def agent(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One agent: their role, and the way out."""
    request.viewer.require(MANAGE_AGENTS)
    found = get_object_or_404(Agent, public_id=public_id)
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if form.is_valid():
        if _is_self(request, found):
            messages.error(request, _("You cannot change your own role."))
        else:
            actions.change_role(request.viewer, found, form.cleaned_data["role"])
            messages.success(request, _("Saved."))
        return redirect("console:agent", public_id)
    context = {"agent": found, "form": form, "is_self": _is_self(request, found)}
    return render(request, "console/owner/agent.html", context)


@require_POST
def set_active(request: ViewerRequest, public_id: str) -> HttpResponse:
    request.viewer.require(MANAGE_AGENTS)
    found = get_object_or_404(Agent, public_id=public_id)
    if _is_self(request, found):
        messages.error(request, _("You cannot shut yourself out."))
    else:
        actions.set_active(request.viewer, found, request.POST.get("is_active") == "yes")
        messages.success(request, _("Saved."))
    return redirect("console:agent", public_id)


@require_safe
def hosts(request: ViewerRequest) -> HttpResponse:
    """The platforms whose members find help here."""
    request.viewer.require(MANAGE_HOSTS)
    return render(request, "console/owner/hosts.html", {"hosts": Host.objects.order_by("name")})


@require_http_methods(["GET", "HEAD", "POST"])
def new_host(request: ViewerRequest) -> HttpResponse:
    request.viewer.require(MANAGE_HOSTS)
    form = HostForm(request.POST or None)
    if form.is_valid():
        added = actions.add_host(request.viewer, **form.cleaned_data)
        return redirect("console:host", added.pk)
    return _form_page(request, form, _("Add a platform"), "console:hosts")


@require_safe
def host(request: ViewerRequest, pk: int) -> HttpResponse:
    """One platform: its line of HTML and its keys."""
    request.viewer.require(MANAGE_HOSTS)
    return _host_page(request, get_object_or_404(Host, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def change_host(request: ViewerRequest, pk: int) -> HttpResponse:
    request.viewer.require(MANAGE_HOSTS)
    found = get_object_or_404(Host, pk=pk)
    now = {key: getattr(found, key) for key in ("name", "sign_in_url", "jwks_url")}
    initial = {**now, "origins": "\n".join(found.origins)}
    form = ChangeHostForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.change_host(request.viewer, found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("console:host", pk)
    return _form_page(request, form, _("Save"), "console:hosts")


@require_POST
def switch_host_off(request: ViewerRequest, pk: int) -> HttpResponse:
    request.viewer.require(MANAGE_HOSTS)
    actions.switch_host_off(request.viewer, get_object_or_404(Host, pk=pk))
    messages.success(request, _("Its members are signed out, and its tokens are refused."))
    return redirect("console:host", pk)


@require_POST
def new_key(request: ViewerRequest, pk: int) -> HttpResponse:
    """Makes a secret and shows it this once: the answer itself is the only place where it is."""
    request.viewer.require(MANAGE_HOSTS)
    found = get_object_or_404(Host, pk=pk)
    key, secret = actions.make_secret(request.viewer, found)
    return _host_page(request, found, made_key=key, secret=secret)


@require_POST
def retire_key(request: ViewerRequest, pk: int, key_pk: int) -> HttpResponse:
    request.viewer.require(MANAGE_HOSTS)
    actions.retire_key(request.viewer, get_object_or_404(HostKey, pk=key_pk, host_id=pk))
    return redirect("console:host", pk)


def _host_page(request: ViewerRequest, found: Host, **more: Any) -> HttpResponse:
    snippet = (
        f'<script src="{own_origin()}/help/v1.js" data-token-url="/help-token" defer></script>'
    )
    context = {"host": found, "keys": found.keys.order_by("pk"), "snippet": snippet, **more}
    return render(request, "console/owner/host.html", context)


def _form_page(request: ViewerRequest, form: Any, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    status = 422 if form.is_bound else 200
    return render(request, "console/owner/form.html", context, status=status)


def _is_self(request: ViewerRequest, agent: Agent) -> bool:
    """Whoever sets up must not lock the door behind themselves by a slip."""
    return request.viewer.require_agent().pk == agent.pk


def _mail_link_to_choose_password(request: ViewerRequest, agent: Agent) -> None:
    form = ResetPasswordForm({"email": agent.email})
    if form.is_valid():
        form.save(request)
