"""What may a reader say about a page?"""

from django import forms
from django.utils.translation import gettext_lazy as _

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
