"""Which claims do we take over, and how?"""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.people.claims import BadClaims, read_claims
from handrail.people.models import AccountKind, MemberRole

ACCOUNT = {"id": "acme", "name": "Acme", "kind": "brand", "plan": "enterprise", "zoneinfo": "UTC"}
GOOD = {
    "sub": "alice",
    "iat": 1_760_000_000,
    "email": "alice@acme.example",
    "email_verified": True,
    "name": "Alice Archer",
    "role": "admin",
    "locale": "de-AT",
    "zoneinfo": "Europe/Vienna",
    "account": ACCOUNT,
}


def with_account(**changed: Any) -> dict[str, Any]:
    return {**GOOD, "account": {**ACCOUNT, **changed}}


def test_good_claims_are_taken_over_as_they_are() -> None:
    read = read_claims(GOOD)
    assert (read.subject, read.email, read.name) == ("alice", "alice@acme.example", "Alice Archer")
    assert (read.locale, read.zoneinfo, read.email_verified) == ("de-AT", "Europe/Vienna", True)
    assert read.issued_at == datetime.fromtimestamp(1_760_000_000, UTC)
    assert (read.account.id, read.account.role, read.others) == ("acme", "admin", None)


@pytest.mark.parametrize(
    ("claims", "claim"),
    [
        ({**GOOD, "role": "owner"}, "role"),
        ({**GOOD, "role": None}, "role"),
        ({**GOOD, "sub": ""}, "sub"),
        ({**GOOD, "sub": "x" * 256}, "sub"),
        ({**GOOD, "sub": "a\x00b"}, "sub"),
        ({**GOOD, "sub": "a\ud800"}, "sub"),
        ({**GOOD, "iat": "now"}, "iat"),
        ({**GOOD, "iat": True}, "iat"),
        ({**GOOD, "iat": 1e300}, "iat"),
        ({**GOOD, "iat": float("nan")}, "iat"),
        ({**GOOD, "account": "acme"}, "account"),
        ({**GOOD, "account": None}, "account"),
        (with_account(id=None), "account.id"),
        (with_account(id=["acme"]), "account.id"),
        (with_account(id=True), "account.id"),
        (with_account(kind="school"), "account.kind"),
        ({**GOOD, "accounts": "all"}, "accounts"),
        ({**GOOD, "accounts": ["acme"]}, "accounts"),
        ({**GOOD, "accounts": [{**ACCOUNT, "role": "root"}]}, "accounts.role"),
        ({**GOOD, "accounts": [{**ACCOUNT, "role": "member"}] * 101}, "accounts"),
    ],
)
def test_what_would_open_or_close_something_is_refused(claims: dict[str, Any], claim: str) -> None:
    with pytest.raises(BadClaims) as refused:
        read_claims(claims)
    assert refused.value.claim == claim


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", None, 7, "utc\x00"])
def test_an_unknown_time_zone_is_the_accounts_and_then_utc(zone: object) -> None:
    read = read_claims({**with_account(zoneinfo=zone), "zoneinfo": zone})
    assert (read.zoneinfo, read.account.zoneinfo) == ("", "UTC")


@pytest.mark.parametrize("email", ["nobody", "a@b", "a@b.example\nBcc: c@d.example", None, 5])
def test_an_address_that_no_mail_could_reach_is_none(email: object) -> None:
    read = read_claims({**GOOD, "email": email})
    assert (read.email, read.email_verified) == ("", False)


@pytest.mark.parametrize("verified", [False, None, "true", 1, "yes"])
def test_an_address_is_verified_by_true_alone(verified: object) -> None:
    assert read_claims({**GOOD, "email_verified": verified}).email_verified is False


@pytest.mark.parametrize("locale", ["../en", "english please", "e", "", None, ["de"]])
def test_a_language_that_is_no_tag_is_none(locale: object) -> None:
    assert read_claims({**GOOD, "locale": locale}).locale == ""


def test_a_language_tag_may_have_an_underscore() -> None:
    assert read_claims({**GOOD, "locale": "pt_BR"}).locale == "pt-BR"


def test_a_name_is_one_visible_line() -> None:
    assert read_claims({**GOOD, "name": " Al\x00ice\r\n\u202eArcher "}).name == "Al ice Archer"
    assert read_claims({**GOOD, "name": "é" * 500}).name == "é" * 200
    assert read_claims({**GOOD, "name": "🦊 שלום"}).name == "🦊 שלום"


def test_without_a_name_the_address_or_the_id_stands_in() -> None:
    assert read_claims({**GOOD, "name": " "}).name == "alice@acme.example"
    assert read_claims({**GOOD, "name": None, "email": None}).name == "alice"
    assert read_claims(with_account(name="")).account.name == "acme"


def test_ids_are_compared_exactly() -> None:
    assert read_claims({**GOOD, "sub": " Alice "}).subject == " Alice "
    assert read_claims(with_account(id=17)).account.id == "17"


def test_the_list_of_accounts_leaves_out_the_current_one() -> None:
    listed = [{**ACCOUNT, "role": "member"}, {**ACCOUNT, "id": "two", "role": "member"}]
    read = read_claims({**GOOD, "accounts": listed})
    assert read.others is not None
    assert [(other.id, other.role) for other in read.others] == [("two", "member")]
    assert read.account.role == "admin"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    claims=st.fixed_dictionaries(
        {claim: JSON | st.just(value) for claim, value in GOOD.items()}, optional={"accounts": JSON}
    )
)
def test_whatever_comes_is_read_or_refused(claims: dict[str, Any]) -> None:
    try:
        read = read_claims(claims)
    except BadClaims:
        return
    assert read.account.kind in AccountKind.values
    assert read.account.role in MemberRole.values
    for text in (read.subject, read.name, read.email, read.account.name, read.account.plan):
        text.encode()
        assert "\x00" not in text


def test_where_the_person_is_comes_as_short_lines_of_text() -> None:
    said = {"page": "/a\n\u202eb", "title": "x" * 999, "host_version": 7, "color": "red"}
    assert read_claims({**GOOD, "context": said}).context == {"page": "/a b", "title": "x" * 200}


@pytest.mark.parametrize("said", [None, "page", [], 7, {"page": {"a": 1}}, {"page": "\x00"}])
def test_nonsense_about_where_somebody_is_refuses_nobody(said: Any) -> None:
    assert read_claims({**GOOD, "context": said}).context == {}
