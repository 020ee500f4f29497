"""Who can come from behind, and who may fall behind us."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, tables
from pages.ui.view import Speech, View
from simulator.peers_mode import PeersMode
from simulator.rank_ahead import RankAhead

SHOWN = 6
# Less often than this is not worth a row.
RARE = 0.005


def draw_side(side: str, table: pd.DataFrame, view: View, say: Speech) -> None:
    """The units ``behind`` or ``ahead``, those first for which the order turns over most likely."""
    st.subheader(say(f"ranking.{side}"), anchor=False)
    if table.empty:
        st.markdown(say(f"ranking.none_{side}"))
        return
    tables.show(table.head(SHOWN), say)
    draw.download(table, say, f"overtaking-{side}", view)


def overtaking_tables(
    view: View, ahead: RankAhead, score: int, say: Speech
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All peers behind and in front, with how likely the order is to turn over."""
    if view.peers is None:
        return pd.DataFrame(), pd.DataFrame()
    chances = ahead.outcomes.chances_above(score)
    then = view.peers_ahead.outcomes if view.peers_ahead else ahead.outcomes
    low, high = (then.totals(certainty) for certainty in (0.05, 0.95))
    sides: tuple[list[dict[str, object]], ...] = ([], [])
    for peer in view.peers.units:
        total = view.peers.totals[peer.code]
        is_ahead = total > score
        chance = 1 - chances[peer.code] if is_ahead else chances[peer.code]
        if chance < RARE:
            continue
        row: dict[str, object] = {
            say("tables.name"): peer.short_name,
            say("ranking.total_now"): say.points(total),
            say("ranking.distance"): say.points(total - score, sign=True),
        }
        if ahead.mode is PeersMode.UNCERTAIN:
            span = f"{say.points(low[peer.code])} – {say.points(high[peer.code])}"
            row[say("ranking.total_then")] = span
        row[say("ranking.pass_us" if not is_ahead else "ranking.fall_behind")] = round(
            100 * chance, 1
        )
        sides[is_ahead].append(row)
    frames = []
    for rows in sides:
        table = pd.DataFrame(rows)
        frames.append(table.sort_values(table.columns[-1], ascending=False, ignore_index=True)
                      if rows else table)  # fmt: skip
    return frames[0], frames[1]
