"""Does `handrail check` find what is unsafe or silent, and leave a sound installation alone?"""

import json
import resource
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from handrail.base import outbound
from handrail.config import checks
from handrail.config.bucket import Bucket
from handrail.config.checks import machinery
from handrail.engines.tasks import task
from handrail.engines.tasks.models import WorkerBeat
from handrail.engines.tasks.worker import beat
from handrail.people.actions import create_agent, register_host, retire_key
from handrail.people.models import Agent, AgentRole, Host, HostKey
from tests.model_endpoint import KEY, Endpoint, endpoint
from tests.object_store import SECRET, ObjectStore, kept_names, silent_url
from tools import processes

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"

Choose = Callable[..., None]


@task()
def nothing() -> None: ...


@pytest.fixture
def choose(settings: Any, tmp_path: Path) -> Choose:
    """Sets choices of the operator's; the first of them make a sound, public installation."""

    def chosen(**changes: Any) -> None:
        settings.ENV = replace(settings.ENV, **changes)
        settings.HANDRAIL_URL = settings.ENV.url

    tmp_path.chmod(0o700)
    chosen(
        url="https://help.example.com",
        data=tmp_path,
        trusted_proxies=["127.0.0.1"],
        email_from="Help <help@example.com>",
        redis_url="",
        demo=False,
    )
    settings.REQUIRE_SECOND_FACTOR = True
    settings.EMAIL_BACKEND = "handrail.config.tests.test_check.Postbox"
    settings.EMAIL_USE_TLS = True
    return chosen


class Postbox:
    """A mail server that takes us."""

    def __init__(self, **options: Any) -> None: ...

    def open(self) -> None: ...

    def close(self) -> None: ...


@pytest.fixture
def sound(choose: Choose, host: Host, monkeypatch: pytest.MonkeyPatch) -> Agent:
    """A sound installation, and its administrator."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (65536, 65536))
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10**12}))
    admin = create_agent(email="olga@example.com", name="Olga", role=AgentRole.ADMIN)
    Authenticator.objects.create(user=admin, type=Authenticator.Type.TOTP, data={})
    return admin


def keys() -> list[str]:
    return [finding.key for finding in checks.run()]


def test_a_sound_installation_has_no_findings(sound: Agent) -> None:
    assert checks.run() == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"url": "http://help.example.com"}, "url.https"),
        ({"url": "https://example.com/help"}, "url.shape"),
        ({"url": "help.example.com"}, "url.shape"),
        ({"trusted_proxies": []}, "proxies.none"),
        ({"trusted_proxies": ["*"]}, "proxies.unreadable"),
        ({"demo": True}, "demo.public"),
        ({"data": Path("/nowhere/at/all")}, "data.missing"),
        ({"email_url": "smtp+tls://mail.example.com"}, "mail.unknown"),
        ({"email_from": "Help <help@127.0.0.1>"}, "mail.sender"),
        ({"redis_url": f"redis://127.0.0.1:{processes.free_port()}"}, "redis.silent"),
    ],
)
def test_an_unsafe_choice_is_found(
    sound: Agent, choose: Choose, changes: dict[str, Any], key: str
) -> None:
    choose(**changes)
    assert keys() == [key]


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("DEBUG", True, "debug"),
        ("SECRET_KEY", "another-key-that-is-long-enough-by-far", "secret_key.changed"),
        ("REQUIRE_SECOND_FACTOR", False, "second_factor.off"),
        ("EMAIL_USE_TLS", False, "mail.plain"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "mail.none"),
    ],
)
def test_an_unsafe_setting_is_found(
    sound: Agent, settings: Any, name: str, value: object, key: str
) -> None:
    setattr(settings, name, value)
    assert keys() == [key]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]
)
def test_on_this_machine_alone_a_demo_without_tls_and_mail_is_fine(
    sound: Agent, choose: Choose, settings: Any, url: str
) -> None:
    choose(url=url, demo=True, trusted_proxies=[])
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.REQUIRE_SECOND_FACTOR = False
    assert checks.run() == []


def test_a_short_secret_key_is_found(sound: Agent, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "letmein"
    assert keys() == ["secret_key.short"]


def test_a_secret_key_that_others_can_read_is_found(sound: Agent, settings: Any) -> None:
    path = settings.ENV.data / "secret_key"
    path.write_text("x")
    path.chmod(0o640)
    assert keys() == ["secret_key.readable"]


def test_data_that_others_can_read_are_found(sound: Agent, settings: Any) -> None:
    settings.ENV.data.chmod(0o755)
    assert keys() == ["data.readable"]


def test_a_mail_server_that_does_not_answer_is_found(sound: Agent, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
    settings.EMAIL_PORT = processes.free_port()
    assert keys() == ["mail.silent"]


def test_a_database_that_does_not_answer_is_found_and_asked_nothing_more(
    sound: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: Any, **__: Any) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(psycopg, "connect", silent)
    monkeypatch.setattr(connection, "ensure_connection", silent)
    assert [(f.key, "no route to host" in f.problem) for f in checks.run()] == [
        ("database.silent", True)
    ]


@pytest.mark.once
def test_redis_is_asked_for_an_answer_and_the_time(
    sound: Agent, choose: Choose, redis_url: str
) -> None:
    choose(redis_url=redis_url)
    assert checks.run() == []


# --- people ---------------------------------------------------------------------------------


def test_without_an_administrator_nobody_can_set_up(sound: Agent) -> None:
    Agent.objects.filter(pk=sound.pk).update(is_active=False)
    assert keys() == ["admins.none"]


def test_an_administrator_without_a_second_factor_is_named(sound: Agent) -> None:
    Authenticator.objects.all().delete()
    (finding,) = checks.run()
    assert finding.key == "admins.second_factor"
    assert "olga@example.com" in finding.problem


def test_an_agent_of_the_demo_is_found(sound: Agent) -> None:
    create_agent(email="dora@larkspan.example", name="Dora", password="handrail-demo-only")
    assert keys() == ["demo.agents"]


def test_without_a_host_no_member_can_come_in(sound: Agent) -> None:
    Host.objects.update(is_active=False)
    assert keys() == ["hosts.none"]


def test_a_host_whose_keys_are_retired_is_found(sound: Agent, host: Host) -> None:
    retire_key(HostKey.objects.get(host=host))
    assert keys() == ["host.keys"]


def test_a_host_without_a_place_or_a_sign_in_is_found(sound: Agent) -> None:
    register_host(name="Half", issuer="https://half.example", secret="s" * 32)
    assert keys() == ["host.origins", "host.sign_in"]


def test_a_host_without_tls_is_found(sound: Agent, host: Host) -> None:
    Host.objects.filter(pk=host.pk).update(origins=["http://platform.example"])
    assert keys() == ["host.http"]


@pytest.mark.parametrize(
    ("status", "seconds", "expected"),
    [(200, 0, []), (404, 0, ["host.jwks"]), (200, -60, ["clock"]), (200, 60, ["clock"])],
)
def test_a_hosts_keys_are_fetched_and_its_clock_is_compared(
    sound: Agent,
    host: Host,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    seconds: int,
    expected: list[str],
) -> None:
    Host.objects.filter(pk=host.pk).update(jwks_url="https://platform.example/keys")
    moment = timezone.now() + timedelta(seconds=seconds)
    date = {"date": moment.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    answer = outbound.Answer("https://platform.example/keys", status, date, b"{}")
    monkeypatch.setattr(machinery, "fetch", lambda *_, **__: answer)
    assert keys() == expected


def test_a_host_whose_keys_cannot_be_fetched_is_found(
    sound: Agent, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    Host.objects.filter(pk=host.pk).update(jwks_url="https://127.0.0.1/keys")
    assert keys() == ["host.jwks"]


# --- the work -------------------------------------------------------------------------------


def _waiting() -> None:
    nothing.enqueue()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))


def test_tasks_that_nobody_runs_are_found(sound: Agent) -> None:
    _waiting()
    assert keys() == ["worker.none"]


def test_a_worker_that_is_behind_is_found(sound: Agent) -> None:
    _waiting()
    beat("one")
    assert keys() == ["worker.behind"]


def test_several_workers_without_redis_are_found(sound: Agent) -> None:
    beat("one")
    beat("two")
    assert keys() == ["worker.alone"]
    WorkerBeat.objects.filter(worker_id="two").update(seen_at=timezone.now() - timedelta(minutes=1))
    assert checks.run() == []


def test_a_low_limit_of_open_files_is_found(sound: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 65536))
    assert keys() == ["files.few"]


# --- the command ----------------------------------------------------------------------------


def test_the_command_says_that_all_is_well(
    sound: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check")
    assert "Everything is in order." in capsys.readouterr().out


def test_the_command_fails_on_errors_and_says_what_to_do(
    sound: Agent, choose: Choose, capsys: pytest.CaptureFixture[str]
) -> None:
    choose(url="http://help.example.com")
    with pytest.raises(CommandError):
        call_command("check")
    printed = capsys.readouterr().out
    assert "unencrypted" in printed
    assert "Put a proxy with TLS in front" in printed


def test_the_command_does_not_fail_on_warnings(sound: Agent, choose: Choose) -> None:
    choose(trusted_proxies=[])
    call_command("check")


def test_programs_read_json(
    sound: Agent, choose: Choose, capsys: pytest.CaptureFixture[str]
) -> None:
    choose(trusted_proxies=[])
    call_command("check", json=True)
    given = json.loads(capsys.readouterr().out)
    assert given["ok"] is True
    assert [finding["key"] for finding in given["findings"]] == ["proxies.none"]


@pytest.mark.parametrize("arguments", [["people"], ["--deploy"], ["--tag", "models"]])
def test_djangos_own_options_keep_djangos_own_meaning(
    sound: Agent, choose: Choose, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    choose(url="http://help.example.com")
    call_command("check", *arguments)
    assert "Put a proxy with TLS in front" not in capsys.readouterr().out


def test_no_password_is_printed(sound: Agent, choose: Choose) -> None:
    port = processes.free_port()
    choose(redis_url=f"redis://user:much-too-secret@127.0.0.1:{port}")
    assert all("much-too-secret" not in str(finding) for finding in checks.run())


# --- The bucket -----------------------------------------------------------------------------------


def test_a_bucket_that_takes_gives_and_forgets_is_sound(
    sound: Agent, choose: Choose, bucket: Bucket
) -> None:
    choose(bucket=bucket)
    assert keys() == []
    assert kept_names() == set(), "what was tried is removed"


def test_a_bucket_is_reached_over_tls(sound: Agent, choose: Choose, bucket: Bucket) -> None:
    far = replace(bucket, endpoint="http://store.example")
    choose(bucket=far)  # files themselves still go to the one that answers
    assert keys() == ["bucket.plain"]


def test_a_bucket_that_does_not_answer_is_found_and_its_secret_not_told(
    sound: Agent, choose: Choose, object_store: ObjectStore, use_bucket: Callable[[str], Bucket]
) -> None:
    url = object_store.new_bucket()
    for wrong in (silent_url(url), url.replace("/bucket-", "/missing-")):
        choose(bucket=use_bucket(wrong))
        [finding] = checks.run()
        assert finding.key == "bucket.silent"
        for part in (SECRET, "key-of-these-tests"):
            assert part not in f"{finding.problem} {finding.remedy}"


def test_a_bucket_that_strangers_read_is_found(
    sound: Agent, choose: Choose, bucket: Bucket, object_store: ObjectStore
) -> None:
    choose(bucket=bucket)
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
    policy = {
        "Version": "2012-10-17",
        "Statement": [{**everybody, "Resource": f"arn:aws:s3:::{bucket.name}/*"}],
    }
    object_store.client().put_bucket_policy(Bucket=bucket.name, Policy=json.dumps(policy))
    assert keys() == ["bucket.public"]


# --- The language model ---------------------------------------------------------------------------


def with_model(choose: Choose, here: Endpoint, **changes: Any) -> list[checks.Finding]:
    given = {"ai_url": here.url, "ai_model": "small", "ai_key": KEY, "ai_seconds": 3.0}
    choose(**{**given, **changes})
    found = checks.run()
    assert all(KEY not in f"{one.problem} {one.remedy}" for one in found)
    return found


def test_a_model_that_answers_is_sound(sound: Agent, choose: Choose) -> None:
    with endpoint() as here:
        here.says("OK")
        assert with_model(choose, here) == []
        here.says("OK, and much more, as some models are.", finish="length")
        assert with_model(choose, here) == []
        assert here.asked[0]["model"] == "small"


@pytest.mark.parametrize(
    ("status", "message", "key"),
    [
        (401, f"Incorrect API key provided: {KEY}", "model.key"),
        (404, "The model `small` does not exist", "model.unknown"),
        (429, "You exceeded your quota", "model.limited"),
        (500, "Oops", "model.wrong"),
        (302, "", "model.wrong"),
    ],
)
def test_what_is_wrong_with_a_model_is_said(
    sound: Agent, choose: Choose, status: int, message: str, key: str
) -> None:
    with endpoint() as here:
        here.fails(status, message)
        [finding] = with_model(choose, here)
    assert (finding.key, finding.level) == (key, checks.Level.ERROR)
    assert "quoted" in finding.remedy


def test_a_model_that_nobody_reaches_is_found(sound: Agent, choose: Choose) -> None:
    with endpoint() as here:
        pass
    here.port = processes.free_port()
    [finding] = with_model(choose, here)
    assert finding.key == "model.silent"


def test_a_model_that_is_far_is_reached_over_tls(sound: Agent, choose: Choose) -> None:
    with endpoint() as here:
        found = with_model(choose, here, ai_url="http://ai.invalid/v1")
    assert {one.key for one in found} == {"model.plain", "model.silent"}
