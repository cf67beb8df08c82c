"""The index beside the table: each database's own."""

from typing import Any

from django.db import migrations

# "ascii" cuts at ASCII's blanks and takes all letters beyond ASCII as they are: the words are made
# before, by the same rule for both databases.
SQLITE = [
    """
    CREATE VIRTUAL TABLE search_archive USING fts5(
        scope, words, content='search_archiveentry', content_rowid='id', prefix='2 3',
        tokenize='ascii'
    )
    """,
    """
    CREATE TRIGGER search_archive_insert AFTER INSERT ON search_archiveentry BEGIN
        INSERT INTO search_archive(rowid, scope, words) VALUES (new.id, new.scope, new.words);
    END
    """,
    """
    CREATE TRIGGER search_archive_delete AFTER DELETE ON search_archiveentry BEGIN
        INSERT INTO search_archive(search_archive, rowid, scope, words)
        VALUES ('delete', old.id, old.scope, old.words);
    END
    """,
    """
    CREATE TRIGGER search_archive_update AFTER UPDATE ON search_archiveentry BEGIN
        INSERT INTO search_archive(search_archive, rowid, scope, words)
        VALUES ('delete', old.id, old.scope, old.words);
        INSERT INTO search_archive(rowid, scope, words) VALUES (new.id, new.scope, new.words);
    END
    """,
]
UNDO_SQLITE = [
    "DROP TRIGGER search_archive_insert",
    "DROP TRIGGER search_archive_delete",
    "DROP TRIGGER search_archive_update",
    "DROP TABLE search_archive",
]
POSTGRESQL = [
    "ALTER TABLE search_archiveentry ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_archive_vector ON search_archiveentry USING gin (vector)",
]
UNDO_POSTGRESQL = ["ALTER TABLE search_archiveentry DROP COLUMN vector"]


def forwards(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else SQLITE:
        schema_editor.execute(statement)


def backwards(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in UNDO_POSTGRESQL if is_postgresql else UNDO_SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("search", "0001_archive"),)

    operations = (migrations.RunPython(forwards, backwards),)
