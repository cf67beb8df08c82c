"""Which mediums are installed?"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from handrail.hub.medium import Medium

_mediums: dict[str, Medium] = {}


def register(medium: type[Medium]) -> type[Medium]:
    """Class decorator: makes a medium known. Its app's `medium.py` is imported at the start."""
    _mediums[medium.name] = medium()
    return medium


def mediums() -> list[Medium]:
    return list(_mediums.values())


def find(name: str) -> Medium | None:
    return _mediums.get(name)


def public_paths() -> list[str]:
    """How the addresses begin that everybody can open, and that are in the panel, too."""
    return [medium.public_path for medium in mediums() if medium.public_path]


@contextmanager
def temporarily(medium: Medium) -> Iterator[Medium]:
    """A medium that exists for the length of a test, even in the place of a real one."""
    real = _mediums.get(medium.name)
    _mediums[medium.name] = medium
    try:
        yield medium
    finally:
        del _mediums[medium.name]
        if real is not None:
            _mediums[medium.name] = real


def medium_urls(side: str) -> list[URLPattern | URLResolver]:
    """The pages of every medium on one side: `help` (members), `desk` (agents), `public` (all).

    By convention `<medium>/urls.py` holds `help_urls`, `desk_urls` and `public_urls`; they are
    named `<medium>:…`, `<medium>-desk:…` and `<medium>-public:…`. The public ones stand at the
    root, each at the address that is promised.
    """
    suffix = "" if side == "help" else f"-{side}"
    return [
        path(
            "" if side == "public" else f"{medium.name}/",
            include((patterns, f"{medium.name}{suffix}")),
        )
        for medium in mediums()
        if (patterns := getattr(_urls_of(medium), f"{side}_urls", None))
    ]


def _urls_of(medium: Medium) -> ModuleType | None:
    """The medium's `urls.py`, where it has pages of its own."""
    package = import_module(type(medium).__module__.rpartition(".")[0])
    has_pages = module_has_submodule(package, "urls")
    return import_module(f"{package.__name__}.urls") if has_pages else None
