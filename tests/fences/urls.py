"""Which addresses are there? All that the URLconf knows, by the names that `reverse` takes."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def url_names() -> set[str]:
    """Every address's full name, `<namespace>:<name>`; one without a name counts as its pattern."""
    return set(_names(get_resolver(), ()))


def _names(resolver: URLResolver, namespaces: tuple[str, ...]) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield ":".join((*namespaces, entry.name or f"/{entry.pattern}"))
