"""What do people fill in that is asked of every kind of conversation?"""

from django import forms
from django.utils.translation import gettext_lazy as _

from handrail.engines.conversations.models import Score


class RatingForm(forms.Form):
    """How it went, the best first."""

    score = forms.TypedChoiceField(
        label=_("How did it go?"),
        choices=[(score.value, score.label) for score in reversed(Score)],
        coerce=lambda value: Score(int(value)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    comment = forms.CharField(
        label=_("What should we know?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
