"""How are files kept in a bucket? By the API of Amazon's S3, which most object stores speak.

botocore is imported with the first file: it costs some 35 MB of memory, and nothing until then.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

BLOCK = 256 * 1024
CONNECT_SECONDS = 3
READ_SECONDS = 20
MISSING = {"404", "NoSuchKey", "NotFound"}


class FilesUnreachable(OSError):
    """The bucket did not answer, or not with a yes: it may in a moment. Says no secret."""


@deconstructible
class ObjectStorage(Storage):
    """Files as objects of one bucket, below `prefix`.

    Objects have no address of their own here: whoever may read a file gets it through us. A file
    that is opened is fetched whole into a temporary file, so that it can leave as one on disk.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        bucket: str,
        prefix: str = "",
        key: str = "",
        secret: str = "",
        region: str = "us-east-1",
        style: str = "path",
        is_signed: bool = True,
    ) -> None:
        """Unsigned, it sees what strangers would see."""
        self.bucket = bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix else ""
        self._endpoint = endpoint
        self._style = style
        self._region = region
        self._credentials = (key or None, secret or None)
        self._is_signed = is_signed
        self._client: Any = None
        self._making = threading.Lock()

    def exists(self, name: str) -> bool:
        try:
            self._ask("head_object", name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        return int(self._ask("head_object", name)["ContentLength"])

    def delete(self, name: str) -> None:
        """What is not there is as good as deleted."""
        self._ask("delete_object", name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """As given: names are random, and asking for each whether it is free would cost a trip."""
        return name

    def _save(self, name: str, content: "File[Any]") -> str:
        """In one piece: it is there whole, or not at all."""
        content.seek(0)
        kind = "application/octet-stream"  # the bucket's own server shall never show it
        self._ask("put_object", name, Body=content, ContentLength=content.size, ContentType=kind)
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        body = self._ask("get_object", name)["Body"]
        file = TemporaryFile()
        try:
            with _told(name):
                for block in body.iter_chunks(BLOCK):
                    file.write(block)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        finally:
            body.close()
        return File(file, name)

    def _ask(self, operation: str, name: str, **more: Any) -> Any:
        with self._making:
            self._client = self._client or self._connect()
        with _told(name):
            given = {"Bucket": self.bucket, "Key": self.prefix + name, **more}
            return getattr(self._client, operation)(**given)

    def _connect(self) -> Any:
        import botocore.session
        from botocore import UNSIGNED
        from botocore.config import Config

        key, secret = self._credentials
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": 2, "mode": "standard"},
            max_pool_connections=16,
            s3={"addressing_style": self._style},
            # Checksums of Amazon's newer kind are refused by many other stores.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            **({} if self._is_signed else {"signature_version": UNSIGNED}),
        )
        return botocore.session.Session().create_client(
            "s3",
            region_name=self._region,
            endpoint_url=self._endpoint,
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=config,
        )


@contextmanager
def _told(name: str) -> Iterator[None]:
    """botocore's errors as errors of files."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

    try:
        yield
    except ClientError as refusal:
        code = str(refusal.response.get("Error", {}).get("Code", "?"))
        if code in MISSING:
            raise FileNotFoundError(name) from None
        raise FilesUnreachable(f"the bucket answers {code}") from None
    except (BotoCoreError, HTTPClientError) as trouble:
        raise FilesUnreachable(f"the bucket does not answer ({type(trouble).__name__})") from None
