"""What answers, in the words of the pages? The built-in engine: it quotes, and invents nothing.

The best sentence, step or row decides which block is shown; lists, steps and tables are shown
whole, of a paragraph the sentences around the best one.
"""

from collections.abc import Sequence

from handrail.engines.ai import certainty
from handrail.engines.ai.answers import NOTHING, Answer, Outcome, Piece, Source
from handrail.engines.ai.questions import Wanted, wanted
from handrail.engines.ai.sources import Sources, source_of
from handrail.engines.ai.weighing import Unit, weighed
from handrail.engines.search.library.blocks import Block, Kind, begins_a_step, blocks
from handrail.engines.search.library.evidence import Evidence, EvidencePage, EvidenceSection

MOST_PIECES = 2
ALSO = 0.93
"""A second place is quoted when its best unit is so near to the best of all."""
TERSE = frozenset({Wanted.AMOUNT, Wanted.VERDICT, Wanted.PLACE})
"""Questions that a sentence or two answer."""
MOST_SENTENCES = 3
MOST_ROWS = 15
"""Of a table or a list that is shown whole; of a longer one, what is around the best line."""
MOST_CLOSEST = 4
NEAR_BEST = 0.8
"""A sentence beside the best one is shown with it when it speaks to the question so much."""


def answer(question: str, evidence: Evidence) -> Answer:
    """Quotes what answers, with where it stands, and says how sure that is."""
    read = evidence.corrected or question
    kind, units = wanted(read), weighed(evidence, read)
    if not units:
        return NOTHING
    sure = certainty.of(evidence, units)
    chosen = _chosen(units)
    closest = _closest(evidence, units)
    outcome = certainty.outcome(sure)
    if outcome is Outcome.NOTHING:
        return Answer(outcome, sure, closest=closest)
    sources = Sources()
    pieces: list[Piece] = []
    for unit in chosen:
        pieces += [one for one in _pieces(unit, kind, sources) if one not in pieces]
    named = {(source.medium, source.thing_id) for source in sources.all}
    others = tuple(one for one in closest if (one.medium, one.thing_id) not in named)
    return Answer(outcome, sure, tuple(pieces), sources.all, others)


def _chosen(units: Sequence[Unit]) -> list[Unit]:
    """The best unit, and the best of another section where that is nearly as good."""
    best = units[0]
    places = {_place(best)}
    chosen = [best]
    for unit in units[1:]:
        if len(chosen) == MOST_PIECES or unit.score < ALSO * best.score:
            break
        if _place(unit) not in places:
            places.add(_place(unit))
            chosen.append(unit)
    return chosen


def _place(unit: Unit) -> tuple[str, str]:
    return unit.page.thing_id, unit.section.anchor


def _pieces(unit: Unit, kind: Wanted, sources: Sources) -> list[Piece]:
    """What is shown of the section of a unit; adds the sections that it rests on to the sources."""
    steps = _steps_around(unit.page, unit.section)
    if kind is Wanted.STEPS and len(steps) > 1:
        return [_headed_steps(unit.page, steps, sources)]
    number = sources.number(unit.page, unit.section)
    pieces = [_piece(unit, kind, number)]
    if kind is Wanted.STEPS and unit.block.kind is Kind.TEXT:
        pieces += [
            Piece(block.kind, block.lines, (number,), lead=block.lead)
            for block in blocks(unit.section.text)
            if block.kind is Kind.STEPS and len(block.lines) <= MOST_ROWS
        ][:1]
    return pieces


def _piece(unit: Unit, kind: Wanted, number: int) -> Piece:
    block = unit.block
    if block.kind is Kind.TEXT:
        lines = _window(unit, 1 if kind in TERSE else MOST_SENTENCES)
        return Piece(
            block.kind, lines, (number,), lead=block.lead if lines[0] == block.lines[0] else ""
        )
    return Piece(block.kind, _whole(block, unit.number), (number,), lead=block.lead)


def _whole(block: Block, best: int) -> tuple[str, ...]:
    """All lines; of very many, some around the best, and the names of a table's columns."""
    if len(block.lines) <= MOST_ROWS:
        return block.lines
    head = block.lines[:1] if block.kind is Kind.TABLE else ()
    begin = max(len(head), min(best - MOST_ROWS // 2, len(block.lines) - MOST_ROWS))
    return (*head, *block.lines[begin : begin + MOST_ROWS])


def _window(unit: Unit, most: int) -> tuple[str, ...]:
    """The best sentence of a paragraph with those beside it that speak to the question as well."""
    lines, near = unit.block.lines, unit.section.near
    best = near(unit.text)
    begin = end = unit.number
    while end - begin + 1 < max(most, 2):
        beside = [at for at in (end + 1, begin - 1) if 0 <= at < len(lines)]
        if not beside:
            break
        at = max(beside, key=lambda at: near(lines[at]) or 0.0)
        if best is not None and (near(lines[at]) or 0.0) < NEAR_BEST * best and most == 1:
            break
        begin, end = min(begin, at), max(end, at)
    return lines[begin : end + 1]


def _steps_around(page: EvidencePage, section: EvidenceSection) -> list[EvidenceSection]:
    """The steps of one procedure of which each has a heading of its own."""
    at = next(i for i, one in enumerate(page.sections) if one is section)
    if not begins_a_step(section.text):
        return []
    above = section.heading_path[:-1]

    def belongs(number: int) -> bool:
        one = page.sections[number]
        return one.heading_path[:-1] == above and begins_a_step(one.text)

    begin = end = at
    while begin and belongs(begin - 1) and not page.sections[begin].text.startswith("1"):
        begin -= 1
    while end + 1 < len(page.sections) and belongs(end + 1):
        if page.sections[end + 1].text.startswith("1."):
            break
        end += 1
    return list(page.sections[begin : end + 1])


def _headed_steps(page: EvidencePage, steps: Sequence[EvidenceSection], sources: Sources) -> Piece:
    lines = tuple(step.text.splitlines()[0] for step in steps)
    numbers = tuple(sources.number(page, step) for step in steps)
    return Piece(Kind.STEPS, lines, numbers)


def _closest(evidence: Evidence, units: Sequence[Unit]) -> tuple[Source, ...]:
    """The best section of each page, in the order of the pages' best units."""
    found: dict[str, Source] = {}
    for unit in units:
        if unit.page.thing_id not in found:
            found[unit.page.thing_id] = source_of(unit.page, unit.section)
        if len(found) == MOST_CLOSEST:
            break
    return tuple(found.values())
