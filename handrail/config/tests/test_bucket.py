"""Where is the bucket that S3_URL names?"""

import pytest

from handrail.config.bucket import Bucket

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("url", "endpoint", "name", "prefix", "region"),
    [
        ("s3://k:s@store.example/files", "https://store.example", "files", "", "us-east-1"),
        (
            "s3://k:s@store.example:9000/a/b/c/",
            "https://store.example:9000",
            "a",
            "b/c",
            "us-east-1",
        ),
        ("s3://k:s@10.0.0.5:9000/a?tls=false", "http://10.0.0.5:9000", "a", "", "us-east-1"),
        (
            "s3://k:s@s3.eu-central-1.amazonaws.com/a",
            "https://s3.eu-central-1.amazonaws.com",
            "a",
            "",
            "eu-central-1",
        ),
        ("s3://k:s@store.example/a?region=auto", "https://store.example", "a", "", "auto"),
        (
            "s3://s3.eu-west-1.amazonaws.com/a",
            "https://s3.eu-west-1.amazonaws.com",
            "a",
            "",
            "eu-west-1",
        ),
    ],
)
def test_an_address_says_where_and_how(
    url: str, endpoint: str, name: str, prefix: str, region: str
) -> None:
    bucket = Bucket.at(url)
    assert (bucket.endpoint, bucket.name, bucket.prefix, bucket.region) == (
        endpoint,
        name,
        prefix,
        region,
    )
    assert bucket.is_encrypted == endpoint.startswith("https")


def test_a_secret_may_hold_whatever_is_written_as_an_address_writes_it() -> None:
    bucket = Bucket.at("s3://AKIA:a%2Fb%2Bc%40d%3A@store.example/files?style=virtual")
    assert (bucket.key, bucket.secret, bucket.style) == ("AKIA", "a/b+c@d:", "virtual")


def test_its_secret_is_not_what_it_is_printed_as() -> None:
    assert "planted" not in repr(Bucket.at("s3://k:planted@store.example/files"))


@pytest.mark.parametrize(
    "url",
    [
        "https://k:planted@store.example/files",
        "s3://k:planted@store.example",
        "s3://k:planted@store.example/",
        "s3://k:planted@/files",
        "s3://:planted@store.example/files",
        "s3://planted@store.example/files",
        "s3://k:planted@store.example/files?acl=public",
        "s3://k:planted@store.example/files?tls=maybe",
        "s3://k:planted@store.example/files?style=odd",
        "s3://k:pla/nted@store.example/files",
        "s3://k:planted@store.example:many/files",
        "planted",
    ],
)
def test_what_makes_no_sense_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError) as refused:
        Bucket.at(url)
    assert "planted" not in str(refused.value)
