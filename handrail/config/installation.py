"""What must be true before the hub can serve? Tables, first rows, and files ready to be sent."""

import hashlib
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from handrail.hub import actions as hub
from handrail.mediums.chat import actions as chat
from handrail.mediums.tickets import actions as tickets
from handrail.people import actions as people

log = structlog.get_logger("handrail.installation")

STATIC_STAMP = ".collected"


def prepare() -> None:
    """Brings the database and the static files up to date. Does little when they are."""
    migrate()
    collect_static()


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
    install_defaults()


def install_defaults() -> None:
    """The rows that a new installation starts with; changes nothing that exists."""
    people.install_defaults()
    hub.install_defaults()
    tickets.install_defaults()
    chat.install_defaults()


def collect_static() -> None:
    """Gathers static files under hashed names, when one of them has changed since last time."""
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    state = _state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists())
    stamp.write_text(state)
    log.info("static_files_collected")


def _state_of_sources() -> str:
    """A digest of names, sizes and times of all static files: some hundred calls of stat."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
