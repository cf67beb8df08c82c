"""Is what answers shown whole, in the words of the page, and nothing where nothing answers?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.ai import certainty, quoting
from handrail.engines.ai.answers import Answer, Outcome, Piece, as_json, from_json
from handrail.engines.ai.tests.evidence import evidence, page, section
from handrail.engines.search.library.blocks import Kind
from handrail.engines.search.library.evidence import NO_EVIDENCE

STEPS = "Do this:\n1. Open Payments.\n2. Select Pay.\n3. Confirm."
TABLE = "Method | Price\nBank | Nothing\nCheque | $4"


def answered(question: str, text: str, near: dict[str, float]) -> Answer:
    return quoting.answer(question, evidence(page(section(text, anchor="how", near=near))))


def test_steps_are_shown_whole_with_what_announces_them() -> None:
    answer = answered("How do I pay?", STEPS, {"2. Select Pay.": 0.7})
    assert answer.outcome is Outcome.ANSWERED
    lines = ("1. Open Payments.", "2. Select Pay.", "3. Confirm.")
    assert answer.pieces == (Piece(Kind.STEPS, lines, (1,), lead="Do this:"),)
    assert (answer.sources[0].thing_id, answer.sources[0].anchor) == ("pay", "how")


def test_a_table_is_shown_whole_with_the_names_of_its_columns() -> None:
    answer = answered("What does a cheque cost?", TABLE, {"Cheque | $4": 0.7})
    assert answer.pieces[0].lines == ("Method | Price", "Bank | Nothing", "Cheque | $4")


def test_of_a_long_table_the_rows_around_the_best_are_shown() -> None:
    rows = [f"Field {number} | {number} letters" for number in range(40)]
    text = "\n".join(["Field | Most", *rows])
    (piece,) = answered("How long may field 30 be?", text, {rows[30]: 0.8}).pieces
    assert piece.lines[0] == "Field | Most"
    assert rows[30] in piece.lines and rows[0] not in piece.lines
    assert len(piece.lines) == quoting.MOST_ROWS + 1


def test_a_short_question_gets_a_sentence_or_two() -> None:
    text = "We pay on Friday. It comes on Monday. Cats sleep. Dogs bark. Birds sing."
    near = {"We pay on Friday.": 0.8, "It comes on Monday.": 0.7, "Cats sleep.": 0.0}
    (piece,) = answered("How long until you pay?", text, near).pieces
    assert piece.lines == ("We pay on Friday.", "It comes on Monday.")


def test_steps_with_headings_of_their_own_are_one_procedure() -> None:
    near = {"1. Press Help.": 0.8, "2. Say what is wrong.": 0.8}
    steps = page(
        section("A good ticket gets a good answer.", near={"x": 0.1}),
        section("1. Press Help.", anchor="open", path=("Open",), near=near),
        section("2. Say what is wrong.\nMore.", anchor="say", path=("Say",), near=near),
        section("1. Another one.", anchor="other", path=("Other",), near={"x": 0.1}),
    )
    answer = quoting.answer("How do I create a ticket?", evidence(steps))
    assert answer.pieces == (
        Piece(Kind.STEPS, ("1. Press Help.", "2. Say what is wrong."), (1, 2)),
    )
    assert [source.anchor for source in answer.sources] == ["open", "say"]


def test_a_second_place_is_quoted_when_it_is_nearly_as_good() -> None:
    first = page(section("We pay on Friday.", near={"We pay on Friday.": 0.8}))
    near = page(section("Money comes weekly.", near={"Money comes weekly.": 0.78}), thing="money")
    far = page(section("Cats sleep.", near={"Cats sleep.": 0.1}), thing="cats", score=0.2)
    answer = quoting.answer("when do you pay", evidence(first, near, far))
    assert [source.thing_id for source in answer.sources] == ["pay", "money"]
    assert [source.thing_id for source in answer.closest] == ["cats"]


def test_nothing_is_called_an_answer_where_nothing_is_near() -> None:
    answer = answered("Who won the cup?", "We pay on Friday.", {"We pay on Friday.": 0.05})
    assert answer.outcome is Outcome.NOTHING
    assert answer.pieces == ()
    assert [source.thing_id for source in answer.closest] == ["pay"]


def test_a_page_whose_author_says_so_answers() -> None:
    """However little the words of the page and of the question have in common."""
    near = page(section("Money comes weekly.", near={"Money comes weekly.": 0.2}), thing="money")
    promised = page(
        section("Fridays.", near={"Fridays.": 0.1}), score=0.2, questions=("When do you pay?",)
    )
    unsure = quoting.answer("when are you going to pay", evidence(near, promised))
    sure = quoting.answer("when do you pay", evidence(near, promised))
    assert unsure.certainty < certainty.PROMISED == sure.certainty
    assert [source.thing_id for source in sure.sources] == ["pay"]


def test_without_evidence_there_is_no_answer() -> None:
    assert quoting.answer("Anything?", NO_EVIDENCE).outcome is Outcome.NOTHING


def test_words_alone_answer_where_there_is_no_model() -> None:
    one = page(section("We pay on Friday.\nCats sleep."))
    answer = quoting.answer("When do you pay?", evidence(one, confidence=0.95))
    assert answer.outcome is Outcome.ANSWERED
    assert answer.pieces[0].lines == ("We pay on Friday.",)
    unsure = quoting.answer("When do you pay?", evidence(one, confidence=0.2))
    assert unsure.outcome is Outcome.NOTHING


def test_an_answer_survives_being_kept() -> None:
    answer = answered("How do I pay?", STEPS, {"2. Select Pay.": 0.7})
    assert from_json(as_json(answer)) == answer


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x0b\x0c"), max_size=80)
LINES = st.lists(st.one_of(WORDS, WORDS.map(lambda words: f"1. {words}")), min_size=1, max_size=12)


@settings(deadline=None)
@given(LINES, st.text(max_size=60), st.floats(-1, 1))
def test_every_line_that_is_shown_stands_in_a_section_that_it_cites(
    lines: list[str], question: str, near: float
) -> None:
    text = "\n".join(lines)
    given_near = dict.fromkeys(lines, near)
    answer = quoting.answer(question, evidence(page(section(text, near=given_near))))
    whole = " ".join(text.split())
    for piece in answer.pieces:
        assert piece.sources
        for line in (piece.lead, *piece.lines):
            assert " ".join(line.split()) in whole
