from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    """Conversations learn what they are about, which their tickets knew alone."""
    ticket = apps.get_model("tickets", "Ticket").objects.filter(conversation_id=OuterRef("pk"))
    conversations = apps.get_model("conversations", "Conversation").objects.filter(kind="tickets")
    conversations.update(category=Subquery(ticket.values("issue_type_id")))


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0005_by_what_is_rare"),
        ("tickets", "0003_sign_in_help"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
