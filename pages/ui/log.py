"""The log of the store, to read: who did what, when, from where."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from pages.ui import draw as drawing
from simulator.errors import SimulatorError
from simulator.numbers import VIETNAM
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.search import folded
from simulator.store import THIS_MACHINE, Event, has_store, open_store
from simulator.text import explain

SHOWN, IN_FILE = 200, 5_000
ROW, MOST_ROWS = 35, 12


def draw(say: Speech) -> None:
    """The box at the bottom of a screen; nothing is read before it is opened."""
    box = st.expander(say("log.box"), key=f"log-{say.language}", on_change="rerun")
    if box.open:
        with box:
            try:
                _draw(say)
            except SimulatorError as problem:
                st.error(literal(explain(problem, say.language)))


def _draw(say: Speech) -> None:
    st.caption(say("log.help", shown=SHOWN, most=IN_FILE))
    wanted = st.text_input(
        say("log.search"), key=f"log-search-{say.language}", max_chars=80,
        placeholder=say("log.search_example"),
    )  # fmt: skip
    events = _events(IN_FILE if wanted.strip() else SHOWN)
    if not events:
        st.info(say("log.empty"))
        return
    rows = [row for row in _rows(events, say) if _has(row, folded(wanted))][:SHOWN]
    if not rows:
        st.info(say("log.nothing_found", most=IN_FILE))
        return
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, placeholder=say("unit.unknown"),
        height=ROW * (min(len(rows), MOST_ROWS) + 1) + 3,
        column_config={
            say("log.when"): st.column_config.DatetimeColumn(
                format="DD/MM/YYYY HH:mm:ss", width="medium"
            ),
            say("log.what"): st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    drawing.download(
        lambda: pd.DataFrame(_rows(_events(IN_FILE), say)), say, "log",
        label=say("log.download", most=IN_FILE),
    )  # fmt: skip
    st.caption(say("log.older"))


def _events(most: int) -> tuple[Event, ...]:
    # Looking must not create a store.
    return open_store().events(most) if has_store() else ()


def _rows(events: tuple[Event, ...], say: Speech) -> list[dict[str, object]]:
    """The newest first; what was not said is None."""
    return [
        {
            # Without a zone: a browser would turn the hours into its own.
            say("log.when"): event.at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0),
            say("log.who"): event.who or None,
            say("log.client"): _place(event.client, say),
            say("log.action"): say(f"log.{event.action.value}"),
            say("log.what"): event.what or None,
        }
        for event in events
    ]


def _place(client: str, say: Speech) -> str | None:
    return say("log.this_machine") if client == THIS_MACHINE else client or None


def _has(row: dict[str, object], wanted: str) -> bool:
    cells = [
        f"{cell:%d/%m/%Y %H:%M}" if isinstance(cell, datetime) else cell for cell in row.values()
    ]
    return wanted in folded(" ".join(str(cell) for cell in cells if cell is not None))
