"""How does `./dev` tell what it is doing? One line a step, in plain words, with its time."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
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
    """Runs a command quietly in a folder; raises Stopped with its output on failure.

    On Linux it ends with us even if we are killed: who starts again does not meet it at its work.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=ending_with_us(signal.SIGTERM),  # a script's background ignores a Ctrl-C
    )
    if done.returncode:
        lines = "\n".join(done.stdout.splitlines()[-40:])
        name = Path(str(command[0])).name
        raise Stopped(
            f"{lines}\n\n`{name}` ended with {done.returncode}; its last words are above."
        )


def ending_with_us(how: signal.Signals) -> Callable[[], object] | None:
    """What a child does first, so that Linux ends it when we die; other systems cannot."""
    if sys.platform != "linux":
        return None
    set_parent_death_signal = 1
    prctl = ctypes.CDLL(None).prctl  # found before the fork: after it, the less is done the better
    return partial(prctl, set_parent_death_signal, how)


def warn(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
