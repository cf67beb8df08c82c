"""How does `./dev` tell what it is doing? One line a step, in plain words, with its time."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Stopped(Exception):
    """Something a person must know or do; its text is the whole message, without a traceback."""


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Prints `sentence… 12 s` around the work inside."""
    print(f"{sentence}…", end=" ", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print("stopped.", flush=True)
        raise
    print(f"{time.monotonic() - started:.0f} s", flush=True)


def run(
    command: Sequence[str | Path], env: Mapping[str, str] | None = None, folder: Path = ROOT
) -> None:
    """Runs a command quietly in a folder; raises Stopped with its output on failure."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = "\n".join(done.stdout.splitlines()[-40:])
        name = Path(str(command[0])).name
        raise Stopped(
            f"{lines}\n\n`{name}` ended with {done.returncode}; its last words are above."
        )


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
