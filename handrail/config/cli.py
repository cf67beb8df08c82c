"""What does the command `handrail` do? Django's command line with our settings and commands."""

import os
import sys


def main() -> None:
    """Runs `handrail <command>`: ours (serve, worker, demo, …) and all of Django's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
