"""The board's scripts and styles, served by this server under a name that changes with them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

WEB = Path(__file__).parent / "web"
# Named here: the table of types of an office machine may call a script plain text.
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES = {path.name: path.read_bytes() for path in sorted(WEB.iterdir()) if path.suffix in TYPES}
VERSION = hashlib.sha256(b"".join(FILES.values())).hexdigest()[:12]
# The name holds the version, so a browser never has to ask again.
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


def address(name: str) -> str:
    """Path of a file below the server's own address."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/board/{VERSION}/{name}"


def routes() -> list[Route]:
    """What the server adds to Streamlit's own paths."""
    return [Route(address("{name}"), _file)]


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return PlainTextResponse("not found", status_code=404)
    return Response(FILES[name], media_type=TYPES[Path(name).suffix], headers=FOREVER)
