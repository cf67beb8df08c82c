"""Where are the pages of Help Docs?

`docs:…` in the panel, `docs-public:…` on the public site and for programs, `docs-desk:…` for
editors. An address of a page is `<section>/[<language>/]<path>`; what is ours among them begins
with `-` or is `ask` or `search`.
"""

from django.urls import URLPattern, path

from handrail.mediums.docs.api import discovery, llms, sitemap
from handrail.mediums.docs.console.urls import desk_urls
from handrail.mediums.docs.importing import hook
from handrail.mediums.docs.reading.sides import PANEL, SITE, Side
from handrail.mediums.docs.views import (
    answered,
    answers,
    asking,
    feedback,
    files,
    home,
    pages,
    results,
    stuck,
)

ANSWER = "-/answers/<id:thread>/<id:public_id>"


def answer_urls(side: Side, before: str = "") -> list[URLPattern]:
    """What can be done with an answer, on either side."""
    views = (("", answers.answer, "answer"), ("/stop", answers.stop, "stop-answer"))
    more = (("/verdict", answers.judge, "judge-answer"), ("/tell-me", answers.tell_me, "tell-me"))
    return [
        path(f"{before}{ANSWER}{after}", view, {"side": side}, name=name)
        for after, view, name in (*views, *more)
    ]


help_urls = [
    path("", home.home, {"side": PANEL}, name="index"),
    path("search", results.results, {"side": PANEL}, name="search"),
    path("ask", asking.ask, {"side": PANEL}, name="ask"),
    *answer_urls(PANEL),
    path(f"{ANSWER}/to/<slug:medium>", answers.go_on, name="go-on"),
    path("-/missed", results.missed, name="missed"),
    path("-/files/<id:public_id>/<str:name>", files.file, {"side": PANEL}, name="file"),
    path("-/feedback/<id:public_id>", feedback.feedback, {"side": PANEL}, name="feedback"),
    path("-/stuck/<id:public_id>", stuck.stuck, name="stuck"),
    path("-/answered/<id:public_id>", answered.answered, name="answered"),
    path("<path:address>", pages.page, {"side": PANEL}, name="page"),
]

public_urls = [
    path("docs", home.bare, name="bare"),
    path("docs/", home.home, {"side": SITE}, name="index"),
    path("docs/search", results.results, {"side": SITE}, name="search"),
    path("docs/opensearch.xml", discovery.opensearch, name="opensearch"),
    path("docs/index.md", llms.llms, name="index-as-markdown"),
    path("docs/<str:section>/llms.txt", llms.llms, name="llms-of-section"),
    path("docs/-/hooks/<str:secret>", hook.called, name="hook"),
    path("docs/ask", asking.ask, {"side": SITE}, name="ask"),
    *answer_urls(SITE, "docs/"),
    path("docs/-/missed", results.missed, name="missed"),
    path("docs/-/files/<id:public_id>/<str:name>", files.file, {"side": SITE}, name="file"),
    path("docs/-/feedback/<id:public_id>", feedback.feedback, {"side": SITE}, name="feedback"),
    path("docs/<path:address>", pages.page, {"side": SITE}, name="page"),
    path("llms.txt", llms.llms, name="llms"),
    path("llms-full.txt", llms.full, name="llms-full"),
    path("llms-full.txt/<int:number>", llms.full, name="llms-full-more"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.sitemap, name="sitemap-part"),
    path("robots.txt", discovery.robots, name="robots"),
]

__all__ = ["desk_urls", "help_urls", "public_urls"]
