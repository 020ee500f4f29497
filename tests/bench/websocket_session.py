"""A session of any Streamlit app without a browser: speaks its protocol over a websocket."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_RUN = 60.0
# Widgets that have an id and are told from others by the key they were made with.
KEYED = ("button", "text_input", "text_area", "slider", "file_uploader")


@dataclass
class Session:
    """A connection to one screen, what the last run drew there, and what was received in all.

    ``below``: sub-path of the app; ``headers``: what the client says besides, such as a cookie.
    """

    server: str  # host:port
    screen: str = ""
    below: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    id: str = ""
    received: int = 0
    last_run: list[bytes] = field(default_factory=list)
    _known: dict[str, Any] = field(default_factory=dict)
    # Id of a widget -> the part of the page it runs alone, empty for the whole page.
    _widgets: dict[str, str] = field(default_factory=dict)
    _page: str = ""
    _socket: Any = None

    @property
    def home(self) -> str:
        """Address of the app, without a stroke at the end."""
        below = f"/{self.below}" if self.below else ""
        return f"{'https' if self.tls else 'http'}://{self.server}{below}"

    async def open(self) -> None:
        """Connect and let the screen draw itself once."""
        self._socket = await websockets.connect(
            f"{self.home.replace('http', 'ws', 1)}/_stcore/stream", ssl=self.tls,
            subprotocols=[websockets.Subprotocol("streamlit")], additional_headers=self.headers,
            max_size=None, compression=None, open_timeout=LONGEST_RUN, ping_interval=None,
        )  # fmt: skip
        message = BackMsg()
        message.rerun_script.page_name = self.screen
        await self.run(message)

    async def close(self) -> None:
        await self._socket.close()

    @property
    def answer_headers(self) -> Any:
        """What the server said when the connection was opened."""
        return self._socket.response.headers

    def widget(self, key: str) -> str:
        """Id of the widget whose key begins so."""
        for name in reversed(self._widgets):
            if f"-{key}" in name:
                return name
        raise RuntimeError(f"{self.screen or 'the page'} draws nothing with the key {key}")

    async def act(self, key: str, **texts: str) -> None:
        """Press the button whose key begins so, with fields (by their keys) filled in before."""
        pressed = self.widget(key)
        message = BackMsg()
        for name, text in texts.items():
            filled = message.rerun_script.widget_states.widgets.add()
            filled.id, filled.string_value = self.widget(name.replace("_", "-")), text
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = pressed, True
        await self.run(message, self._widgets[pressed])

    async def run(
        self, message: Any, fragment: str = "", answered: Callable[[], bool] = lambda: True
    ) -> tuple[float | None, float]:
        """One run of the page; seconds until ``answered`` was first true, and to the end."""
        request = message.rerun_script
        request.page_script_hash = self._page
        request.fragment_id = fragment
        request.context_info.url = f"{self.home}/{self.screen}"
        request.context_info.locale = "vi-VN"
        request.context_info.timezone = "Asia/Ho_Chi_Minh"
        request.cached_message_hashes.extend(self._known)
        self.last_run, first = [], None
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), LONGEST_RUN)
            self.received += len(raw)
            self.last_run.append(raw)
            finished = self._take(raw)
            if first is None and answered():
                first = time.perf_counter() - start
            if finished:
                return first, time.perf_counter() - start

    def was_told(self, text: str) -> bool:
        """True if the last run sent these words, wherever on the page they stand."""
        return any(text.encode() in raw for raw in self.last_run)

    def _take(self, raw: bytes) -> bool:
        """Learn from one message; True if it ends the run."""
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            path = list(message.metadata.delta_path)
            message.CopyFrom(self._known[message.ref_hash])
            message.metadata.delta_path[:] = path
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._known[message.hash] = message
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._take_drawn(message.delta)
        elif kind in ("new_session", "navigation"):
            self._page = getattr(message, kind).page_script_hash or self._page
            if kind == "new_session":
                self.id = message.new_session.initialize.session_id or self.id
        return (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def _take_drawn(self, delta: Any) -> None:
        kind = delta.new_element.WhichOneof("type")
        if kind in KEYED:
            self._widgets[getattr(delta.new_element, kind).id] = delta.fragment_id
        self.take_element(kind, delta)

    def take_element(self, kind: str, delta: Any) -> None:
        """Something was drawn: what a session of one app wants to know of it."""
