"""How are files kept in a bucket?"""

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import run
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from handrail.base.object_storage import FilesUnreachable
from handrail.config.bucket import Bucket
from tests.object_store import ObjectStore, kept_names, silent_url
from tools.progress import ROOT

pytestmark = pytest.mark.once

UseBucket = Callable[[str], Bucket]


def test_a_file_comes_back_as_it_was_put(bucket: Bucket) -> None:
    name = default_storage.save("ab/abc", ContentFile(b"\0words\xff"))
    assert name == "ab/abc"
    assert kept_names() == {"files/ab/abc"}
    with default_storage.open(name) as file:
        assert file.read() == b"\0words\xff"
    assert (default_storage.exists(name), default_storage.size(name)) == (True, 7)


def test_what_is_deleted_is_gone_and_may_be_deleted_twice(bucket: Bucket) -> None:
    name = default_storage.save("ab/abc", ContentFile(b"words"))
    for _ in range(2):
        default_storage.delete(name)
        assert (default_storage.exists(name), kept_names()) == (False, set())
    with pytest.raises(FileNotFoundError):
        default_storage.open(name)


def test_a_file_that_is_open_lies_on_the_disk_and_not_in_memory(bucket: Bucket) -> None:
    """So that it leaves as files of a folder do: from the loop, by its descriptor."""
    content = os.urandom(3 * 1024 * 1024)
    given = TemporaryUploadedFile("x", "text/plain", len(content), None)
    given.write(content)
    given.read()  # whoever looked at it before has left it at its end
    with default_storage.open(default_storage.save("ab/large", given)) as file:
        assert os.pread(file.fileno(), 10, 0) == content[:10]
        assert os.fstat(file.fileno()).st_size == len(content)
        assert not given.closed, "what was given is its giver's"


def test_without_a_prefix_it_has_the_bucket_for_itself(
    object_store: ObjectStore, use_bucket: UseBucket
) -> None:
    use_bucket(object_store.new_bucket(prefix=""))
    default_storage.save("ab/abc", ContentFile(b"words"))
    assert kept_names() == {"ab/abc"}


def test_an_object_has_no_type_that_a_browser_would_show(
    bucket: Bucket, object_store: ObjectStore
) -> None:
    default_storage.save("ab/page.html", ContentFile(b"<script>"))
    [key] = kept_names()
    head = object_store.client().head_object(Bucket=bucket.name, Key=key)
    assert head["ContentType"] == "application/octet-stream"


@pytest.mark.parametrize("wrong", ["silent", "no bucket"])
def test_a_bucket_that_does_not_answer_is_said_without_a_secret(
    object_store: ObjectStore, use_bucket: UseBucket, wrong: str
) -> None:
    url = object_store.new_bucket()
    use_bucket(silent_url(url) if wrong == "silent" else url.replace("/bucket-", "/other-"))
    acts: list[Callable[[], Any]] = [
        lambda: default_storage.save("ab/abc", ContentFile(b"words")),
        lambda: default_storage.open("ab/abc"),
        lambda: default_storage.delete("ab/abc"),
    ]
    for act in acts:
        with pytest.raises(FilesUnreachable) as told:
            act()
        for part in ("secret", "key-of", "127.0.0.1", "ab/abc"):
            assert part not in str(told.value)


@pytest.fixture
def broken_off() -> Iterator[str]:
    """A store that begins to send a file, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            caller.recv(65536)
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nonly this")
            caller.close()

    answering = threading.Thread(target=answer)
    answering.start()
    yield f"s3://k:s@127.0.0.1:{listening.getsockname()[1]}/bucket?tls=false"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    answering.join()


def test_half_a_file_is_none(broken_off: str, use_bucket: UseBucket) -> None:
    use_bucket(broken_off)
    with pytest.raises(FilesUnreachable):
        default_storage.open("ab/abc")


def test_many_threads_share_one_client(bucket: Bucket) -> None:
    name = default_storage.save("ab/abc", ContentFile(b"words"))
    found: list[bytes] = []

    def read() -> None:
        with default_storage.open(name) as file:
            found.append(file.read())

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [b"words"] * 8


def test_nothing_of_it_is_in_memory_before_the_first_file(tmp_path: Path) -> None:
    """An idle hub with a bucket weighs what one without it weighs."""
    code = (
        "import sys, handrail.config.asgi; from django.core.files.storage import default_storage;"
        "default_storage.bucket; print('botocore' in sys.modules)"
    )
    env = {
        **os.environ,
        "HANDRAIL_DATA": str(tmp_path),
        "S3_URL": "s3://k:s@store.example/bucket",
    }
    done = run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr
