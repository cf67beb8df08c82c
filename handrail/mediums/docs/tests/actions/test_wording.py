"""Do only editors change the words that readers search by?"""

import pytest
from django.core.exceptions import ValidationError

from handrail.engines.search.library import actions as library
from handrail.engines.search.models import LibraryStamp, SearchMiss, Synonym
from handrail.mediums.docs import actions
from handrail.people.models import Agent, AgentRole
from handrail.people.viewer import NotEntitled
from tests.making import viewer_of


def test_a_synonym_comes_and_goes_and_search_hears_of_it(dora: Agent) -> None:
    dora.role = AgentRole.EDITOR
    viewer = viewer_of(dora)
    stamps = set()
    actions.add_synonym(viewer, "de-AT", " rechnung\0 ", "beleg")
    stamps.add(LibraryStamp.objects.get().stamp)
    synonym = Synonym.objects.get()
    assert (synonym.language, synonym.words, synonym.means) == ("de", "rechnung", "beleg")
    actions.remove_synonym(viewer, synonym.pk)
    actions.remove_synonym(viewer, synonym.pk)
    stamps.add(LibraryStamp.objects.get().stamp)
    assert len(stamps) == 2 and not Synonym.objects.exists()
    with pytest.raises(ValidationError):
        actions.add_synonym(viewer, "en", "…", "invoice")


def test_a_question_is_dealt_with(dora: Agent) -> None:
    dora.role = AgentRole.EDITOR
    library.record_miss("cancel", "en")
    actions.forget_miss(viewer_of(dora), SearchMiss.objects.get().pk)
    assert not SearchMiss.objects.exists()


def test_who_does_not_edit_changes_nothing(dora: Agent) -> None:
    viewer = viewer_of(dora)
    with pytest.raises(NotEntitled):
        actions.add_synonym(viewer, "en", "a", "b")
    with pytest.raises(NotEntitled):
        actions.remove_synonym(viewer, 1)
    with pytest.raises(NotEntitled):
        actions.forget_miss(viewer, 1)
