"""One user of the app, or of the barest one, without a browser."""

from __future__ import annotations

import html
import json
import re
import zlib
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.bench.websocket_session import Session

TOTAL = re.compile(r'data-figure="total".*?figure-value">(.*?)<', re.S)
# What the slider of the barest app can be set to.
BARE = "value"
BARE_STOPS = range(101)


@dataclass
class User(Session):
    """A session: the total it was shown, and what its lever board offers.

    ``levers``: code -> changes the lever can be set to, without the present one.
    """

    levers: dict[str, list[float]] = field(default_factory=dict)
    total: str = ""
    _board: str = ""
    _fragment: str = ""
    _place: list[str] = field(default_factory=list)
    _moves: int = 0

    async def open(self) -> None:
        await super().open()
        if not self.levers or not self.total:
            raise RuntimeError(f"{self.screen or 'the page'} shows no lever or no total")

    async def move(self, lever: str, change: float) -> tuple[float | None, float]:
        """Move one lever; seconds to the new total (None if it stayed) and to the end."""
        self._moves += 1
        action = {"number": self._moves, "do": "set", "lever": lever, "value": change}
        sent = {"mount": "user", "place": self._place, "actions": [action]}
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self._board}__events"
        state.json_trigger_value = json.dumps([{"event": "act", "value": sent}])
        before = self.total
        return await self.run(message, self._fragment, lambda: self.total != before)

    def take_element(self, kind: str, delta: Any) -> None:
        element = delta.new_element
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


@dataclass
class BareUser(User):
    """The same for ``bare_app.py``: its slider is the one lever, its figure the total."""

    async def move(self, lever: str, change: float) -> tuple[float | None, float]:
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._board
        state.double_array_value.data.append(change)
        before = self.total
        return await self.run(message, "", lambda: self.total != before)

    def take_element(self, kind: str, delta: Any) -> None:
        if kind == "slider":
            self._board = delta.new_element.slider.id
        elif kind == "metric":
            self.total = delta.new_element.metric.body
            self.levers = {BARE: [stop for stop in BARE_STOPS if str(stop) != self.total]}
