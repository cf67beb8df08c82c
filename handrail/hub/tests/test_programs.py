"""What do programs get of all mediums together, and what never?"""

import pytest
from django.conf import settings

from handrail.base.limits import Limit, TooMany
from handrail.engines.ai.models import Surface
from handrail.hub import programs
from handrail.hub.asking import TooLong
from handrail.mediums.docs.models import Feedback, Section
from handrail.people.models import Member
from handrail.people.viewer import Viewer
from tests.help_pages import changed, draft_of, group_of, page_of, section_of
from tests.making import viewer_of

OWN = settings.HANDRAIL_URL


@pytest.fixture
def section(installation: None) -> Section:
    return section_of("Brands", description="For brands.")


def ask(viewer: Viewer, question: str, goal: str = "") -> object:
    return programs.ask(viewer, question, goal=goal, client="192.0.2.1", surface=Surface.MCP)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (f"{OWN}/docs/brands/a", "/docs/brands/a"),
        (f"{OWN.replace('http://', 'https://')}/docs/brands/a.md", "/docs/brands/a.md"),
        (f"  {OWN.removeprefix('http://')}/docs/brands/a#part ", "/docs/brands/a"),
        ("/docs/brands/a?ask=x", "/docs/brands/a"),
        ("/docs/br%C3%BCcke", "/docs/brücke"),
        (OWN, "/"),
    ],
)
def test_an_address_of_ours_has_a_path(address: str, path: str) -> None:
    assert programs.public_path(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://else.example/docs/a",
        f"https://{OWN.removeprefix('http://')}.else.example/docs/a",
        f"{OWN}@else.example/docs/a",
        "//else.example/docs/a".lstrip("/"),
        "docs/brands/a",
        "/docs/%00a",
        "/docs/\0a",
        "/docs\\a",
        "/docs/" + "a" * 3_000,
        "javascript:alert(1)",
    ],
)
def test_what_is_elsewhere_has_none(address: str) -> None:
    assert programs.public_path(address) is None


def test_a_page_is_read_by_each_of_its_addresses(section: Section, nobody: Viewer) -> None:
    page = page_of(section, "Payouts", "A payout takes five days.")
    changed(page, slug="money")
    for path in ("money", "money.md", "money/", "payouts", "payouts.md"):
        assert "five days" in str(programs.read(nobody, f"{OWN}/docs/brands/{path}"))
    assert "/docs/brands/money.md" in str(programs.read(nobody, "/docs/brands"))
    assert "/docs/brands/money.md" in str(programs.read(nobody, "/llms.txt"))


def test_what_lists_do_not_name_is_not_read(
    section: Section, nobody: Viewer, alice: Member, carol: Member
) -> None:
    page_of(section, "Open", "Some words.")
    page_of(section, "Secret", "Zanzibar.", audience="brand")
    page_of(section, "Hidden", "Zanzibar.", is_hidden=True)
    draft_of(section, "Draft", "Zanzibar.")
    group_of(section, "Empty")
    for name in ("secret", "hidden", "draft", "empty", "made-up", "../brands/secret"):
        for viewer in (nobody, viewer_of(carol)):
            assert programs.read(viewer, f"/docs/brands/{name}") is None, name
            assert not programs.take_feedback(
                viewer, f"/docs/brands/{name}", "It is wrong.", goal="", client="192.0.2.1"
            )
    assert "Zanzibar" in str(programs.read(viewer_of(alice), "/docs/brands/secret"))
    assert programs.read(viewer_of(alice), "/docs/brands/hidden") is None
    assert not Feedback.objects.exists()


def test_the_best_section_of_each_page_is_found(section: Section, nobody: Viewer) -> None:
    page_of(section, "Payouts", "## Fees\n\nThere are none.\n\n## How long\n\nA payout takes days.")
    page_of(section, "Secret payouts", "A payout takes a day.", audience="brand")
    page_of(section, "Hidden payouts", "A payout takes a day.", is_hidden=True)
    [found] = programs.passages(nobody, "How long does a payout take?")
    assert found.title == "Payouts > How long"
    assert found.address == f"{OWN}/docs/brands/payouts#how-long"
    assert "A payout takes days." in found.text
    assert "five" not in found.text
    assert programs.read(nobody, found.address)


def test_a_long_section_is_cut(section: Section, nobody: Viewer) -> None:
    page_of(section, "Payouts", "A payout takes days, and so on. " * 200)
    [found] = programs.passages(nobody, "payout")
    assert len(found.text) <= programs.LONGEST_PASSAGE + 1


def test_what_a_program_found_wrong_is_kept_for_the_editors(
    section: Section, nobody: Viewer
) -> None:
    page = page_of(section, "Payouts", "A payout takes five days.")
    address = f"{OWN}/docs/brands/payouts#fees"
    assert programs.take_feedback(nobody, address, "w" * 2_048, goal="pay", client="192.0.2.1")
    kept = Feedback.objects.get()
    assert (kept.page, kept.goal, kept.score) == (page, "pay", "")
    assert kept.is_from_program and len(kept.comment) == 2_048


def test_questions_and_words_are_limited(
    section: Section, nobody: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_of(section, "Payouts", "A payout takes five days.")
    for name in ("ASKED", "REPORTED"):
        monkeypatch.setattr(programs, name, Limit(f"test-{name}", most=1, seconds=60))
    ask(nobody, "payout?")
    with pytest.raises(TooMany):
        ask(nobody, "payout?")
    with pytest.raises(TooLong):
        ask(nobody, "payout " * 1_000)
    with pytest.raises(TooLong):
        ask(nobody, "payout?", goal="g" * 501)
    given = {"goal": "", "client": "192.0.2.1"}
    assert programs.take_feedback(nobody, "/docs/brands/payouts", "It is wrong.", **given)
    with pytest.raises(TooMany):
        programs.take_feedback(nobody, "/docs/brands/payouts", "It is wrong.", **given)
