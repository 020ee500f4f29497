"""Sharing the state of the moment: an address other machines can open, and its QR code."""

from __future__ import annotations

import io
from urllib.parse import quote, urlsplit, urlunsplit

import segno
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import address, dialogs
from simulator.presentation.speech import Speech

NAME = "share"
# Names under which a machine only finds itself.
LOCAL = ("localhost", "127.0.0.1", "::1")
# Pixels of one module of the code, and of light around it; phones read 3 from a screen.
SCALE, BORDER = 4, 4
# Letters that links need as they are; the rest is written in hundredths, names of units too.
PLAIN = "/:,.-_~+"


def draw_button(place: DeltaGenerator, say: Speech) -> None:
    place.button(
        say("frame.share"), key="share", width="stretch", on_click=dialogs.ask, args=(NAME,),
        icon=":material/share:",
    )  # fmt: skip


def draw_dialog(say: Speech) -> None:
    """The link of the moment: pressing the button runs the page, so the latest move is in it."""

    def content() -> None:
        link = link_of_now()
        st.text(say("frame.share_help"))
        st.code(link, language=None, wrap_lines=True)
        if (urlsplit(link).hostname or "localhost") in LOCAL:
            st.caption(say("frame.share_local"))
        else:
            _draw_code(link, say)

    dialogs.draw(NAME, say("frame.share"), content)


def _draw_code(link: str, say: Speech) -> None:
    try:
        code = qr_code(link)
    except segno.DataOverflowError:
        st.caption(say("frame.share_long"))
        return
    st.image(code, caption=say("frame.share_qr"), output_format="PNG")


def link_of_now() -> str:
    """The address of exactly this state, as other machines of the network can open it."""
    page = reachable(str(st.context.url or "").split("?")[0], _own_address())
    query = "&".join(f"{key}={quote(value, PLAIN)}" for key, value in address.params().items())
    return f"{page}?{query}"


def _own_address() -> str:
    return str(st.get_option("browser.serverAddress") or "")


def reachable(page: str, own: str) -> str:
    """``page`` with the machine's own name or number where it was opened as ``localhost``."""
    parts = urlsplit(page)
    if parts.hostname not in LOCAL or not own or own in LOCAL:
        return page
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{own}{port}"))


def qr_code(link: str) -> bytes:
    """The code as a PNG file; :class:`segno.DataOverflowError` beyond some 2,950 characters."""
    buffer = io.BytesIO()
    segno.make_qr(link, error="l").save(buffer, kind="png", scale=SCALE, border=BORDER)
    return buffer.getvalue()
