"""Does whoever asks prefer Markdown to HTML? By the `Accept` header alone (RFC 9110, 12.5.1)."""

from django.http import HttpRequest

MARKDOWN = ("text/markdown", "text/x-markdown")
HTML = ("text/html", "application/xhtml+xml", "text/*", "*/*")

LONGEST_HEADER = 2_000


def prefers_markdown(request: HttpRequest) -> bool:
    """Markdown ranks higher than HTML, or as high and is named first. No browser says so."""
    if request.method not in ("GET", "HEAD"):
        return False
    best = {MARKDOWN: 0.0, HTML: 0.0}
    first = {}
    header = request.headers.get("Accept", "")[:LONGEST_HEADER]
    for place, part in enumerate(header.split(",")):
        name, quality = _range(part)
        for group in (MARKDOWN, HTML):
            if name in group and quality > best[group]:
                best[group], first[group] = quality, place
    if not best[MARKDOWN]:
        return False
    return (best[MARKDOWN], -first[MARKDOWN]) > (best[HTML], -first.get(HTML, place + 1))


def _range(part: str) -> tuple[str, float]:
    """`text/html;level=1;q=0.9` → ("text/html", 0.9). What is no quality counts as none at all."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return name, 0.0
            return name, quality if 0 <= quality <= 1 else 0.0
    return name, 1.0
