"""One user of the app without a browser: speaks Streamlit's protocol over a websocket."""

from __future__ import annotations

import asyncio
import html
import json
import re
import time
import zlib
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST_RUN = 60.0
TOTAL = re.compile(r'data-figure="total".*?figure-value">(.*?)<', re.S)


@dataclass
class User:
    """A session: the total it was shown, and what its lever board offers.

    ``levers``: code -> changes the lever can be set to, without the present one.
    """

    server: str  # host:port
    screen: str
    levers: dict[str, list[float]] = field(default_factory=dict)
    total: str = ""
    received: int = 0
    _known: dict[str, Any] = field(default_factory=dict)
    _board: str = ""
    _fragment: str = ""
    _page: str = ""
    _place: list[str] = field(default_factory=list)
    _moves: int = 0
    _socket: Any = None

    async def open(self) -> None:
        """Connect and let the screen draw itself once."""
        self._socket = await websockets.connect(
            f"ws://{self.server}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None, compression=None, open_timeout=LONGEST_RUN, ping_interval=None,
        )  # fmt: skip
        message = BackMsg()
        message.rerun_script.page_name = self.screen
        await self._run(message)
        if not self.levers or not self.total:
            raise RuntimeError(f"{self.screen} shows no lever board or no total")

    async def close(self) -> None:
        await self._socket.close()

    async def move(self, lever: str, change: float) -> tuple[float | None, float]:
        """Move one lever; seconds to the new total (None if it stayed) and to the end."""
        self._moves += 1
        action = {"number": self._moves, "do": "set", "lever": lever, "value": change}
        sent = {"mount": "user", "place": self._place, "actions": [action]}
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.fragment_id = self._fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self._board}__events"
        state.json_trigger_value = json.dumps([{"event": "act", "value": sent}])
        return await self._run(message)

    async def _run(self, message: Any) -> tuple[float | None, float]:
        request = message.rerun_script
        request.context_info.url = f"http://{self.server}/{self.screen}"
        request.context_info.locale = "vi-VN"
        request.context_info.timezone = "Asia/Ho_Chi_Minh"
        request.cached_message_hashes.extend(self._known)
        before, answered = self.total, None
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), LONGEST_RUN)
            self.received += len(raw)
            finished = self._take(raw)
            if answered is None and self.total != before:
                answered = time.perf_counter() - start
            if finished:
                return answered, time.perf_counter() - start

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
            self._take_element(message.delta)
        elif kind in ("new_session", "navigation"):
            self._page = getattr(message, kind).page_script_hash or self._page
        return (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def _take_element(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html" and (shown := TOTAL.search(element.html.body)):
            self.total = html.unescape(shown[1])
        elif kind == "bidi_component":
            self._board, self._fragment = element.bidi_component.id, delta.fragment_id
            board = json.loads(zlib.decompress(element.bidi_component.bytes))
            self._place = board["place"]
            self.levers = {
                lever["code"]: _choices(lever) for lever in board["levers"] if "stops" in lever
            }


def _choices(lever: dict[str, Any]) -> list[float]:
    """Every stop of a lever but the present one."""
    stops = [stop / lever["scale"] for stop in accumulate(lever["stops"])]
    return [stop for k, stop in enumerate(stops) if k != lever["at"]]
