"""What may a reader say about a page, ask, and say about an answer?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.engines.ai.actions import LONGEST_NOTE
from handrail.engines.ai.models import Reason
from handrail.hub.asking import LONGEST_QUESTION, TooLong, cleaned, is_blank

FEWEST_LETTERS, MOST_LETTERS = 3, 512


class CommentForm(forms.Form):
    """Words for a rating that was given before."""

    comment = forms.CharField(
        label=_("What should we know?"),
        min_length=FEWEST_LETTERS,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Only the people who write these pages read it. For an answer, create a ticket."
        ),
        error_messages={
            "required": _("Write a few words first."),
            "min_length": _("Write a few words: three letters at least."),
            "max_length": _("Keep it within 512 letters."),
        },
    )


class QuestionForm(forms.Form):
    """A question in somebody's own words. Too long a one stays in the field as it is: no browser
    cuts it, since what is cut off may be what was meant."""

    question = forms.CharField(
        label=_("Your question"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-ask-field": True}),
    )

    def __init__(self, *args: Any, placeholder: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].widget.attrs["placeholder"] = placeholder

    def clean_question(self) -> str:
        try:
            question = cleaned(self.cleaned_data["question"])
        except TooLong:
            raise forms.ValidationError(
                _("Keep it within %(most)d letters; all that you wrote is still here."),
                params={"most": LONGEST_QUESTION},
            ) from None
        if is_blank(question):
            raise forms.ValidationError(
                _("Write your question first, such as: How do I invite a colleague?")
            )
        return question


class VerdictForm(forms.Form):
    """Why an answer did not help."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what comes nearest."),
            "invalid_choice": _("Choose what comes nearest."),
        },
    )
    note = forms.CharField(
        label=_("What should it have said?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Keep it within 1,000 letters.")},
    )
