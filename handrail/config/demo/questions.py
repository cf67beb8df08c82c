"""What have the demo's people asked? Some of the questions to its help centre, over eight weeks.

They are asked by a task, once the model has read the pages: before that, hardly one is answered.
"""

import json
import time
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from handrail.config.demo.people import load_host
from handrail.engines.ai import actions
from handrail.engines.ai.models import EvaluationQuestion, Question, Reason, Surface, Verdict
from handrail.engines.search import tasks as search
from handrail.engines.search.library.current import refreshed
from handrail.engines.tasks import task
from handrail.hub import asking
from handrail.mediums.docs.actions.evaluating import keep_question, run_now
from handrail.mediums.docs.models import Page
from handrail.mediums.docs.tasks import MOST_WAITS, READING, is_being_read
from handrail.people.models import AccountKind, Member
from handrail.people.viewer import Viewer, system_viewer, viewer_for_member, viewer_for_nobody

LOADER = system_viewer("demo")
FOLDER = Path(str(files("handrail") / "demo" / "content" / "questions"))

EVERY, DAYS = 4, 56
"""One question in four is asked, and how far back the first was asked."""
KEPT = 12
"""Questions with a section that answers them, which the editors measure by."""

FURTHER = {
    "which IP addresses do postbacks come from, our firewall needs a list": (
        "From which IPs are your postbacks sent? We need to whitelist them in the firewall.",
        "which IP addresses do postbacks come from?",
    ),
    "Do we get a discount if we pay for a whole year of Pro up front?": (
        "Is Pro cheaper if we pay for the whole year?",
        "is there a discount when we pay a year of Pro in advance",
    ),
    "can we try Enterprise for a month before we sign": (
        "Can we try Enterprise for a month?",
        "May we try out Enterprise before we sign?",
    ),
}
"""What was asked in other words, too."""


def load_questions() -> None:
    """Has them asked, where nobody has asked anything yet."""
    if not Question.objects.exists() and FOLDER.is_dir():
        ask_all.using(priority=search.LAST).enqueue()


@task(attempts=3)
def ask_all(waits: int = 0) -> None:
    """As members and as visitors, each in its turn; some say whether that helped. Two seconds."""
    if waits < MOST_WAITS and is_being_read():
        again = timezone.now() + READING
        ask_all.using(priority=search.LAST, run_after=again).enqueue(waits + 1)
        return
    refreshed()
    with transaction.atomic():
        _ask_all()


def _ask_all() -> None:
    if Question.objects.exists():
        return
    rows = _rows("queries.dev.jsonl")
    chosen = [
        row for number, row in enumerate(rows) if number % EVERY == 0 or row["text"] in FURTHER
    ]
    asked = [(text, row) for row in chosen for text in (row["text"], *FURTHER.get(row["text"], ()))]
    people = _people()
    for number, (text, row) in enumerate(asked):
        _ask(number, len(asked), text, row, people)
    while actions.group_some() == actions.AT_ONCE:
        pass
    _keep(rows)
    run_now(LOADER)


def _rows(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _people() -> dict[str, list[Member]]:
    """The members by the audience that a question is for, and all of them."""
    members = Member.objects.with_facts().active().filter(account__host=load_host())
    found = list(members.order_by("pk"))
    brands = [one for one in found if one.account.kind == AccountKind.BRAND]
    enterprise = [one for one in brands if one.account.plan.key == "enterprise"]
    return {"brands": brands, "enterprise": enterprise, "": found}


def _ask(
    number: int, count: int, text: str, row: dict[str, Any], people: dict[str, list[Member]]
) -> None:
    """Every fourth is a visitor's or a program's; a question for an audience is asked by it."""
    audience = row.get("audience", "")
    is_member = bool(audience) or number % 4
    some = people.get(audience) or people[""]
    viewer = viewer_for_member(some[number % len(some)]) if is_member else viewer_for_nobody()
    began = time.monotonic()
    reply = asking.ask(viewer, text)
    outside = (Surface.SITE, Surface.SITE, Surface.MARKDOWN, Surface.MCP)
    question = actions.remember(
        viewer,
        text,
        reply.answer,
        surface=Surface.PANEL if is_member else outside[number // 4 % len(outside)],
        language="en",
        milliseconds=round(1000 * (time.monotonic() - began)),
    )
    _judge(number, viewer, question)
    days = DAYS * (count - number - 1) / count
    at = timezone.now() - timedelta(days=days, minutes=17 + number % 600)
    Question.objects.filter(pk=question.pk).update(asked_at=at)


def _judge(number: int, viewer: Viewer, question: Question) -> None:
    if question.outcome != "nothing" and number % 5 == 0:
        actions.judge(viewer, question, Verdict.HELPED)
    elif question.outcome != "nothing" and number % 11 == 3:
        note = "This is about something else than I asked."
        actions.judge(viewer, question, Verdict.DID_NOT, Reason.NOT_ASKED, note)
    if question.outcome != "answered" and viewer.member is not None and number % 3 == 1:
        actions.want_to_hear(viewer, question)


def _keep(rows: list[dict[str, Any]]) -> None:
    """The first that a section answers best."""
    best = {row["query"]: row for row in _rows("qrels.dev.jsonl") if row["rel"] == 2}
    for row in rows:
        answer = best.get(row["id"])
        if answer is None or row.get("audience"):
            continue
        slug, _slash, path = answer["doc"].partition("/")
        pages = Page.objects.visible_to(LOADER).filter(section__slug=slug)
        page = pages.filter(source_path=f"{path}.md").first()
        if page is not None:
            keep_question(LOADER, row["text"], "en", page, answer["anchor"])
        if EvaluationQuestion.objects.count() >= KEPT:
            return
