"""What the server adds to Streamlit: protective headers, and no foreign origins.

Streamlit asks an outside service for the machine's public address when a page of an
origin it does not know opens a session. Here such a session is refused before that, so
the server never sends a request to another machine.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

App = Callable[..., Awaitable[None]]

# The page may talk to its own server only: no font, script, image or tile from elsewhere.
# 'unsafe-eval' is needed by Vega, which compiles chart expressions.
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "worker-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'self'"
)
HEADERS = [
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]


def middleware() -> list[Middleware]:
    """The layers around Streamlit's own application."""
    return [Middleware(ProtectiveHeaders), Middleware(SameOriginOnly)]


class ProtectiveHeaders:
    """Adds the headers that Streamlit does not send."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameOriginOnly:
    """Refuses sessions opened by a page of another site.

    Same origin means: host and port a browser names in ``Origin`` are those it asked for in
    ``Host`` (a proxy must keep it), or the origin is listed in ``server.corsAllowedOrigins``.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":
            if not is_same_origin(scope["headers"]):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
            scope = {**scope, "headers": without_origin(scope["headers"])}
        await self.app(scope, receive, send)


def is_same_origin(headers: list[tuple[bytes, bytes]]) -> bool:
    """True without an ``Origin`` (not a browser) or if it names the requested host."""
    named = {name.lower(): value.decode("latin-1") for name, value in headers}
    origin = named.get(b"origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return True
    scheme, mark, host = origin.partition("://")
    return bool(mark) and _site(host, scheme) == _site(named.get(b"host", ""), scheme)


def _site(host: str, scheme: str) -> str:
    """Host and port, without the port where it is the usual one."""
    return host.lower().removesuffix(":443" if scheme == "https" else ":80")


def without_origin(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Once judged, Streamlit must not judge it again: it would ask that outside service."""
    return [(name, value) for name, value in headers if name.lower() != b"origin"]
