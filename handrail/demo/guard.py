"""What stands between the browser and the platform? The headers and refusals of a careful host."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handrail.demo.settings import Settings

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
MOST_BYTES = 64 * 1024
"""Largest form that is read."""


def content_security_policy(hub_url: str, frames: str = "") -> str:
    """The policy of a strict host: all that the Help button needs is its script and its frame.

    `frames` names whose pages may be framed where they are not the hub's. `form-action` names the
    hub too, since signing in there ends with a form that is sent to it.
    """
    rules = (
        "default-src 'self'",
        f"script-src 'self' {hub_url}",
        f"frame-src {frames or hub_url}",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        f"form-action 'self' {hub_url}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
    return "; ".join(rules)


class Guard:
    """Refuses forms that other sites send, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._headers = {
            "Content-Security-Policy": content_security_policy(settings.hub_url),
            "X-Content-Type-Options": "nosniff",
            # Not `same-origin`: with that, the form that signs somebody in at the hub would be
            # sent with `Origin: null`, and the hub could not tell that it came from us.
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Cache-Control": "no-cache",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._instead(scope)
        await (answer or self._app)(scope, receive, send_with_headers)

    def _instead(self, scope: Scope) -> Response | None:
        """An answer that the platform itself never sees, or None when it may go on."""
        headers = Headers(scope=scope)
        if scope["method"] in SAFE_METHODS:
            return self._to_own_name(scope, headers)
        if not self._is_own(headers):
            return PlainTextResponse("This form did not come from Larkspan.", 403)
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return PlainTextResponse("This form is too large.", 413)
        return None

    def _is_own(self, headers: Headers) -> bool:
        """Whether one of our own pages sent this; browsers name the origin of every POST."""
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        return headers.get("origin") == self._settings.origin

    def _to_own_name(self, scope: Scope, headers: Headers) -> Response | None:
        """Sends `127.0.0.1` on to `localhost`: the hub greets only the origin that it knows."""
        own = urlsplit(self._settings.origin).netloc
        if headers.get("host") != f"127.0.0.1:{self._settings.port}":
            return None
        query = scope["query_string"].decode("latin-1")
        path = scope.get("raw_path", b"/").decode("latin-1")
        return RedirectResponse(f"http://{own}{path}{'?' + query if query else ''}")
