"""handrail reindex: writes the search archive anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from handrail.engines.conversations import archive
from handrail.engines.conversations.models import Conversation
from handrail.mediums.tickets.actions import archive_canned
from handrail.people.viewer import SYSTEM

BATCH = 500


class Command(BaseCommand):
    help = "Writes the words of every conversation into the search archive anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--after", type=int, default=0, help="go on after this number, where it was stopped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The newest come last; each batch is kept, so that it can be stopped and gone on with."""
        conversations = Conversation.objects.visible_to(SYSTEM).order_by("pk")
        left = conversations.filter(number__gt=options["after"])
        total, done = left.count(), 0
        for conversation in left.iterator(chunk_size=BATCH):
            archive.write(conversation)
            done += 1
            if done % BATCH == 0:
                self.stderr.write(f"{done:,} of {total:,}, to #{conversation.number}")
        archive_canned()
        self.stdout.write(f"{done:,} conversations can be found.")
