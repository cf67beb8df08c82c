"""What may reach a browser? What is on this list, decided at the very end by a program made for it.

Everything before this draws pages; this alone keeps them harmless. It knows nothing of Markdown,
and is asked again whenever stored HTML is shown (the prose tag), so that nobody need trust a row.
"""

from functools import cache

import nh3

from handrail.base.markdown.colours import CLASSES

_ALWAYS = {"dir", "lang", "title"}

_PLAIN = (
    "abbr b blockquote br caption cite code dd del dfn dl dt em figcaption hr ins kbd mark ol "
    "p pre q rp rt ruby s samp small strong sub summary sup table tbody tfoot thead tr u ul "
    "var wbr"
).split()

_ATTRIBUTES: dict[str, set[str]] = {
    "*": _ALWAYS,
    "a": {
        "href",
        "id",
        "rel",
        "aria-label",
        "aria-labelledby",
        "aria-controls",
        "download",
        "data-embed",
    },
    "details": {"open", "id"},
    "div": {"tabindex", "aria-label"},
    **{heading: {"id"} for heading in ("h2", "h3", "h4", "h5", "h6")},
    "i": {"data-icon", "data-copy-code"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value", "id"},
    "ol": {"start", "reversed"},
    "pre": {"tabindex"},
    "section": {"id", "aria-labelledby", "aria-label"},
    "span": {"id"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
}

_ALIGN = {"align": {"left", "center", "right"}}
_VALUES: dict[str, dict[str, set[str]]] = {
    "a": {
        "role": {"tab", "doc-noteref", "doc-backlink"},
        "aria-selected": {"true", "false"},
        "target": {"_blank"},
    },
    "div": {"role": {"note", "tablist", "region"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "ol": {"type": {"1", "a", "A", "i", "I"}},
    "section": {"role": {"tabpanel", "doc-endnotes"}},
    "td": _ALIGN,
    "th": _ALIGN,
}

_CLASSES: dict[str, set[str]] = {
    "a": {"anchor", "button", "card-link", "embed-play", "primary", "zoom"},
    "details": {"unfold"},
    "div": {
        *(
            "card-about",
            "card-title",
            "centred",
            "code",
            "code-head",
            "column",
            "columns",
            "danger",
        ),
        *(
            "callout",
            "callout-body",
            "info",
            "numbered",
            "positive",
            "tab-list",
            "table-box",
            "unfold-body",
        ),
        *("warning", "wrapped"),
        *(f"span-{number}" for number in range(2, 11)),
    },
    "figure": {"center", "embed", "framed", "left", "picture-box", "right"},
    "img": {"card-cover", "in-line"},
    "li": {"card-box", "done", "step", "task"},
    "ol": {"steps"},
    "p": {"card-line", "callout-title", "tab-title"},
    "section": {"notes"},
    "span": {
        *(
            "card-about",
            "card-link",
            "card-title",
            "code-title",
            "code-line",
            "missing",
            "visually-hidden",
        ),
        *CLASSES.values(),
    },
    "ul": {"cards"},
}


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*_PLAIN, *_ATTRIBUTES, *_CLASSES, "figure", "tab-group"} - {"*"},
        attributes=_ATTRIBUTES,
        tag_attribute_values=_VALUES,
        allowed_classes=_CLASSES,
        clean_content_tags={"script", "style"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def clean(html: str) -> str:
    """The same HTML with nothing left that is not known to be harmless. Half a millisecond."""
    return _cleaner().clean(html)
