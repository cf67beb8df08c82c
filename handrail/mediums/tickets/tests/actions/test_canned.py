"""Are canned replies whose they should be, few enough, found by their words, and on record?"""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from handrail.engines.activity.models import Activity
from handrail.engines.search.models import ArchiveEntry
from handrail.engines.search.words import question
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import canned
from handrail.mediums.tickets.models import CannedReply
from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole, Member
from handrail.people.viewer import NotEntitled
from tests.making import viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(installation: None) -> Agent:
    """An administrator."""
    return create_agent(email="ada@handrail.example", name="Ada", role=AgentRole.ADMIN)


@pytest.fixture
def finn(installation: None) -> Agent:
    """Another agent who answers."""
    return create_agent(email="finn@handrail.example", name="Finn Berg")


def found(agent: Agent, text: str) -> list[str]:
    viewer = viewer_of(agent)
    ids = actions.find_canned(viewer, question(text))
    rows = CannedReply.objects.visible_to(viewer).offered().filter(pk__in=ids)
    return [reply.title for reply in rows.most_used_first()]


def make(who: Agent, title: str, body: str = "Hello", **changes: bool) -> CannedReply:
    return actions.make_canned(viewer_of(who), title=title, body=body, **changes)


def test_agents_have_their_own_and_everybodys(dora: Agent, ada: Agent, finn: Agent) -> None:
    make(dora, "Doras"), make(finn, "Finns"), make(ada, "Ours", is_shared=True)
    seen = CannedReply.objects.visible_to(viewer_of(dora)).order_by("title")
    assert [reply.title for reply in seen] == ["Doras", "Ours"]


def test_everybodys_are_for_who_may_choose_for_all(dora: Agent, ada: Agent) -> None:
    with pytest.raises(NotEntitled):
        make(dora, "Ours", is_shared=True)
    ours = make(ada, "Ours", is_shared=True)
    with pytest.raises(NotEntitled):
        actions.change_canned(viewer_of(dora), ours, title="Mine", body="now")
    with pytest.raises(NotEntitled):
        actions.set_canned_retired(viewer_of(dora), ours, True)


def test_anothers_are_changed_by_nobody_else(dora: Agent, finn: Agent, ada: Agent) -> None:
    theirs = make(finn, "Finns")
    for other in (dora, ada):
        with pytest.raises(CannedReply.DoesNotExist):
            actions.change_canned(viewer_of(other), theirs, title="Mine", body="now")
        with pytest.raises(CannedReply.DoesNotExist):
            actions.set_canned_retired(viewer_of(other), theirs, True)
        actions.count_canned(viewer_of(other), theirs)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.used, theirs.retired_at) == ("Finns", 0, None)


def test_members_and_editors_have_none(alice: Member, dora: Agent) -> None:
    reply = make(dora, "Doras")
    eva = create_agent(email="eva@handrail.example", name="Eva", role=AgentRole.EDITOR)
    for viewer in (viewer_of(alice), viewer_of(eva)):
        with pytest.raises(NotEntitled):
            actions.make_canned(viewer, title="x", body="y")
        with pytest.raises(NotEntitled):
            actions.count_canned(viewer, reply)
        with pytest.raises(NotEntitled):
            actions.find_canned(viewer, question("doras"))
        assert not CannedReply.objects.visible_to(viewer).exists()


def test_they_are_found_by_words_of_title_and_text(dora: Agent, finn: Agent) -> None:
    make(dora, "Rückerstattung", "The money is on its way.")
    make(dora, "Greeting", "Hello {member.first_name}")
    make(finn, "Money of Finn")
    assert found(dora, "ruckers") == ["Rückerstattung"]
    assert found(dora, "money way") == ["Rückerstattung"]
    assert found(dora, "firstname") == []
    assert found(finn, "money") == ["Money of Finn"]


def test_what_is_changed_or_retired_is_found_so(dora: Agent) -> None:
    reply = make(dora, "Old")
    actions.change_canned(viewer_of(dora), reply, title="New", body="words")
    assert (found(dora, "old"), found(dora, "new words")) == ([], ["New"])
    actions.set_canned_retired(viewer_of(dora), reply, True)
    assert found(dora, "new") == []
    assert not ArchiveEntry.objects.exists()
    actions.change_canned(viewer_of(dora), reply, title="Newer", body="words")
    assert not ArchiveEntry.objects.exists(), "a retired one comes back by no change"
    actions.set_canned_retired(viewer_of(dora), reply, False)
    assert found(dora, "newer") == ["Newer"]


def test_the_most_used_come_first(dora: Agent) -> None:
    rare, often = make(dora, "A rare one"), make(dora, "An often one")
    for _ in range(2):
        actions.count_canned(viewer_of(dora), often)
    actions.count_canned(viewer_of(dora), rare)
    assert found(dora, "one") == ["An often one", "A rare one"]
    actions.set_canned_retired(viewer_of(dora), rare, True)
    actions.count_canned(viewer_of(dora), rare)
    rare.refresh_from_db()
    assert rare.used == 1, "what is retired is not used"


def test_there_is_room_for_so_many(
    dora: Agent, finn: Agent, ada: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canned, "MOST_OWN", 2)
    monkeypatch.setattr(canned, "MOST_SHARED", 1)
    first = make(dora, "One")
    make(dora, "Two"), make(finn, "One"), make(ada, "Ours", is_shared=True)
    with pytest.raises(ValidationError):
        make(dora, "Three")
    with pytest.raises(ValidationError):
        make(ada, "Ours too", is_shared=True)
    actions.set_canned_retired(viewer_of(dora), first, True)
    make(dora, "Three")
    with pytest.raises(ValidationError):
        actions.set_canned_retired(viewer_of(dora), first, False)


def test_every_change_is_on_record_once(dora: Agent) -> None:
    viewer = viewer_of(dora)
    reply = make(dora, "Hello", "the text of it")
    actions.change_canned(viewer, reply, title="Hello", body="another text")
    for is_retired in (True, True, False):
        actions.set_canned_retired(viewer, reply, is_retired)
    rows = Activity.objects.filter(public_id=reply.public_id).order_by("pk")
    verbs = [row.verb.removeprefix("tickets.canned_") for row in rows]
    assert verbs == ["made", "changed", "retired", "revived"]
    assert not [row for row in rows if "text" in str(row.detail)]


def test_a_lost_archive_is_written_anew(dora: Agent) -> None:
    make(dora, "Hello")
    ArchiveEntry.objects.all().delete()
    assert found(dora, "hello") == []
    call_command("reindex")
    assert found(dora, "hello") == ["Hello"]
