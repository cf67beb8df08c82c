"""Do the arrays give what the formula says?"""

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.search.library.postings import PASSAGE, Occurrences, Postings

TERMS = 5
DOCUMENTS = st.lists(
    st.tuples(*(st.lists(st.integers(0, TERMS - 1), max_size=6) for _field in range(3))),
    min_size=1,
    max_size=6,
)


def postings_of(documents: list[tuple[list[int], ...]]) -> Postings:
    places = [
        (term, number, field)
        for number, document in enumerate(documents)
        for field, terms in enumerate(document)
        for term in terms
    ]
    terms, numbers, fields = np.array(places, dtype=np.int32).reshape(-1, 3).T
    found = Occurrences(terms, numbers, fields, np.ones(len(places), dtype=np.bool_))
    return Postings(found, TERMS, len(documents), PASSAGE)


def by_the_formula(
    documents: list[tuple[list[int], ...]], visible: list[bool], question: dict[int, float]
) -> list[float]:
    seen = [doc for doc, is_seen in zip(documents, visible, strict=True) if is_seen]
    means = []
    for field in range(3):
        lengths = [len(document[field]) for document in seen if document[field]]
        means.append(sum(lengths) / len(lengths) if lengths else 1)
    scores = []
    for document, is_seen in zip(documents, visible, strict=True):
        score = 0.0
        for term, weight in question.items():
            df = sum(any(term in field for field in doc) for doc in seen)
            tf = sum(
                w * Counter(field)[term] / (1 - b + b * len(field) / mean)
                for w, b, field, mean in zip(
                    PASSAGE.weights, PASSAGE.b, document, means, strict=True
                )
            )
            idf = math.log(1 + (len(seen) - df + 0.5) / (df + 0.5))
            score += weight * idf * 2.2 * tf / (tf + 1.2)
        scores.append(score if is_seen else 0.0)
    return scores


@given(DOCUMENTS, st.data())
def test_scores_are_those_of_the_formula_among_what_is_seen(
    documents: list[tuple[list[int], ...]], data: st.DataObject
) -> None:
    visible = data.draw(st.lists(st.booleans(), min_size=len(documents), max_size=len(documents)))
    question = data.draw(st.dictionaries(st.integers(0, TERMS), st.floats(0.5, 2), max_size=4))
    seen = postings_of(documents).seen_through(np.array(visible))
    expected = by_the_formula(documents, visible, question)
    assert np.allclose(seen.scores(question), expected, rtol=1e-4, atol=1e-5)
