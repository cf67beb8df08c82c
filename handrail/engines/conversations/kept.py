"""Where are the bytes of attachments, and how do they come and go? In whatever Django's default
storage is: a folder, or a bucket that may not answer at the moment.
"""

import structlog
from django.core.files.storage import default_storage

from handrail.engines.conversations.files import CheckedFile
from handrail.engines.conversations.models import Attachment

log = structlog.get_logger("handrail.files")


def keep(attachment: Attachment, checked: CheckedFile) -> None:
    """Puts the file, and its preview, where they stay; raises OSError where that is impossible.

    The row is not saved. Either both are kept or, as far as it is in our power, neither.
    """
    try:
        attachment.file.save(checked.name, checked.upload, save=False)
        if checked.preview:
            attachment.preview.save("preview", checked.preview, save=False)
    except OSError:
        remove(attachment)
        raise


def copy(original: Attachment, attachment: Attachment) -> bool:
    """Puts the same bytes where another row has them for itself; False where that is impossible."""
    try:
        with original.file.open("rb") as opened:
            attachment.file.save(original.name, opened, save=False)
        if original.preview:
            with original.preview.open("rb") as opened:
                attachment.preview.save("preview", opened, save=False)
    except OSError as trouble:
        log.warning("file_not_copied", why=str(trouble))
        remove(attachment)
        return False
    return True


def remove(attachment: Attachment) -> None:
    """Removes the files of a row that is gone: now, or by a task as soon as it is possible."""
    names = [str(file.name) for file in (attachment.file, attachment.preview) if file]
    try:
        remove_named(names)
    except OSError as trouble:
        from handrail.engines.conversations.tasks import remove_files  # it imports our actions

        log.warning("files_not_removed", why=str(trouble), count=len(names))
        remove_files.enqueue(names)


def remove_named(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
