"""Is what a git server sent small enough to be unpacked? Asked before anything is unpacked.

A pack of a few kB can say that it unfolds to terabytes: by compression, or by deltas that each copy
a large object. The format is in git's documentation, gitformat-pack.
"""

import mmap
import zlib
from typing import IO

MOST_OBJECTS = 200_000
MOST_BYTES_OF_ONE = 64 * 1024 * 1024
MOST_BYTES_OF_ALL = 1024 * 1024 * 1024

OFFSET_DELTA, NAMED_DELTA = 6, 7
KNOWN = {1, 2, 3, 4, OFFSET_DELTA, NAMED_DELTA}
CHUNK = 64 * 1024
HEADER, TRAILER = 12, 20


class BadPack(Exception):
    """The pack is broken, or too large when it is unpacked."""


def check_pack(file: IO[bytes]) -> None:
    """Walks the pack once, some 100 MB a second, in constant memory. Raises BadPack."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if len(data) < HEADER + TRAILER or data[:4] != b"PACK":
            raise BadPack("no pack")
        count = int.from_bytes(data[8:12], "big")
        if count > MOST_OBJECTS:
            raise BadPack("too many objects")
        at, total = HEADER, 0
        for _ in range(count):
            at, size = _skip_object(data, at)
            total += size
            if total > MOST_BYTES_OF_ALL:
                raise BadPack("too large as a whole")


def _skip_object(data: mmap.mmap, at: int) -> tuple[int, int]:
    """Where the next object begins, and how many bytes this one needs, unpacked and resolved."""
    kind, size, at = _read_head(data, at)
    if kind not in KNOWN:
        raise BadPack("an unknown kind of object")
    if kind == OFFSET_DELTA:
        while _byte(data, at) & 0x80:
            at += 1
        at += 1
    elif kind == NAMED_DELTA:
        at += 20
    _check(size)
    at, begins = _skip_packed(data, at, size)
    if kind in (OFFSET_DELTA, NAMED_DELTA):
        _base, used = _read_number(begins, 0)
        resolved, _used = _read_number(begins, used)
        _check(resolved)
        return at, size + resolved
    return at, size


def _read_head(data: mmap.mmap, at: int) -> tuple[int, int, int]:
    first = _byte(data, at)
    at += 1
    kind, size, shift, last = (first >> 4) & 7, first & 15, 4, first
    while last & 0x80:
        last = _byte(data, at)
        at += 1
        size |= (last & 0x7F) << shift
        shift += 7
        if shift > 63:
            raise BadPack("a size without an end")
    return kind, size, at


def _skip_packed(data: mmap.mmap, at: int, size: int) -> tuple[int, bytes]:
    """Unpacks and forgets, but for the first bytes; never more than was announced."""
    unpacking = zlib.decompressobj()
    begins, got = b"", 0
    while not unpacking.eof:
        chunk = data[at : at + CHUNK]
        if not chunk:
            raise BadPack("it ends too early")
        at += len(chunk)
        while chunk and not unpacking.eof:
            try:
                out = unpacking.decompress(chunk, CHUNK)
            except zlib.error as error:
                raise BadPack("it cannot be unpacked") from error
            got += len(out)
            begins = begins if len(begins) >= 32 else begins + out[:32]
            if got > size:
                raise BadPack("an object is larger than it says")
            chunk = unpacking.unconsumed_tail
    if got != size:
        raise BadPack("an object is smaller than it says")
    return at - len(unpacking.unused_data), begins


def _read_number(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while at < len(data):
        last = data[at]
        at += 1
        number |= (last & 0x7F) << shift
        shift += 7
        if not last & 0x80:
            return number, at
        if shift > 63:
            break
    raise BadPack("a size without an end")


def _byte(data: mmap.mmap, at: int) -> int:
    if at >= len(data):
        raise BadPack("it ends too early")
    return data[at]


def _check(size: int) -> None:
    if size > MOST_BYTES_OF_ONE:
        raise BadPack("an object is too large")
