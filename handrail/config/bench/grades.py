"""How good is an order of pages? The usual measures, each from 0 to 1, as means over questions.

nDCG as Järvelin and Kekäläinen (2002) with gains of 2^grade - 1; area under the ROC curve as the
chance that a question with an answer is surer of it than one without (Hanley and McNeil, 1982).
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from statistics import fmean

DEEP = 10


def graded(ranked: Sequence[str], relevant: dict[str, int]) -> dict[str, float]:
    """Of one question, which has at least one relevant page."""
    order = list(dict.fromkeys(ranked))[:DEEP]
    gained = _discounted([relevant.get(page, 0) for page in order])
    return {
        "ndcg@10": gained / _discounted(sorted(relevant.values(), reverse=True)),
        "success@1": float(bool(order) and order[0] in relevant),
        "recall@5": sum(page in relevant for page in order[:5]) / len(relevant),
    }


def means(grades: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(fmean(each[name] for each in grades), 4) for name in grades[0]}


def auroc(answered: Sequence[float], unanswered: Sequence[float]) -> float:
    """The chance that one of the first is above one of the second; equals count half."""
    others = sorted(unanswered)
    below = sum(
        bisect_left(others, value) + (bisect_right(others, value) - bisect_left(others, value)) / 2
        for value in answered
    )
    return round(below / (len(answered) * len(others)), 4)


def _discounted(grades: Sequence[int]) -> float:
    return float(
        sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEEP]))
    )
