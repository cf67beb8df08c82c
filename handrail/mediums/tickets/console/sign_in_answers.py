"""What does the owner tell people who cannot sign in?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from handrail.mediums.tickets import actions
from handrail.mediums.tickets.actions import MANAGE
from handrail.mediums.tickets.views import INVALID
from handrail.people.requests import ViewerRequest

MOST_ANSWERS = 20


class AnswerForm(forms.Form):
    """A question as somebody would ask it, and what helps."""

    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say what the answer is about.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Plain text. Addresses of pages become links."),
        error_messages={"required": gettext_lazy("Write the answer.")},
    )


class _Answers(BaseFormSet[AnswerForm]):
    """All answers, and an empty place for another."""

    def add_fields(self, form: AnswerForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = gettext_lazy("Place")
        form.fields["DELETE"].label = gettext_lazy("Remove this answer")

    def rows(self) -> list[tuple[str, str]]:
        """Question and answer in the order that was chosen."""
        return [
            (form.cleaned_data["question"], form.cleaned_data["answer"])
            for form in self.ordered_forms
        ]


AnswerForms: Any = formset_factory(
    AnswerForm,
    formset=_Answers,
    extra=1,
    can_order=True,
    can_delete=True,
    max_num=MOST_ANSWERS,
    validate_max=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ViewerRequest) -> HttpResponse:
    """All of them on one page."""
    request.viewer.require(MANAGE)
    initial = [{"question": a.question, "answer": a.answer} for a in actions.sign_in_answers()]
    formset = AnswerForms(request.POST if request.method == "POST" else None, initial=initial)
    if formset.is_bound and formset.is_valid():
        actions.set_sign_in_answers(request.viewer, formset.rows())
        messages.success(request, _("Saved."))
        return redirect("tickets-desk:sign-in-answers")
    context = {"formset": formset, "issue_type": actions.sign_in_type()}
    status = INVALID if formset.is_bound else 200
    return render(request, "tickets/desk/settings/sign-in-answers.html", context, status=status)
