"""Which commands does `./dev` know, and what must be installed for each?"""

import os
import sys
from collections.abc import Callable

from tools import assets, environment, lint, lock, running, testing, translate
from tools.progress import Stopped

HELP = """\
./dev run            start the hub and the demo's host platform, with example data
./dev test [ARGS]    lint, then every test on SQLite and on PostgreSQL; ARGS go to pytest
./dev lint           only the linters
./dev format         tidy up what the linters can mend by themselves
./dev bench          measure what a page costs
./dev wishes [FILE…] how well a chat recognises who wants a person; what it sees in other messages
./dev shell          a Python shell with Handrail's models
./dev translate      bring new words of the code into the catalogs, and compile them
./dev screenshots    one picture of every page, in every size and scheme
./dev build          the wheel, with everything that it serves, in dist/
./dev lock           pin the newest allowed versions of all dependencies
./dev COMMAND …      anything else is passed on: `./dev migrate` is `handrail migrate`
"""


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    name, *rest = arguments or ["help"]
    try:
        if name in ("help", "-h", "--help"):
            print(HELP, end="")
            return 0
        return OWN[name](rest) if name in OWN else _pass_on(arguments)
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _prepare(requirements: environment.Lock) -> None:
    with environment.alone():
        environment.prepare(requirements)
        assets.prepare()


def _run(_: list[str]) -> int:
    _prepare("run")
    return running.run_demo()


def _test(arguments: list[str]) -> int:
    _prepare("dev")
    return testing.test(arguments)


def _lint(_: list[str]) -> int:
    _prepare("dev")
    return int(bool(lint.lint()))


def _format(_: list[str]) -> int:
    _prepare("dev")
    lint.tidy()
    return 0


def _translate(_: list[str]) -> int:
    _prepare("dev")
    translate.translate()
    return 0


def _screenshots(arguments: list[str]) -> int:
    _prepare("dev")
    return _python("-m", "tests.screenshots", *arguments)


def _wishes(arguments: list[str]) -> int:
    _prepare("dev")
    return _python("-m", "handrail.mediums.chat.tests.wishes", *arguments)


def _build(_: list[str]) -> int:
    _prepare("dev")
    return _python("-m", "build", "--wheel", "--no-isolation")


def _lock(_: list[str]) -> int:
    lock.lock()
    return 0


def _pass_on(arguments: list[str]) -> int:
    _prepare("run")
    return _python("-m", "handrail", *arguments)


def _python(*arguments: str) -> int:
    """Becomes the environment's Python, so that signals and the exit code are its own."""
    sys.stdout.flush()
    os.execv(environment.PYTHON, [str(environment.PYTHON), *arguments])


OWN: dict[str, Callable[[list[str]], int]] = {
    "run": _run,
    "test": _test,
    "lint": _lint,
    "format": _format,
    "translate": _translate,
    "wishes": _wishes,
    "screenshots": _screenshots,
    "build": _build,
    "lock": _lock,
}
