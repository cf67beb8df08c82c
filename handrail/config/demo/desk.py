"""How do the demo's agents share the work? Teams, and views of the queue, by the real actions."""

from typing import Any

from handrail.config.demo.promises import OWNER
from handrail.mediums.tickets import actions
from handrail.people.models import Agent, Team
from handrail.people.viewer import viewer_for_agent


def load_teams(teams: list[dict[str, Any]], agents: dict[str, Agent]) -> dict[str, Team]:
    """The teams by key."""
    return {
        team["key"]: actions.make_team(
            OWNER,
            name=team["name"],
            assign_mode=team["mode"],
            agents=[agents[key] for key in team["agents"]],
        )
        for team in teams
    }


def load_views(views: list[dict[str, Any]], agents: dict[str, Agent]) -> None:
    """What agents look at every day: their own views, and those of all."""
    for view in views:
        owner = agents.get(view.get("owner", ""))
        viewer = viewer_for_agent(owner, via="task") if owner else OWNER
        actions.save_view(viewer, view["name"], view["filters"], is_shared=owner is None)
