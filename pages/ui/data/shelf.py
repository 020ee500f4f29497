"""All figures one can start from: where they come from, how far to trust them, their history."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import permission, state
from pages.ui.data import changes_of_shelf, one_entry
from simulator import library
from simulator.imports import period_words
from simulator.library import Listed
from simulator.numbers import format_date
from simulator.own_figures import OWN_FIGURES
from simulator.presentation.speech import Speech

MOST_ROWS = 12
ROW = 35


def draw(say: Speech) -> None:
    """The list, and what is known of the chosen figures."""
    entries = library.listed()
    # Shipped figures cannot be changed: an office without own ones is asked for nothing.
    if OWN_FIGURES.deleted() or any(entry.is_own for entry in entries):
        permission.draw(say)
    changes_of_shelf.draw_undo(say)
    st.caption(say("data.shelf_help"))
    chosen = st.dataframe(
        _table(entries, say), hide_index=True, on_select="rerun", selection_mode="single-row",
        height=ROW * (min(len(entries), MOST_ROWS) + 1) + 3,
        key=f"shelf-{changes_of_shelf.round_()}-{say.language}", placeholder=say("unit.unknown"),
        column_config={
            say("data.column_name"): st.column_config.TextColumn(width="large"),
            say("data.column_flags"): st.column_config.TextColumn(width="medium"),
        },
    )["selection"]["rows"]  # fmt: skip
    if chosen:
        one_entry.draw_entry(entries[chosen[0]], say)
    else:
        st.info(say("data.choose_row"))
    changes_of_shelf.draw_deleted(say)


def _table(entries: tuple[Listed, ...], say: Speech) -> pd.DataFrame:
    here = state.scenario().baseline
    rows = []
    for entry in entries:
        title = say.name(entry.title)
        rows.append(
            {
                say("data.column_name"): f"▸ {title}" if entry.id == here else title,
                say("data.column_period"): period_words(
                    entry.period, entry.captured_at, say.language
                ),
                say("data.column_captured"): format_date(entry.captured_at) or None,
                say("data.column_units"): say.count(entry.units),
                say("data.column_flags"): _flags(entry, say),
                say("data.column_kind"): say("data.own" if entry.is_own else "data.shipped"),
                say("data.column_source"): entry.source,
            }
        )
    return pd.DataFrame(rows)


def _flags(entry: Listed, say: Speech) -> str | None:
    words = []
    if entry.lacks:
        words.append(say("data.flag_lacks", count=len(entry.lacks)))
    if entry.flags and entry.is_own:
        words.append(say("data.flag_doubts", count=len(entry.flags)))
    return "; ".join(words) or None
