"""What does the sign-in of agents ask for?"""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth brings no types
    """allauth's form; filled in where this is a demo, whose password is no secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DEMO_SIGN_IN:
            self.fields["login"].initial, password = settings.DEMO_SIGN_IN
            self.fields["password"].widget.render_value = True
            self.fields["password"].initial = password
