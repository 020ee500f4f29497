"""One user of the app without a browser: speaks Streamlit's protocol over a websocket."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider

LONGEST_RUN = 60.0


@dataclass
class Lever:
    """A slider as the server described it; ``fragment`` is the part that reruns with it."""

    proto: Any
    fragment: str
    value: str | float

    def choices(self) -> list[str | float]:
        """Every position of the thumb but the present one."""
        proto = self.proto
        if proto.type == Slider.SELECT_SLIDER:
            every: list[str | float] = list(proto.options)
        else:
            steps = round((proto.max - proto.min) / proto.step)
            every = [proto.min + k * proto.step for k in range(steps + 1)]
        return [choice for choice in every if choice != self.value]

    def write(self, state: Any) -> None:
        """Put the value into a widget state, as the browser would."""
        state.id = self.proto.id
        if self.proto.type == Slider.SELECT_SLIDER:
            state.string_array_value.data[:] = [self.value]
        else:
            state.double_array_value.data[:] = [self.value]


@dataclass
class User:
    """A session: what it has been shown, and what it can move."""

    server: str  # host:port
    screen: str
    levers: dict[str, Lever] = field(default_factory=dict)
    total: str = ""
    received: int = 0
    _known: dict[str, Any] = field(default_factory=dict)
    _total_paths: set[tuple[int, ...]] = field(default_factory=set)
    _page: str = ""
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
            raise RuntimeError(f"{self.screen} shows no slider or no total")

    async def close(self) -> None:
        await self._socket.close()

    async def move(self, widget: str, value: str | float) -> tuple[float | None, float]:
        """Move one lever; seconds to the new total (None if it stayed) and to the end."""
        self.levers[widget].value = value
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.fragment_id = self.levers[widget].fragment
        for lever in self.levers.values():
            lever.write(message.rerun_script.widget_states.widgets.add())
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
        if kind == "delta":
            self._take_delta(message)
        elif kind in ("new_session", "navigation"):
            self._page = getattr(message, kind).page_script_hash or self._page
        return (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def _take_delta(self, message: Any) -> None:
        path, delta = tuple(message.metadata.delta_path), message.delta
        kind = delta.WhichOneof("type")
        if kind == "add_block" and delta.add_block.id.endswith("-total"):
            self._total_paths.add(path)
        elif kind == "new_element":
            element = delta.new_element
            if element.WhichOneof("type") == "metric" and path[:-1] in self._total_paths:
                self.total = element.metric.body
            elif element.WhichOneof("type") == "slider" and not element.slider.disabled:
                self._take_slider(element.slider, delta.fragment_id)

    def _take_slider(self, proto: Any, fragment: str) -> None:
        select = proto.type == Slider.SELECT_SLIDER
        known = self.levers.get(proto.id)
        if proto.set_value:
            value = proto.raw_value[0] if select else proto.value[0]
        elif known is not None:
            value = known.value
        else:
            value = proto.options[int(proto.default[0])] if select else proto.default[0]
        self.levers[proto.id] = Lever(proto, fragment, value)
