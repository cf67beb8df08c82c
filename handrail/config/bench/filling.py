"""How do the pages of a set come into an installation, and how long does that take?"""

import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from handrail.config.progress import Bar
from handrail.engines.search import tasks
from handrail.engines.search.library import actions
from handrail.engines.search.library.current import refreshed
from handrail.engines.search.library.meaning import meaning
from handrail.engines.search.models import LibraryVector
from handrail.engines.tasks.worker import Worker


def fill(
    pages: list[actions.Page], *, has_meaning: bool = True, vectors: Path | None = None
) -> dict[str, Any]:
    """Seconds until the pages are found by words, and then by meaning."""
    began = time.perf_counter()
    actions.put_all(pages)
    written = time.perf_counter()
    snapshot = refreshed()
    found = time.perf_counter()
    figures: dict[str, Any] = {
        "passages": sum(len(s.catalogue.passage_keys) for s in snapshot.shelves.values()),
        "write_seconds": round(written - began, 2),
        "build_seconds": round(found - written, 2),
    }
    if has_meaning and meaning().key:
        figures |= read_by_model(vectors)
    return figures


def read_by_model(vectors: Path | None = None) -> dict[str, Any]:
    """Seconds until everything that is there has its vectors; `vectors` keeps them."""
    known = _recall(vectors) if vectors else 0
    began = time.perf_counter()
    bar = Bar(sys.stderr, "Passages read by the model", tasks.progress().all)
    worker = Worker()
    while worker.run_ready(most=1):
        bar(tasks.progress().done)
    refreshed()
    meaning().embed("Is it there?")
    seconds = round(time.perf_counter() - began, 1)
    if vectors:
        _keep(vectors)
    return {"vector_seconds": seconds, "vectors_known": known}


def _recall(path: Path) -> int:
    """Takes over the vectors of texts that were read before, by the same model."""
    if not path.is_file():
        return 0
    with np.load(path, allow_pickle=False) as kept:
        if str(kept["model"]) != meaning().key:
            return 0
        vectors = dict(zip(kept["hashes"].tolist(), kept["vectors"], strict=True))
        ends = np.cumsum(kept["sizes"]).tolist()
        joined = kept["pieces"].tobytes()
    pieces = [joined[a:b] for a, b in pairwise([0, *ends])]
    rows = {k: (v.tobytes(), p) for (k, v), p in zip(vectors.items(), pieces, strict=True)}
    actions.keep_vectors(meaning().key, rows)
    actions.vectors_changed()
    return len(rows)


def _keep(path: Path) -> None:
    kept = LibraryVector.objects.filter(model=meaning().key)
    rows = list(kept.values_list("text_hash", "vector", "pieces"))
    with path.open("wb") as out:
        np.savez(
            out,
            model=meaning().key,
            hashes=[key for key, _vector, _pieces in rows],
            vectors=np.array([np.frombuffer(row[1], dtype=np.float16) for row in rows]),
            sizes=[len(row[2]) for row in rows],
            pieces=np.frombuffer(b"".join(bytes(row[2]) for row in rows), dtype=np.uint8),
        )
