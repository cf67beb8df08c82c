"""Is a pack stopped before it unfolds?"""

import hashlib
import time
import zlib
from pathlib import Path

import pytest

from handrail.mediums.docs.importing import packs
from handrail.mediums.docs.importing.packs import BadPack, check_pack

BLOB, OFFSET_DELTA, NAMED_DELTA = 3, 6, 7


def head(kind: int, size: int) -> bytes:
    out = [(kind << 4) | (size & 15)]
    size >>= 4
    while size:
        out[-1] |= 0x80
        out.append(size & 0x7F)
        size >>= 7
    return bytes(out)


def number(value: int) -> bytes:
    out = []
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def blob(data: bytes, said: int | None = None) -> bytes:
    return head(BLOB, len(data) if said is None else said) + zlib.compress(data)


def delta(resolved: int) -> bytes:
    data = number(10) + number(resolved) + b"x"
    return head(NAMED_DELTA, len(data)) + b"1" * 20 + zlib.compress(data)


def check(tmp_path: Path, *objects: bytes, count: int | None = None) -> None:
    begins = b"PACK" + (2).to_bytes(4, "big")
    body = begins + (len(objects) if count is None else count).to_bytes(4, "big")
    body += b"".join(objects)
    file = tmp_path / "pack"
    file.write_bytes(body + hashlib.sha1(body, usedforsecurity=False).digest())
    with file.open("rb") as opened:
        check_pack(opened)


def test_a_pack_of_a_few_files_is_fine(tmp_path: Path) -> None:
    check(tmp_path, blob(b"hello"), blob(b""), blob(b"x" * 300_000), delta(12))
    offset = number(10) + number(4) + b"x"
    check(tmp_path, head(OFFSET_DELTA, len(offset)) + b"\x81\x05" + zlib.compress(offset))


@pytest.mark.parametrize(
    "objects",
    [
        [blob(b"0" * 70_000_000)],
        [blob(b"0" * 30_000_000, said=10)],
        [blob(b"abc", said=10)],
        [delta(1 << 40)],
        [delta(60_000_000)] * 20,
        [head(BLOB, 5) + b"not packed"],
        [head(0, 5) + zlib.compress(b"hello")],
        [head(BLOB, 5) + zlib.compress(b"hello")[:-6]],
        [b"\xff" * 30],
    ],
)
def test_what_unfolds_or_lies_is_stopped(tmp_path: Path, objects: list[bytes]) -> None:
    began = time.monotonic()
    with pytest.raises(BadPack):
        check(tmp_path, *objects)
    assert time.monotonic() - began < 5


def test_a_number_of_objects_is_believed_only_so_far(tmp_path: Path) -> None:
    with pytest.raises(BadPack):
        check(tmp_path, blob(b"x"), count=packs.MOST_OBJECTS + 1)
    with pytest.raises(BadPack):
        check(tmp_path, blob(b"x"), count=1000)


@pytest.mark.parametrize("data", [b"", b"PACK", b"x" * 100])
def test_what_is_no_pack_is_none(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "pack"
    file.write_bytes(data)
    with file.open("rb") as opened, pytest.raises((BadPack, ValueError)):
        check_pack(opened)
