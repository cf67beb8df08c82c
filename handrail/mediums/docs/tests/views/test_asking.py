"""Tests of the page where people ask."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from handrail.base.limits import Limit
from handrail.engines.ai.answers import Answer, Outcome
from handrail.engines.ai.models import Question
from handrail.engines.search.library.blocks import Kind
from handrail.mediums.docs.models import Page
from handrail.people.models import Member
from handrail.people.viewer import viewer_for_member, viewer_for_nobody
from tests.asking import answer_of, asked_by, nothing, piece_of, source_of, thread_path
from tests.help_pages import changed, page_of, section_of

Browse = Callable[..., Client]
HTMX = {"HX-Request": "true"}
SIDES = ["/docs/", "/help/docs/"]
BODY = "## Limits\n\nAt most 100 links are open at once. Close one to open another.\n"


@pytest.fixture
def page(installation: None) -> Page:
    return page_of(
        section_of("Brands"),
        "Links",
        BODY,
        questions=["How many links are open at once?", "How do I close a link?"],
    )


def text_of(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


# --- Where it opens -----------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("where", ["", "brands", "brands/links", "search", "nowhere/at-all"])
def test_any_page_with_ask_in_its_address_leads_to_where_one_asks(
    page: Page, browse: Browse, side: str, where: str
) -> None:
    answer = browse(None).get(f"{side}{where}?ask=How+many%3F&goal=sell")
    assert answer.status_code == 302
    parts = urlsplit(answer["Location"])
    query = parse_qs(parts.query)
    assert parts.path == f"{side}ask"
    assert (query["ask"], query["goal"]) == (["How many?"], ["sell"])
    assert query.get("page") == ([f"docs/{page.public_id}"] if where == "brands/links" else None)
    assert "no-store" in answer["Cache-Control"]
    opened = browse(None).get(f"{side}{where}?ask=")
    assert opened.status_code == 302
    assert browse(None).get(opened["Location"]).status_code == 200


def test_a_page_that_is_not_theirs_leads_where_one_that_is_missing_does(
    page: Page, alice: Member, carol: Member, browse: Browse
) -> None:
    page_of(page.section, "Secret", audience="brand", questions=["What is secret?"])
    for who in (carol, None):
        hidden = browse(who).get("/docs/brands/secret?ask=x")
        missing = browse(who).get("/docs/brands/missing?ask=x")
        assert hidden["Location"] == missing["Location"]
    assert "page=" in browse(alice).get("/docs/brands/secret?ask=x")["Location"]


@pytest.mark.parametrize("side", SIDES)
def test_a_question_in_the_address_is_in_the_field_and_asks_nothing_by_itself(
    page: Page, browse: Browse, side: str
) -> None:
    shown = browse(None).get(f"{side}ask?ask=How+many+links%3F")
    assert "How many links?</textarea>" in text_of(shown)
    assert "data-ask-now" in text_of(shown)
    assert not Question.objects.exists()
    assert shown["X-Robots-Tag"] == "noindex"
    assert "no-store" in shown["Cache-Control"]
    for blank in ("", "?ask=", "?ask=%3C%3E"):
        assert "data-ask-now" not in text_of(browse(None).get(f"{side}ask{blank}"))


def test_what_is_suggested_is_of_the_page_that_one_comes_from(page: Page, browse: Browse) -> None:
    other = page_of(page.section, "Payments", questions=["When am I paid?", "How?"])
    shown = text_of(browse(None).get(f"/docs/ask?page=docs/{other.public_id}"))
    assert "When am I paid?" in shown
    assert "Payments" in shown
    assert "How many links" not in shown
    general = text_of(browse(None).get("/docs/ask"))
    assert "When am I paid?" in general
    assert "How many links are open at once?" in general
    assert "How do I close a link?" not in general


@pytest.mark.parametrize("facts", [{"audience": "brand"}, {"is_hidden": True}])
def test_nothing_is_suggested_of_pages_that_are_not_listed_for_them(
    page: Page, alice: Member, carol: Member, browse: Browse, facts: dict[str, Any]
) -> None:
    secret = page_of(page.section, "Secret", questions=["What is secret?"], **facts)
    for who in (carol, None):
        assert b"What is secret?" not in browse(who).get("/help/docs/ask").content
        named = browse(who).get(f"/help/docs/ask?page=docs/{secret.public_id}")
        assert (b"What is secret?" in named.content) == ("is_hidden" in facts)
    sees_it = b"What is secret?" in browse(alice).get("/help/docs/ask").content
    assert sees_it == ("audience" in facts)


# --- Asking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
def test_without_a_script_a_question_is_answered_on_the_page_that_follows(
    page: Page, browse: Browse, side: str
) -> None:
    visitor = browse(None)
    sent = {"question": "How many links are open at once?", "page": f"docs/{page.public_id}"}
    answer = visitor.post(f"{side}ask", sent)
    asked = Question.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{side}ask?thread={asked.thread}#q-{asked.public_id}"
    shown = text_of(visitor.get(answer["Location"]))
    thread = shown.partition('id="ask-thread"')[2]
    assert "How many links are open at once?" in thread
    assert f'href="{side}brands/links' in thread
    assert (asked.member, asked.page) == (None, f"docs/{page.public_id}")
    assert asked.surface == ("site" if side == "/docs/" else "panel")


def test_by_htmx_an_exchange_comes_back_and_an_empty_field_beside_it(
    page: Page, alice: Member, browse: Browse
) -> None:
    browser = browse(alice)
    sent = {"question": "How many links are open at once?"}
    first = browser.post("/help/docs/ask", sent, headers=HTMX)
    asked = Question.objects.get()
    assert first.status_code == 200
    assert first["HX-Replace-Url"] == thread_path(asked)
    assert text_of(first).lstrip().startswith("<li")
    assert 'hx-swap-oob="true"' in text_of(first)
    assert f'name="thread" value="{asked.thread}"' in text_of(first)
    assert asked.member == alice
    again = {"suggested": "How do I close a link?", "question": "half a", "thread": asked.thread}
    second = browser.post("/help/docs/ask", again, headers=HTMX)
    assert Question.objects.filter(thread=asked.thread).count() == 2
    assert "half a</textarea>" in text_of(second)


def test_the_conversation_survives_a_reload(page: Page, browse: Browse) -> None:
    nobody = viewer_for_nobody()
    first = asked_by(nobody, answer_of(page), "The first question?")
    asked_by(nobody, nothing(page), "The second question?", thread=first.thread)
    shown = text_of(browse(None).get(thread_path(first, is_public=True)))
    assert shown.index("The first question?") < shown.index("The second question?")
    assert shown.count('class="ask-after"') == 1


def test_what_follows_are_questions_of_cited_pages_that_were_not_asked(
    page: Page, browse: Browse
) -> None:
    asked = asked_by(viewer_for_nobody(), answer_of(page), "how many links are open at once")
    shown = text_of(browse(None).get(thread_path(asked, is_public=True)))
    assert 'value="How do I close a link?"' in shown
    assert 'value="How many links are open at once?"' not in shown


@pytest.mark.parametrize("question", ["", "  ", "<question>", "question", "\0", "< >"])
def test_an_empty_question_is_a_hint(page: Page, browse: Browse, question: str) -> None:
    for headers in (HTMX, {}):
        answer = browse(None).post("/docs/ask", {"question": question}, headers=headers)
        assert answer.status_code == 422
        assert "Write your question first" in text_of(answer)
    assert not Question.objects.exists()


def test_too_long_a_question_stays_in_the_field_whole(page: Page, browse: Browse) -> None:
    visitor, long = browse(None), "How " * 500 + "many?"
    for headers in (HTMX, {}):
        answer = visitor.post("/docs/ask", {"question": long}, headers=headers)
        assert answer.status_code == 422
        assert "Keep it within 2000 letters" in text_of(answer).replace("2,000", "2000")
        assert long in text_of(answer)
        assert "maxlength" not in text_of(answer).partition("<textarea")[2].partition(">")[0]
    assert answer["Content-Type"].startswith("text/html")
    ok = visitor.post("/docs/ask", {"question": "x" * 2_000})
    assert ok.status_code == 303


def test_too_many_questions_are_refused_in_words_and_what_was_typed_stays(
    page: Page, alice: Member, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = "handrail.mediums.docs.views.asking"
    monkeypatch.setattr(f"{views}.OF_VISITORS", Limit("t-visitors", most=1, seconds=60))
    monkeypatch.setattr(f"{views}.OF_MEMBERS", Limit("t-members", most=1, seconds=60))
    for who, path in ((None, "/docs/ask"), (alice, "/help/docs/ask")):
        browser = browse(who)
        browser.post(path, {"question": "One?"})
        for headers in (HTMX, {}):
            answer = browser.post(path, {"question": "Two is one too many?"}, headers=headers)
            assert answer.status_code == 429
            assert int(answer["Retry-After"]) <= 60
            assert "Two is one too many?</textarea>" in text_of(answer)
            assert "we take a break" in text_of(answer)
    assert Question.objects.count() == 2


@pytest.mark.parametrize("thread", ["", "x" * 22, "x" * 200, "a\0b", "../../x", "' OR 1=1"])
def test_a_made_up_thread_begins_a_new_one(page: Page, browse: Browse, thread: str) -> None:
    answer = browse(None).post("/docs/ask", {"question": "How many links?", "thread": thread})
    assert answer.status_code == 303
    assert Question.objects.get().thread != thread
    assert browse(None).get("/docs/ask", {"thread": thread, "page": thread}).status_code == 200


# --- How answers are drawn ----------------------------------------------------------------------


def drawn(browse: Browse, answer: Answer) -> str:
    asked = asked_by(viewer_for_nobody(), answer)
    return text_of(browse(None).get(thread_path(asked, is_public=True)))


def test_the_words_follow_how_sure_it_is(page: Page, browse: Browse) -> None:
    assert "From the help pages" in drawn(browse, answer_of(page))
    closest = drawn(browse, answer_of(page, outcome=Outcome.CLOSEST))
    assert "Not sure, but this is closest" in closest
    none = drawn(browse, nothing(page))
    assert "The pages do not say" in none
    assert "These pages come nearest" in none
    assert 'href="/docs/brands/links#limits"' in none
    assert "Copy" not in none
    assert "Try other words" in drawn(browse, nothing())


def test_each_kind_of_piece_is_drawn_as_what_it_is(page: Page, browse: Browse) -> None:
    shown = drawn(
        browse,
        answer_of(
            page,
            piece_of("At most 100.", "No more."),
            piece_of("3. Open it.", "4. Close it.", kind=Kind.STEPS, lead="To close:"),
            piece_of("\u2022 red", "\u2022 green", kind=Kind.LIST),
            piece_of("Sign | Meaning", "green | It counts", "red", kind=Kind.TABLE),
        ),
    )
    assert "<blockquote><p>At most 100. No more." in shown
    assert '<ol start="3"><li>Open it.</li><li>Close it.</li></ol>' in shown
    assert "To close:" in shown
    assert "<ul><li>red</li><li>green</li></ul>" in shown
    assert '<th scope="col">Sign</th><th scope="col">Meaning</th>' in shown
    assert "<td>green</td><td>It counts</td>" in shown
    assert "<td>red</td><td></td>" in shown


def test_a_models_words_are_no_quotation_and_what_nothing_supports_is_marked(
    page: Page, browse: Browse
) -> None:
    written = piece_of("You may have 100.", is_quoted=False)
    made_up = piece_of("Or 200.", is_quoted=False, is_supported=False, sources=())
    shown = drawn(browse, answer_of(page, written, made_up, engine="a-model"))
    assert "<blockquote>" not in shown
    assert "The pages do not say this." in shown
    assert "/docs/brands/links#limits" in shown
    assert "quote=" not in shown


def test_each_step_of_its_own_section_leads_to_its_own_words(page: Page, browse: Browse) -> None:
    sources = (source_of(page, "One", "one"), source_of(page, "Two", "two"))
    steps = piece_of("1. First", "2. Second", kind=Kind.STEPS, sources=(1, 2))
    shown = drawn(browse, answer_of(page, steps, sources=sources))
    assert "?quote=First#one:~:text=First" in shown
    assert "?quote=Second#two:~:text=Second" in shown


# --- Shown again --------------------------------------------------------------------------------


def test_a_members_thread_is_nobody_elses(
    page: Page, alice: Member, bob: Member, carol: Member, browse: Browse
) -> None:
    asked = asked_by(viewer_for_member(alice), answer_of(page), "Our plan for spring?")
    assert b"Our plan for spring?" in browse(alice).get(thread_path(asked)).content
    for who in (bob, carol, None):
        for is_public in (True, False):
            shown = browse(who).get(thread_path(asked, is_public=is_public))
            assert shown.status_code == 200
            assert b"spring" not in shown.content
            sent = {"question": "And?", "thread": asked.thread}
            browse(who).post("/docs/ask", sent)
    assert Question.objects.filter(thread=asked.thread).count() == 1


@pytest.mark.parametrize("how", ["hidden", "restricted", "withdrawn"])
def test_an_answer_whose_page_is_gone_is_not_shown_again(
    page: Page, browse: Browse, how: str
) -> None:
    from handrail.mediums.docs import actions
    from handrail.people.models import Audience
    from tests.help_pages import EDITOR

    asked = asked_by(viewer_for_nobody(), answer_of(page), "How many may be open?")
    if how == "hidden":
        changed(page, is_hidden=True)
    elif how == "restricted":
        changed(page, audience=Audience.objects.get(key="brand"))
    else:
        actions.withdraw(EDITOR, page)
    shown = text_of(browse(None).get(thread_path(asked, is_public=True)))
    assert "At most 100" not in shown
    assert "Links" not in shown.partition('id="ask-thread"')[2]
    assert "The page that answered this is gone" in shown
    assert 'name="suggested" value="How many may be open?"' in shown


def test_near_pages_that_are_gone_are_left_out(page: Page, browse: Browse) -> None:
    other = page_of(page.section, "Payments")
    asked = asked_by(viewer_for_nobody(), nothing(page, other))
    changed(page, is_hidden=True)
    shown = text_of(browse(None).get(thread_path(asked, is_public=True)))
    assert "Payments" in shown
    assert "/docs/brands/links" not in shown


# --- Where one asks from ------------------------------------------------------------------------


@pytest.mark.parametrize("side", SIDES)
def test_every_page_of_help_docs_leads_to_ask(page: Page, browse: Browse, side: str) -> None:
    for where in ("", "brands"):
        assert f'href="{side}ask"' in text_of(browse(None).get(f"{side}{where}"))
    shown = text_of(browse(None).get(f"{side}brands/links"))
    assert f'href="{side}ask?page=docs/{page.public_id}"' in shown
    for words in ("links", "zzz nothing"):
        found = text_of(browse(None).get(f"{side}search", {"q": words}))
        assert f"{side}ask?ask={words.replace(' ', '%20')}" in found
