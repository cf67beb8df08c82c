"""Can every form be read from its beginning to its end, whatever the owner does with its fields?"""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from handrail.engines.activity.models import Activity
from handrail.mediums.tickets import actions
from handrail.mediums.tickets.models import IssueType, IssueTypeField
from handrail.people.models import Agent
from handrail.people.viewer import NotEntitled, system_viewer, viewer_for_agent

pytestmark = pytest.mark.django_db

OWNER = system_viewer("test")


@pytest.fixture
def technical(installation: None) -> IssueType:
    return actions.add_issue_type(name="Technical", position=9)


@pytest.fixture
def place(technical: IssueType) -> IssueTypeField:
    return asks(technical, "Where?", "choice", choices=["Website", "Report"])


@pytest.fixture
def page(technical: IssueType, place: IssueTypeField) -> IssueTypeField:
    return asks(technical, "Page", shown_when=place, shown_value="Website")


def asks(issue_type: IssueType, label: str, kind: str = "text", **more: Any) -> IssueTypeField:
    return actions.add_field(OWNER, issue_type, label=label, kind=kind, **more)


def order(issue_type: IssueType) -> list[str]:
    return list(issue_type.fields.order_by("position").values_list("label", flat=True))


def changed(field: IssueTypeField, **changes: Any) -> None:
    kept = {
        name: getattr(field, name)
        for name in ("label", "kind", "help_text", "choices", "is_required", "shown_when")
    }
    given = {**kept, "shown_value": field.shown_value, **changes}
    actions.change_field(OWNER, field, **given)


def test_fields_move_but_never_past_what_decides_about_them(
    technical: IssueType, place: IssueTypeField, page: IssueTypeField
) -> None:
    day = asks(technical, "Day", "date")
    actions.move_field(OWNER, day, is_up=True)
    assert order(technical) == ["Where?", "Day", "Page"]
    actions.move_field(OWNER, day, is_up=True)
    assert order(technical) == ["Day", "Where?", "Page"]
    for field, is_up in ((page, True), (place, False)):
        with pytest.raises(ValidationError, match="“Where\\?” decides whether “Page” is shown"):
            actions.move_field(OWNER, field, is_up=is_up)
    for field, is_up in ((day, True), (page, False)):
        actions.move_field(OWNER, field, is_up=is_up)
    assert order(technical) == ["Day", "Where?", "Page"]


def test_who_comes_back_stands_last_and_the_retired_are_in_nobodys_way(
    technical: IssueType, place: IssueTypeField, page: IssueTypeField
) -> None:
    day, note = asks(technical, "Day", "date"), asks(technical, "Note")
    actions.set_field_retired(OWNER, page, True)
    actions.set_field_retired(OWNER, day, True)
    actions.move_field(OWNER, place, is_up=False)
    assert technical_offers(technical) == ["Note", "Where?"]
    page = IssueTypeField.objects.get(pk=page.pk)
    actions.set_field_retired(OWNER, page, False)
    assert technical_offers(technical) == ["Note", "Where?", "Page"]
    actions.move_field(OWNER, day, is_up=False)
    actions.move_field(OWNER, note, is_up=True)
    assert technical_offers(technical) == ["Note", "Where?", "Page"]


def test_what_decides_about_another_stays_a_choice_with_that_word(
    place: IssueTypeField, page: IssueTypeField
) -> None:
    for changes in ({"kind": "text", "choices": []}, {"choices": ["Report", "Mail"]}):
        with pytest.raises(ValidationError, match="change that one first"):
            changed(place, **changes)
    with pytest.raises(ValidationError, match="change that one first"):
        actions.set_field_retired(OWNER, place, True)
    changed(place, choices=["Mail", "Website"])
    actions.set_field_retired(OWNER, page, True)
    changed(place, choices=["Mail", "Report"])
    page = IssueTypeField.objects.get(pk=page.pk)
    with pytest.raises(ValidationError, match="which nobody can choose now"):
        actions.set_field_retired(OWNER, page, False)
    changed(page, shown_when=None, shown_value="")
    actions.set_field_retired(OWNER, IssueTypeField.objects.get(pk=page.pk), False)
    assert technical_offers(page.issue_type) == ["Where?", "Page"]


def technical_offers(issue_type: IssueType) -> list[str]:
    return list(issue_type.fields.all().offered().values_list("label", flat=True))


def test_nobody_is_asked_more_than_they_can_bear(
    technical: IssueType, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handrail.mediums.tickets.actions import own_fields

    monkeypatch.setattr(own_fields, "MOST_FIELDS", 2)
    first = asks(technical, "One")
    asks(technical, "Two")
    with pytest.raises(ValidationError, match="enough to ask"):
        asks(technical, "Three")
    actions.set_field_retired(OWNER, first, True)
    asks(technical, "Three")
    with pytest.raises(ValidationError, match="enough to ask"):
        actions.set_field_retired(OWNER, first, False)


def test_everything_is_written_down_and_only_the_owner_may(
    technical: IssueType, place: IssueTypeField, page: IssueTypeField, dora: Agent
) -> None:
    changed(place, label="Where exactly?")
    actions.move_field(OWNER, asks(technical, "Day", "date"), is_up=True)
    actions.set_field_retired(OWNER, page, True)
    actions.set_field_retired(OWNER, page, False)
    verbs = Activity.objects.filter(medium="tickets").values_list("verb", flat=True)
    assert {"added", "changed", "moved", "retired", "revived"} <= {
        verb.removeprefix("tickets.field_") for verb in verbs
    }
    other = viewer_for_agent(dora, via="console")
    given: dict[str, Any] = {"label": "x", "kind": "text"}
    more: dict[str, Any] = {"help_text": "", "choices": [], "is_required": False}
    for act in (
        lambda: actions.add_field(other, technical, **given),
        lambda: actions.change_field(other, page, **given, **more, shown_when=None, shown_value=""),
        lambda: actions.move_field(other, page, is_up=True),
        lambda: actions.set_field_retired(other, page, True),
    ):
        with pytest.raises(NotEntitled):
            act()
