"""What can be done to agents? They are created, change roles, leave and come back."""

from django.db import transaction

from handrail.people.models import Agent, AgentRole


def create_agent(
    *,
    email: str,
    name: str,
    password: str | None = None,
    role: str = AgentRole.AGENT,
    zoneinfo: str = "UTC",
    locale: str = "",
) -> Agent:
    """Makes an agent who signs in by `email`. Without a password nobody can, until one is set."""
    agent = Agent(
        email=email.strip().lower(), name=name, role=role, zoneinfo=zoneinfo, locale=locale
    )
    agent.set_password(password)
    agent.full_clean(exclude=["password"])
    agent.save(force_insert=True)
    return agent


@transaction.atomic
def deactivate_agent(agent: Agent) -> None:
    """Shuts an agent out at once: sessions stop counting, sockets are closed."""
    Agent.objects.filter(pk=agent.pk).update(is_active=False)
    agent.is_active = False
    agent.close_sockets()


def reactivate_agent(agent: Agent) -> None:
    """Lets an agent sign in again."""
    Agent.objects.filter(pk=agent.pk).update(is_active=True)
    agent.is_active = True


@transaction.atomic
def change_role(agent: Agent, role: str) -> None:
    """Gives an agent another role; what they have open is closed, so that it counts at once."""
    Agent.objects.filter(pk=agent.pk).update(role=AgentRole(role).value)
    agent.role = role
    agent.close_sockets()
