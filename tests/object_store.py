"""Where do tests keep files in a bucket? In moto's S3, a real server on loopback.

`storage` runs a test twice: with files in a folder, and with files in a bucket.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from handrail.config.bucket import Bucket

KEY, SECRET = "key-of-these-tests", "secret/of+these tests"


@dataclass(frozen=True)
class ObjectStore:
    """An object store; its buckets are made as an operator would make them."""

    server: Any

    @property
    def host(self) -> str:
        name, port = self.server.get_host_and_port()
        return f"{name}:{port}"

    def new_bucket(self, prefix: str = "files") -> str:
        """The S3_URL of a fresh one."""
        name = f"bucket-{uuid.uuid4().hex}"
        self.client().create_bucket(Bucket=name)
        return f"s3://{KEY}:{SECRET.replace('/', '%2F')}@{self.host}/{name}/{prefix}?tls=false"

    def client(self) -> Any:
        """Amazon's own, which knows nothing of ours."""
        import boto3  # type: ignore[import-untyped]  # it comes with moto

        return boto3.client(
            "s3",
            endpoint_url=f"http://{self.host}",
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield ObjectStore(server)
    server.stop()


@pytest.fixture
def use_bucket(settings: Any) -> Callable[[str], Bucket]:
    """Lets the hub keep its files where this S3_URL says."""

    def use(s3_url: str) -> Bucket:
        found = Bucket.at(s3_url)
        kept = {
            "BACKEND": "handrail.base.object_storage.ObjectStorage",
            "OPTIONS": found.options(),
        }
        settings.STORAGES = {**settings.STORAGES, "default": kept}
        return found

    return use


@pytest.fixture
def bucket(object_store: ObjectStore, use_bucket: Callable[[str], Bucket]) -> Bucket:
    """A bucket of the test's own, which the hub keeps its files in."""
    return use_bucket(object_store.new_bucket())


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest) -> str:
    """Where this test's files are kept."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return str(request.param)


def kept_names() -> set[str]:
    """What everything that is kept is called there."""
    options: dict[str, Any] = settings.STORAGES["default"]["OPTIONS"]  # type: ignore[index]
    if "bucket" not in options:
        root = Path(options["location"])
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    client = default_storage._connect()  # type: ignore[attr-defined]
    found = client.list_objects_v2(Bucket=options["bucket"])
    contents: list[dict[str, str]] = found.get("Contents", [])
    return {kept["Key"] for kept in contents}


def silent_url(s3_url: str) -> str:
    """The same where nobody listens."""
    host = urlsplit(s3_url).netloc.rpartition("@")[2]
    return s3_url.replace(host, "127.0.0.1:9")
