"""How does one process serve pages, files and sockets?

Plain requests run in Django's WSGI handler on a bounded pool of threads: an ASGI Django makes a
thread for every request and costs several times the CPU (docs/adr/0002-serving.md). Sockets stay
on the event loop, and so does the protocol of AI agents, whose work is done in the same threads.
Static files are answered before Django is asked.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import asyncio
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from servestatic import ServeStaticASGI

from handrail.config.wsgi import application as django  # sets Django up: keep it first

from handrail.config.machines import Machines  # isort: skip
from handrail.config.serving import BodyLimits, ThreadedPages  # isort: skip
from handrail.config.serving.asgi_types import Receive, Scope, Send  # isort: skip
from handrail.config.sockets import sockets  # isort: skip
from handrail.engines.conversations.files import most_bytes  # isort: skip
from handrail.engines.live import push  # isort: skip

FORM_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE

dynamic = ThreadedPages(
    django,
    threads=settings.ENV.threads,
    limits=BodyLimits(plain=FORM_BYTES, multipart=most_bytes() + FORM_BYTES),
    scheme=urlsplit(settings.HANDRAIL_URL).scheme,
)
pages: Any = ServeStaticASGI(
    dynamic,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL.strip("/"),
    immutable_file_test=r"\.[0-9a-f]{12}\.",
)


machines = Machines(dynamic.pool)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Sends each connection to the part that serves it."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "websocket":
        await sockets(scope, receive, send)
    elif machines.serves(scope):
        await machines(scope, receive, send)
    else:
        await pages(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    """Remembers the loop, so that threads can push to the sockets that live on it."""
    await receive()
    push.attach(asyncio.get_running_loop())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    push.attach(None)
    await machines.close()
    dynamic.close()
    await send({"type": "lifespan.shutdown.complete"})
