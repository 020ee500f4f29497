"""The whole list after the what-if, units without dossiers apart."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from simulator.peers_mode import PeersMode
from simulator.presentation import figures, peers_told, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.search import folded

ROW_HEIGHT = 35
MOST_ROWS = 18


def draw_list(view: View, say: Speech) -> None:
    """The part."""
    st.subheader(say("ranking.table"), anchor=False)
    _table(view, figures.ranking_table(view), say)


def _table(view: View, ranks: pd.DataFrame, say: Speech) -> None:
    """All peers, searchable without diacritics, own row marked."""
    wanted = folded(st.text_input(say("ranking.search"), key="search-peers", max_chars=60))
    names = ranks["name"] + " " + ranks["code"]
    found = ranks[[wanted in folded(name) for name in names]]
    if found.empty:
        st.info(say("ranking.none_found"))
        return
    whole = tables.ranking(view, say)
    idle = found["no_dossiers"]
    _rows(whole.loc[found.index[~idle]], list(found.index[found["own"]]), say)
    st.caption(_words(view, say))
    if idle.any():
        st.markdown(f"**{say('ranking.no_dossiers')}**")
        _rows(whole.loc[found.index[idle]], list(found.index[found["own"]]), say)
        st.caption(say("ranking.no_dossiers_text"))
    draw.download(whole, say, "ranking", view, tables.peers_words(view.rank_ahead, say))


def _rows(table: pd.DataFrame, own: list[int], say: Speech) -> None:
    """Rows of the list, the unit's own ones marked."""
    if table.empty:
        return

    def highlight(row: pd.Series) -> list[str]:
        mark = "font-weight: 700; background-color: rgba(43, 108, 176, 0.18)"
        return [mark if row.name in own else ""] * len(row)

    height = ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3
    st.dataframe(
        written.shown(table, say).apply(highlight, axis=1), hide_index=True, height=height,
        placeholder=say("unit.unknown"),
    )  # fmt: skip


def _words(view: View, say: Speech) -> str:
    """Of when the ranks are, and what the chances are of."""
    told = say("ranking.list_words")
    ahead = view.rank_ahead
    if ahead is None or ahead.mode is not PeersMode.UNCERTAIN:
        return told
    return told + say("ranking.list_above", last=peers_told.day(view), unit=view.unit.short_name)
