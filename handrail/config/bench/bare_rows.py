"""What is the least that a list costs? One query and a template with 25 rows, nothing else.

A program of its own on the measured database: `uvicorn handrail.config.bench.bare_rows:threads`.
"""

import dj_database_url
import django
from django.conf import settings

from handrail.config.env import read_environment

if not settings.configured:
    DATABASE = dj_database_url.parse(read_environment().database_url)
    if DATABASE["ENGINE"].endswith("sqlite3"):
        DATABASE["CONN_MAX_AGE"] = None
    else:  # as our own
        DATABASE["CONN_MAX_AGE"] = 0
        DATABASE["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 12, "timeout": 5}}
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        USE_TZ=True,
        DATABASES={"default": DATABASE},
    )
    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

from handrail.config.bench.bare import THREADS
from handrail.config.serving import BodyLimits, ThreadedPages

ROWS = 25

TEMPLATE = Engine().from_string(
    "<!doctype html><title>Tickets</title><table>{% for row in rows %}<tr><td>"
    "<a href='/tickets/{{ row.public_id }}/'>#{{ row.number }} {{ row.subject }}</a></td>"
    "<td>{{ row.status }}</td><td>{{ row.last_message_at|date:'j M Y, H:i' }}</td></tr>{% endfor %}"
    "</table>"
)


class Row(models.Model):
    """As much of a conversation as the page shows."""

    public_id = models.CharField(max_length=32)
    number = models.BigIntegerField()
    subject = models.CharField(max_length=140)
    status = models.CharField(max_length=24)
    account_id = models.BigIntegerField()
    last_message_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "conversations_conversation"
        app_label = "bare_rows"

    def __str__(self) -> str:
        return self.subject


def page(request: HttpRequest, account: int) -> HttpResponse:
    rows = Row._default_manager.filter(account_id=account).order_by("-last_message_at", "-id")[
        :ROWS
    ]
    return HttpResponse(TEMPLATE.render(Context({"rows": rows})))


urlpatterns = [path("<int:account>", page)]

threads = ThreadedPages(
    get_wsgi_application(), threads=THREADS, limits=BodyLimits(plain=0, multipart=0), scheme="http"
)
