"""Path traversal in side tools. FreeScout's log viewer.

What is exported is named by an id of ours, and no name that somebody gives reaches the disk.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from handrail.people.models import Agent, Member
from tests.making import ticket_of, upload

pytestmark = pytest.mark.django_db

NAMES = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "ticket.pdf%00.txt",
    "ticket.typ",
    "ticket.html",
    "ticket.pdf/../../../handrail.sqlite3",
)


@pytest.mark.parametrize("name", NAMES)
def test_no_other_file_can_be_asked_for(
    alice: Member, dora: Agent, browse: Callable[..., Client], name: str
) -> None:
    public_id = ticket_of(alice).conversation.public_id
    for who, place in ((alice, "help"), (dora, "console")):
        answer = browse(who).get(f"/{place}/tickets/{public_id}/{name}")
        assert answer.status_code == 404


def test_nothing_in_the_address_changes_what_the_file_is_called(
    dora: Agent, browse: Callable[..., Client]
) -> None:
    answer = browse(dora).get(
        "/console/tickets/tickets.csv", {"view": "../../etc/passwd", "name": 'x"\r\nX: y'}
    )
    assert answer.status_code == 200
    assert "passwd" not in answer["Content-Disposition"]
    assert "X" not in answer


@pytest.mark.usefixtures("storage")
@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "..%2f..%2fsecret_key", "ab/abc", "%00", "."]
)
def test_no_path_into_where_files_are_kept_can_be_asked_for(
    alice: Member, dora: Agent, browse: Callable[..., Client], name: str
) -> None:
    kept = upload(alice)
    for who, side in ((alice, "help"), (dora, "console")):
        for asked in (name, str(kept.file.name), f"{kept.public_id}/{name}"):
            for way in ("", "preview"):
                answer = browse(who).get(f"/{side}/tickets/files/{asked}/{way}")
                assert answer.status_code == 404
