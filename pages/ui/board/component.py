"""The lever board on the screen, and what comes back from it.

The board is a Streamlit component that holds no state of its own: every move comes here as
an action, goes into the one scenario, and the answer fills the board again.
"""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from pages.ui import moves, state
from pages.ui.board import files
from pages.ui.board.payload import packed, payload, place
from pages.ui.view import current
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.score import LARGEST_COUNT

KEY = "board"
_SEEN = "board-seen"
# Longer text is cut: no number somebody typed has as many characters.
LONGEST_TEXT = 60
# More unanswered actions than that no hand can have made.
MOST_ACTIONS = 100

# Only the address of the module travels with every answer; the browser keeps the module.
_component = st.components.v2.component(
    "lever_board",
    html=f'<div data-module="{files.address("board.js")}"></div>',
    js=(files.WEB / "loader.js").read_text(encoding="utf-8"),
)


def draw(view: View, say: Speech) -> None:
    """All levers, and the way back to Streamlit's own widgets if the board does not come."""
    mount, seen = st.session_state.get(_SEEN, ("", 0))
    data = payload(view, state.entry_problems(), say) | {
        "seen": {"mount": mount, "number": seen},
        "canReset": moves.can_reset_all(),
    }
    with st.container(key="board-place"):
        _component(key=KEY, data=packed(data), on_act_change=_act)
    # Pressed by the page itself (web/loader.js and the watch below), never seen.
    st.button("-", key="board-failed", on_click=state.note_board_failed)
    st.html(WATCH, unsafe_allow_javascript=True)


# The loader tells when the module fails. Where not even the loader can run, this does.
WATCH = """<script>
  window.leverBoardWatch ??= setTimeout(() => {
    const board = document.querySelector('.st-key-board-place');
    if (board && !window.leverBoardIsReady) {
      document.querySelector('.st-key-board-failed button')?.click();
    }
    window.leverBoardWatch = undefined;
  }, 8000);
</script>"""


def _act() -> None:
    """Do what the board asks for, each action once.

    A browser that is faster than the server sends what was not yet answered again, so
    nothing is lost when Streamlit drops a run.
    """
    sent = st.session_state[KEY].get("act")
    if not isinstance(sent, dict) or not isinstance(sent.get("actions"), list):
        return
    mount, number = st.session_state.get(_SEEN, ("", 0))
    if sent.get("mount") != mount:
        mount, number = str(sent.get("mount"))[:LONGEST_TEXT], 0
    # A move made just before another unit was chosen is not meant for that unit.
    is_meant = sent.get("place") == place(state.scenario())
    for action in sent["actions"][-MOST_ACTIONS:]:
        known = isinstance(action, dict) and isinstance(action.get("number"), int)
        if known and action["number"] > number:
            number = action["number"]
            if is_meant:
                _do(action)
    st.session_state[_SEEN] = (mount, number)


def _do(action: dict[str, Any]) -> None:
    """One action. What a browser sends is not trusted: values are checked by the engine."""
    lever, value = str(action.get("lever")), action.get("value")
    if action.get("do") != "reset_all" and lever not in current().edition.lever_by_code:
        return
    match action.get("do"):
        case "set" if _is_number(value):
            moves.set_change(lever, float(value))
        case "type" if isinstance(value, str):
            moves.type_in(lever, value[:LONGEST_TEXT])
        case "forget":
            moves.forget(lever)
        case "reset":
            moves.reset(lever)
        case "reset_all":
            moves.reset_all()
        case "lock" if isinstance(value, bool):
            moves.lock(lever, value)


def _is_number(value: Any) -> bool:
    """A finite number that fits a double, and not True or False."""
    if type(value) is int:
        return abs(value) < LARGEST_COUNT
    return type(value) is float and math.isfinite(value)
