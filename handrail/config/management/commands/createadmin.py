"""handrail createadmin: the first agent, who then makes the others."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from handrail.people.actions import create_agent
from handrail.people.models import Agent, AgentRole


class Command(BaseCommand):
    help = "Makes an agent who may do everything. Asks for the password, or reads one line of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        if Agent.objects.filter(email=email).exists():
            raise CommandError(f"There is an agent with the address {email} already.")
        password = self._password()
        name = options["name"] or email.partition("@")[0]
        try:
            create_agent(email=email, name=name, role=AgentRole.ADMIN, password=password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{name} can sign in at /console/ now.")

    def _password(self) -> str:
        password = getpass.getpass("Password: ") if self.stdin_is_terminal() else input()
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return password

    def stdin_is_terminal(self) -> bool:
        import sys

        return sys.stdin.isatty()
