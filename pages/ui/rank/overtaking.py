"""Who can come from behind, and who may fall behind us."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from simulator.peers_mode import PeersMode
from simulator.presentation import tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_ahead import RankAhead

SHOWN = 6
CHANCES = {"behind": "pass_us", "ahead": "fall_behind"}
# Percent: less often than this is not worth a row on the screen.
RARE = 0.5


def draw_side(side: str, table: pd.DataFrame, view: View, say: Speech) -> None:
    """The units ``behind`` or ``ahead``, those first for which the order turns over most likely."""
    st.subheader(say(f"ranking.{side}"), anchor=False)
    ahead, chance = view.rank_ahead, say(f"ranking.{CHANCES[side]}")
    if ahead is None or ahead.mode is PeersMode.FIXED:
        st.markdown(say(f"ranking.fixed_{side}"))
        return
    likely = table[table[chance] >= RARE] if len(table) else table
    if likely.empty:
        st.markdown(say(f"ranking.{'none' if table.empty else 'rare'}_{side}"))
    else:
        if ahead.mode is PeersMode.TREND:
            likely = likely.drop(columns=chance)
        points = [column for column in likely.columns[1:] if column != chance]
        written.show(likely.head(SHOWN), say, points=points)
        if len(likely) > SHOWN:
            count = say.count(len(table))
            st.caption(say("ranking.shown_of", shown=SHOWN, count=count))
    if len(table):
        words = tables.peers_words(ahead, say)
        draw.download(table, say, f"overtaking-{side}", view, words)


def overtaking_tables(
    view: View, ahead: RankAhead, score: int, say: Speech
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Peers behind and in front for which the order can turn over, and how likely that is."""
    if view.peers is None:
        return pd.DataFrame(), pd.DataFrame()
    chances = ahead.outcomes.chances_above(score)
    then = view.peers_ahead.outcomes if view.peers_ahead else ahead.outcomes
    low, high = (then.totals(certainty) for certainty in (0.05, 0.95))
    day = "" if ahead.last is None else f"{ahead.last:%d/%m}"
    sides: dict[str, list[dict[str, object]]] = {side: [] for side in CHANCES}
    for peer in view.peers.units:
        total = view.peers.totals[peer.code]
        side = "ahead" if total > score else "behind"
        above = chances[peer.code]
        chance = 1 - above if side == "ahead" else above
        if not chance:
            continue
        row: dict[str, object] = {
            say("tables.name"): peer.short_name,
            say(f"ranking.{CHANCES[side]}"): round(100 * chance, 1),
            say("ranking.total_now"): total / 100,
            say("ranking.distance"): (total - score) / 100,
        }
        if ahead.mode is PeersMode.UNCERTAIN:
            row[say("ranking.low_then", last=day)] = low[peer.code] / 100
            row[say("ranking.high_then", last=day)] = high[peer.code] / 100
        sides[side].append(row)
    behind, in_front = (
        _sorted(sides[side], say(f"ranking.{key}")) for side, key in CHANCES.items()
    )
    return behind, in_front


def _sorted(rows: list[dict[str, object]], chance: str) -> pd.DataFrame:
    """The likeliest first."""
    table = pd.DataFrame(rows)
    if table.empty:
        return table
    return table.sort_values(chance, ascending=False, ignore_index=True)
