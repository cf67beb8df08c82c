"""What do the editors' forms ask for?"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail import base
from handrail.base.markdown.caps import MOST_CHARACTERS
from handrail.mediums.docs.console.parts import name_of_language
from handrail.mediums.docs.models import Page, Section
from handrail.mediums.docs.paths import slug_of
from handrail.people.models import Audience

TITLE_LENGTH, SUMMARY_LENGTH, NOTE_LENGTH, SLUG_LENGTH = 200, 500, 200, 100

BELOW = gettext_lazy("Below")
ON_TOP = gettext_lazy("Nothing: on the highest level")

MOST_KEYWORDS, KEYWORD_LENGTH = 40, 80
MOST_QUESTIONS, QUESTION_LENGTH = 6, 200


@cache
def icons() -> list[str]:
    """The names of the icons that we serve."""
    return Path(base.__file__).with_name("icons.txt").read_text(encoding="utf-8").split()


class LinesField(forms.CharField):
    """Several short texts, one a line; empty lines and what was there before are left out."""

    widget = forms.Textarea

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=most * (longest + 2), **kwargs)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        lines = list(dict.fromkeys(line for one in text.splitlines() if (line := one.strip())))
        if len(lines) > self.most:
            words = _("These are more than %(most)s lines. Keep the most important ones.")
            raise forms.ValidationError(words % {"most": self.most})
        long = next((line for line in lines if len(line) > self.longest), None)
        if long is not None:
            words = _("“%(line)s…” is longer than %(most)s letters.")
            raise forms.ValidationError(words % {"line": long[:40], "most": self.longest})
        return lines


class WordsForm(forms.Form):
    """What a page says."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Give the page a title.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        help_text=gettext_lazy("One sentence below the title, and in lists."),
        max_length=SUMMARY_LENGTH,
        required=False,
    )
    body = forms.CharField(
        label=gettext_lazy("Text, in Markdown"),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What is new"),
        help_text=gettext_lazy("For your colleagues; readers never see it."),
        max_length=NOTE_LENGTH,
        required=False,
    )

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        """`is_draft`: what is being written may still have no title."""
        super().__init__(*args, **kwargs)
        self.fields["title"].required = not is_draft

    def clean_body(self) -> str:
        """As every program writes it: browsers send the ends of lines as typewriters did."""
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "summary", "body")}


class NewPageForm(forms.Form):
    """A page before there is one: what it is called and where it stands."""

    title = WordsForm.base_fields["title"]
    is_group = forms.BooleanField(
        label=gettext_lazy("Only a category"),
        help_text=gettext_lazy("A name in the tree with pages below it, and no text of its own."),
        required=False,
    )

    def __init__(self, *args: Any, among: Iterable[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = ParentField(among)


class ParentField(forms.ChoiceField):
    """One of the pages of the same section and language, set in as far as it stands deep."""

    def __init__(
        self,
        among: Iterable[Page],
        *,
        label: Any = BELOW,
        nothing: Any = ON_TOP,
    ) -> None:
        self.pages = {page.public_id: page for page in among}
        lines = [(key, "\u2003" * len(page.trail) + page.title) for key, page in self.pages.items()]
        super().__init__(
            label=label,
            required=False,
            choices=[("", nothing), *lines],
            error_messages={"invalid_choice": gettext_lazy("Choose a page of this section.")},
        )

    def clean(self, value: Any) -> Page | None:
        return self.pages.get(super().clean(value))


class PlaceForm(forms.Form):
    """Where a page stands."""

    place = forms.ChoiceField(
        label=gettext_lazy("As which of them"),
        choices=[("last", gettext_lazy("The last")), ("first", gettext_lazy("The first"))],
        help_text=gettext_lazy("In the tree you can drag it to any place."),
    )

    def __init__(self, *args: Any, among: Iterable[Page], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"parent": ParentField(among), **self.fields}


class SettingsForm(forms.Form):
    """What a page is beside its words."""

    slug = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=SLUG_LENGTH,
        help_text=gettext_lazy("The last part of it. The old address leads on to the new one."),
        error_messages={"required": gettext_lazy("Give the page an address.")},
    )
    audience = forms.ChoiceField(label=gettext_lazy("Who may read it"), required=False)
    is_hidden = forms.BooleanField(
        label=gettext_lazy("Hidden"),
        help_text=gettext_lazy(
            "No list, search or program names it. Whoever has its address may read it."
        ),
        required=False,
    )
    keywords = LinesField(
        label=gettext_lazy("Keywords"),
        help_text=gettext_lazy(
            "Words that people look for it by, and it does not say. One a line."
        ),
        most=MOST_KEYWORDS,
        longest=KEYWORD_LENGTH,
    )
    questions = LinesField(
        label=gettext_lazy("Suggested questions"),
        help_text=gettext_lazy("What a reader of this page may want to ask. One a line."),
        most=MOST_QUESTIONS,
        longest=QUESTION_LENGTH,
    )
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), required=False, choices=[])

    def __init__(self, *args: Any, audiences: Iterable[Audience], **kwargs: Any) -> None:
        """`audiences`: all that there are; whoever asks shows them in words, too."""
        super().__init__(*args, **kwargs)
        self.audiences = {one.key: one for one in audiences}
        known = [(key, one.name) for key, one in self.audiences.items()]
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            ("", gettext_lazy("Everybody")),
            *known,
        ]
        self.fields["icon"] = icon_field()

    def clean_slug(self) -> str:
        return slug_of(self.cleaned_data["slug"])

    def clean_audience(self) -> Audience | None:
        return self.audiences.get(self.cleaned_data["audience"])


class SectionForm(forms.Form):
    """A section: its words, and for a new one where it begins and which language it speaks."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give the section a title.")},
    )
    description = forms.CharField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy("One sentence for the list of sections."),
        max_length=300,
        required=False,
    )
    slug = forms.CharField(
        label=gettext_lazy("Address"),
        help_text=gettext_lazy(
            "The first part of its pages' addresses. It stays as it is for good."
        ),
        max_length=60,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("In which its pages are written first. Others are translations."),
    )
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), required=False, choices=[])

    def __init__(self, *args: Any, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["icon"] = icon_field()
        if section is not None:
            del self.fields["slug"], self.fields["language"]
            return
        spoken = [(tag, name_of_language(tag)) for tag, _name in settings.LANGUAGES]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        return slug_of(slug)[:60].strip("-") if slug else ""


class SynonymForm(forms.Form):
    """Two ways to say the same."""

    words = forms.CharField(
        label=gettext_lazy("Who looks for"),
        max_length=100,
        error_messages={"required": gettext_lazy("Which words do people look for?")},
    )
    means = forms.CharField(
        label=gettext_lazy("also finds"),
        max_length=100,
        error_messages={"required": gettext_lazy("Which words do your pages say?")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(tag, name_of_language(tag)) for tag in languages]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]


def icon_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Icon"),
        required=False,
        choices=[("", gettext_lazy("None")), *((name, name) for name in icons())],
    )
