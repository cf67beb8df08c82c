"""Does the bucket of S3_URL take, give and forget files, and for nobody but us?"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from handrail.base.ids import public_id
from handrail.base.object_storage import FilesUnreachable, ObjectStorage
from handrail.config.bucket import Bucket
from handrail.config.checks.finding import Finding, error, warning
from handrail.config.checks.public import is_public

GOOD_URL = "s3://KEY:SECRET@host/bucket"
OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}


def bucket() -> Iterator[Finding]:
    """A small file is written, read and deleted: rights to one of them are not enough."""
    chosen = settings.ENV.bucket
    if chosen is None:
        return
    if is_public() and not chosen.is_encrypted and not _is_near(chosen.endpoint):
        yield warning(
            "bucket.plain",
            "Members' files go to the bucket unencrypted.",
            "Take tls=false out of S3_URL, where the store can.",
        )
    name = f"check/{public_id()}"
    try:
        default_storage.save(name, ContentFile(b"handrail check"))
        default_storage.open(name).close()
        if _is_read_by_strangers(chosen, name):
            yield error(
                "bucket.public",
                "Strangers can read what is in the bucket, members' files among it.",
                "Make the bucket private: the hub alone reads it, with its key.",
            )
        default_storage.delete(name)
    except OSError as trouble:
        yield error(
            "bucket.silent",
            f"Files cannot be written, read and deleted in the bucket: {trouble}",
            f"Look whether S3_URL names it as {GOOD_URL}, with a key that may do all three.",
        )


def _is_near(endpoint: str) -> bool:
    return urlsplit(endpoint).hostname in OWN_MACHINE


def _is_read_by_strangers(chosen: Bucket, name: str) -> bool:
    stranger = ObjectStorage(**chosen.options(), is_signed=False)
    try:
        stranger.open(name).close()
    except (FilesUnreachable, FileNotFoundError):
        return False
    return True
