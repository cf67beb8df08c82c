"""How does an answer tell the agent something beside what it draws?"""

import json

from django.http import HttpResponse


def toast(answer: HttpResponse, text: str, *events: str) -> HttpResponse:
    """Words that come up and go by themselves, and what open lists should hear of. Told to the
    page itself: what was pressed may be gone by then, since somebody else was quicker."""
    told: dict[str, object] = {"handrail:toast": {"text": text, "target": "body"}}
    answer["HX-Trigger"] = json.dumps(told | {name: {"target": "body"} for name in events})
    return answer
