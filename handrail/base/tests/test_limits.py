"""How often, and who is it?"""

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import RequestFactory

from handrail.base.limits import Limit, TooMany, client_address

LIMIT = Limit("test", most=3, seconds=60)
START = 1_800_000_000 - 1_800_000_000 % 60  # the beginning of a window


def test_a_limit_is_reached_and_over_after_its_window() -> None:
    with time_machine.travel(START + 10, tick=False) as clock:
        for _ in range(3):
            LIMIT.hit("alice")
        with pytest.raises(TooMany) as refused:
            LIMIT.hit("alice")
        assert refused.value.retry_after == 50
        LIMIT.hit("bob")
        clock.shift(50)
        LIMIT.hit("alice")


def test_a_check_does_not_count() -> None:
    with time_machine.travel(START, tick=False):
        for _ in range(10):
            LIMIT.check("alice")
        for _ in range(3):
            LIMIT.count("alice")
        with pytest.raises(TooMany):
            LIMIT.check("alice")


def test_limits_do_not_share_their_counts() -> None:
    other = Limit("other", most=1, seconds=60)
    with time_machine.travel(START, tick=False):
        other.hit("alice")
        LIMIT.hit("alice")


def test_many_at_once_are_all_counted() -> None:
    passed: list[bool] = []
    limit = Limit("crowd", most=20, seconds=3600)

    def attempt() -> None:
        try:
            limit.hit("one address")
            passed.append(True)
        except TooMany:
            passed.append(False)

    threads = [threading.Thread(target=attempt) for _ in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passed.count(True) == 20


@pytest.mark.parametrize("key", ["", "a b", "x" * 10_000, "é\x00\r\n", "2001:db8::1"])
def test_any_key_can_be_counted(key: str) -> None:
    LIMIT.hit(key)


@pytest.mark.parametrize(
    ("trusted", "remote", "forwarded", "address"),
    [
        ([], "198.51.100.7", "", "198.51.100.7"),
        ([], "198.51.100.7", "203.0.113.9", "198.51.100.7"),
        (["10.0.0.0/8"], "10.1.1.1", "203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.1.1.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (["10.0.0.0/8"], "10.1.1.1", "203.0.113.9, 10.2.2.2", "203.0.113.9"),
        (["10.0.0.0/8"], "203.0.113.9", "6.6.6.6", "203.0.113.9"),
        (["10.1.1.1"], "10.1.1.1", "", "10.1.1.1"),
        (["10.1.1.1"], "10.1.1.1", "rubbish", "unknown"),
        (["10.0.0.0/8"], "10.1.1.1", "10.3.3.3, 10.2.2.2", "10.3.3.3"),
        ([], "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ([], "::ffff:198.51.100.7", "", "198.51.100.7"),
        ([], "", "", "unknown"),
    ],
)
def test_the_client_is_whom_no_stranger_can_claim_to_be(
    settings: Any, trusted: list[str], remote: str, forwarded: str, address: str
) -> None:
    settings.ENV = replace(settings.ENV, trusted_proxies=trusted)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)
    assert client_address(request) == address


def test_the_time_to_wait_is_never_nothing() -> None:
    with time_machine.travel(time.time()):
        for _ in range(3):
            LIMIT.count("x")
        with pytest.raises(TooMany) as refused:
            LIMIT.check("x")
        assert 1 <= refused.value.retry_after <= 60
