"""What may the operator choose, and what is told to who chose wrongly?"""

import os
from pathlib import Path

import pytest
from environs import EnvError

from handrail.config.env import Environment, read_environment

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which only the folder is chosen."""
    for name in list(os.environ):
        if name != "PATH":
            monkeypatch.delenv(name)
    monkeypatch.setenv("HANDRAIL_DATA", str(tmp_path))


def chosen(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Environment:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return read_environment()


def test_with_nothing_chosen_it_is_one_process_on_this_machine(tmp_path: Path) -> None:
    env = read_environment()
    assert (env.host, env.port, env.url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert env.database_url == f"sqlite:///{tmp_path}/handrail.sqlite3"
    assert (env.redis_url, env.email_url, env.metrics_token) == ("", "console:", "")
    assert (env.is_https, env.demo, env.require_second_factor) == (False, False, True)


def test_its_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first, second = read_environment().secret_key, read_environment().secret_key
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_chosen_key_comes_before_the_made_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env = chosen(monkeypatch, SECRET_KEY="chosen", SECRET_KEY_FALLBACKS="old,older")
    assert (env.secret_key, env.secret_key_fallbacks) == ("chosen", ["old", "older"])
    assert not (tmp_path / "secret_key").exists()


def test_a_secret_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    env = chosen(monkeypatch, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert env.secret_key == "from a file"


@pytest.mark.parametrize(
    ("url", "origin", "hostname", "is_https"),
    [
        ("https://help.example.com", "https://help.example.com", "help.example.com", True),
        ("https://help.example.com/", "https://help.example.com", "help.example.com", True),
        ("http://[::1]:8000", "http://[::1]:8000", "::1", False),
    ],
)
def test_the_public_address_decides_what_is_safe(
    monkeypatch: pytest.MonkeyPatch, url: str, origin: str, hostname: str, is_https: bool
) -> None:
    env = chosen(monkeypatch, HANDRAIL_URL=url)
    assert (env.url, env.hostname, env.is_https) == (origin, hostname, is_https)
    assert f"no-reply@{hostname}" in env.email_from


def test_without_a_public_address_it_is_where_the_server_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert chosen(monkeypatch, HOST="0.0.0.0", PORT="9000").url == "http://0.0.0.0:9000"  # noqa: S104


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight"),
        ("HANDRAIL_THREADS", "many"),
        ("HANDRAIL_DEMO", "perhaps"),
        ("HANDRAIL_REQUIRE_SECOND_FACTOR", "2"),
        ("HANDRAIL_MOST_FILE_MB", "0"),
        ("HANDRAIL_MOST_FILE_MB", "25 MB"),
        ("HANDRAIL_MOST_FILES", "0"),
        ("HANDRAIL_MOST_FILES", "101"),
        ("S3_URL", "https://store.example/bucket"),
    ],
)
def test_a_value_that_makes_no_sense_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(EnvError, match=name):
        chosen(monkeypatch, **{name: value})


def test_lists_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    env = chosen(
        monkeypatch,
        HANDRAIL_TRUSTED_PROXIES="10.0.0.0/8,::1",
        HANDRAIL_OUTBOUND_ALLOW="keys.internal:443",
    )
    assert env.trusted_proxies == ["10.0.0.0/8", "::1"]
    assert env.outbound_allow == ["keys.internal:443"]


def test_attachments_lie_in_the_data_folder_or_where_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_environment().bucket is None
    bucket = chosen(monkeypatch, S3_URL="s3://k:s@store.example/files").bucket
    assert bucket
    assert (bucket.endpoint, bucket.name) == ("https://store.example", "files")


def test_how_much_may_be_attached_is_the_operators_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    env = read_environment()
    assert (env.most_file_mb, env.most_files) == (25, 10)
    env = chosen(monkeypatch, HANDRAIL_MOST_FILE_MB="100", HANDRAIL_MOST_FILES="3")
    assert (env.most_file_mb, env.most_files) == (100, 3)


def test_a_wrong_bucket_is_told_without_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvError) as told:
        chosen(monkeypatch, S3_URL="s3://k:planted@store.example/")
    assert "planted" not in str(told.value)


def test_a_model_is_told_by_its_address_its_name_and_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (read_environment().ai_url, read_environment().ai_model) == ("", "")
    env = chosen(
        monkeypatch, AI_URL="http://10.0.0.5:8080/v1/", AI_MODEL="small", AI_KEY="sk-not-shown"
    )
    assert (env.ai_url, env.ai_model, env.ai_seconds) == ("http://10.0.0.5:8080/v1", "small", 30)
    assert "sk-not-shown" not in repr(env)


@pytest.mark.parametrize(
    ("url", "model"),
    [
        ("https://ai.example/v1", ""),
        ("", "small"),
        ("ai.example/v1", "small"),
        ("file:///etc/passwd", "small"),
        ("https://user:sk-secret@ai.example/v1", "small"),
        ("https://ai.example/v1?key=sk-secret", "small"),
        ("http://[::1/v1", "small"),
        ("https://ai.example:99999/v1", "small"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, url: str, model: str
) -> None:
    with pytest.raises(EnvError, match="AI_URL") as refused:
        chosen(monkeypatch, AI_URL=url, AI_MODEL=model)
    assert "sk-secret" not in str(refused.value)
