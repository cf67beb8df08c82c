"""Do the template tags draw what they say? Faces, times, icons, bodies, and fields of forms."""

import datetime as dt

import pytest
import time_machine
from django import forms
from django.template import engines
from django.utils import timezone, translation

from handrail.base.templatetags.components import (
    avatar_tone,
    full_time,
    icon,
    initials,
    short_time,
)


def render(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load components %}" + source).render(context)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice Moreau", "AM"),
        ("Carol", "C"),
        ("ada maria byron", "AB"),
        ("", "?"),
        ("李 小龙", "李小"),
    ],
)
def test_a_face_shows_the_first_and_last_initial(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_always_has_the_same_tone() -> None:
    assert avatar_tone("Dora") == avatar_tone("Dora")


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("ticket")
    assert "icons.svg#ticket" in icon("ticket")


def test_an_arrow_turns_round_in_right_to_left_pages() -> None:
    assert "directed" in icon("arrow-left")
    assert "directed" not in icon("ticket")


@time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False)
@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (dt.datetime(2026, 11, 24, 11, 5, tzinfo=dt.UTC), "8:05 p.m."),
        (dt.datetime(2026, 11, 23, 14, 59, tzinfo=dt.UTC), "Yesterday 11:59 p.m."),
        (dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC), "Fri noon"),
        (dt.datetime(2026, 3, 3, 3, tzinfo=dt.UTC), "3 Mar"),
        (dt.datetime(2025, 3, 3, 3, tzinfo=dt.UTC), "3 Mar 2025"),
    ],
)
def test_a_time_is_short_and_in_the_viewers_zone(moment: dt.datetime, words: str) -> None:
    with timezone.override("Asia/Tokyo"):
        assert short_time(moment) == words


@time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False)
@pytest.mark.parametrize(
    ("language", "day", "clock", "full"),
    [
        ("de", "3. März", "12:30", "3. März 2026, 12:30 (UTC)"),
        ("ar", "3 مارس", "12:30 م", "3 مارس، 2026، 12:30 م (UTC)"),
    ],
)
def test_each_language_writes_days_and_clocks_in_its_own_way(
    language: str, day: str, clock: str, full: str
) -> None:
    moment = dt.datetime(2026, 3, 3, 12, 30, tzinfo=dt.UTC)
    with translation.override(language), timezone.override("UTC"):
        assert short_time(moment) == day
        assert short_time(moment.replace(month=11, day=24)) == clock
        assert full_time(moment) == full


def test_a_component_takes_a_body_and_sees_nothing_else_of_the_page() -> None:
    html = render(
        '{% wrap "alert" title="Read this" %}<p>{{ inside }}</p>{% endwrap %}',
        inside="<b>",
        tone="danger",
    )
    assert "<p>&lt;b&gt;</p>" in html
    assert "danger" not in html


def test_what_people_wrote_is_escaped_in_a_message() -> None:
    html = render(
        '{% include "base/components/message.html" with author=text kind="note" text=text only %}',
        text='<script>alert("x")</script> https://example.com/a?b=1&c=2',
    )
    assert "<script" not in html
    assert 'href="https://example.com/a?b=1&amp;c=2"' in html


class OneField(forms.Form):
    subject = forms.CharField(help_text="In a few words.")


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    form = OneField({"subject": ""})
    html = render(
        '{% include "base/components/field.html" with field=form.subject only %}', form=form
    )
    assert '<label for="id_subject">' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in html
    assert 'id="id_subject_helptext"' in html
    assert 'id="id_subject_error"' in html


def test_a_counter_counts_characters() -> None:
    form = OneField(initial={"subject": "🙂 ok"})
    source = '{% include "base/components/field.html" with field=form.subject counter=140 only %}'
    assert ">4/140</character-count>" in render(source, form=form)


def test_a_button_without_a_kind_still_has_its_words() -> None:
    assert "Assign" in render(
        '{% include "base/components/button.html" with label="Assign" only %}'
    )


def test_a_locked_medium_says_why_and_what_to_do_and_is_no_link() -> None:
    item = {"label": "Book Time", "icon": "lock", "url": "/help/booking/"}
    item["lock"] = {"reason": "Not in your plan.", "action_label": "Ask", "action_url": "/ask"}  # type: ignore[assignment]
    html = render('{% include "base/components/tile.html" with item=item only %}', item=item)
    assert "Not in your plan." in html
    assert 'href="/ask"' in html
    assert "/help/booking/" not in html
