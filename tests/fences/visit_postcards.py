"""What does a fresh installation with a second medium show? Run as a program of its own, since
Django reads the list of packages once."""

import json
import sys
from typing import Any

import django


def visited() -> dict[str, str]:
    """What each page says to whom, by a name for the test."""
    from conftest import ACME, HOST_ORIGIN
    from handrail.config import installation
    from handrail.hub import tools
    from handrail.people.actions import apply_claims, create_agent, register_host
    from handrail.people.viewer import viewer_for_member
    from tests.browsing import client_for
    from tests.fences.postcards.medium import FROM_THE_SEA

    installation.prepare()
    host = register_host(name="The Platform", issuer=HOST_ORIGIN, origins=[HOST_ORIGIN])
    alice = apply_claims(host, {"sub": "alice", "name": "Alice", "role": "admin", "account": ACME})
    dora = create_agent(email="dora@handrail.example", name="Dora", password="a good long one")
    pages: dict[str, tuple[Any, str]] = {
        "home": (alice, "/help/"),
        "page": (alice, "/help/postcards/"),
        "queue": (dora, "/console/tickets/"),
        "desk": (dora, "/console/postcards/"),
        "form": (alice, "/help/tickets/?createTicket=true"),
        "suggested": (alice, "/help/tickets/new/suggestions?subject=My+card+is+late"),
        "stranger": (None, "/help/postcards/"),
    }
    said = {name: client_for(who).get(path) for name, (who, path) in pages.items()}
    said["opened"] = client_for(alice).post(
        "/help/tickets/new/suggestions/open", query_params={"ref": f"postcards/{FROM_THE_SEA}"}
    )
    names = " ".join(tool.name for tool in tools.offered(viewer_for_member(alice)))
    return {"tools": names} | {
        name: f"{page.status_code} {page.get('HX-Redirect', '')} {page.content.decode()}"
        for name, page in said.items()
    }


if __name__ == "__main__":
    django.setup()
    json.dump(visited(), sys.stdout)
