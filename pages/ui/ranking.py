"""Content of *Xếp hạng*."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, figures, tables
from pages.ui.headline_figures import rank_reason
from pages.ui.view import Speech, View
from simulator.rank import Peers, Standing
from simulator.search import folded
from simulator.summary import group_standings

ROW_HEIGHT = 35
MOST_ROWS = 18


def draw_ranking(view: View, say: Speech) -> None:
    """The whole screen; without peers, the reason and what was printed."""
    table = figures.ranking_table(view)
    if table.empty or view.peers is None:
        st.info(rank_reason(view, say))
        if view.unit.published_rank:
            st.markdown(
                say(
                    "ranking.published", rank=view.unit.published_rank,
                    of=view.unit.published_pool_size or say("unit.unknown"),
                )
            )  # fmt: skip
        return
    left, right = st.columns([10, 11], gap="medium")
    with left:
        st.subheader(say("ranking.ladder"), anchor=False)
        ladder = figures.ladder_table(view, say)
        draw.chart("ladder", ladder, say, say("unit.points_axis"), say("ranking.ladder"))
        st.caption(say("headline.peers_fixed"))
        _gaps(view, say)
    with right:
        st.subheader(say("ranking.by_group"), anchor=False)
        _by_group(view, view.peers, say)
    st.subheader(say("ranking.table"), anchor=False)
    _table(view, table, say)


def _gaps(view: View, say: Speech) -> None:
    """Points to the next place above and the lead over the next below."""
    place = view.projection.after.standing
    if place is None:
        return
    if place.to_next is None:
        st.markdown(say("ranking.first"))
    else:
        st.markdown(say("ranking.to_next", points=say.points(place.to_next)))
    if place.lead is not None:
        st.markdown(say("ranking.lead", points=say.points(place.lead)))
    if place.tied:
        st.markdown(say("ranking.tied"))


def _table(view: View, ranks: pd.DataFrame, say: Speech) -> None:
    """All peers, searchable without diacritics, own row marked."""
    wanted = folded(st.text_input(say("ranking.search"), key="search-peers", max_chars=60))
    names = ranks["name"] + " " + ranks["code"]
    found = ranks[[wanted in folded(name) for name in names]]
    if found.empty:
        st.info(say("ranking.none_found"))
        return
    table = tables.ranking(view, say).loc[found.index]
    own = list(found["own"])

    def highlight(row: pd.Series) -> list[str]:
        mine = own[list(table.index).index(row.name)]
        return [
            "font-weight: 700; background-color: rgba(43, 108, 176, 0.18)" if mine else ""
        ] * len(row)

    height = ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3
    st.dataframe(tables.shown(table, say).apply(highlight, axis=1), hide_index=True, height=height)
    if ranks["no_dossiers"].any():
        st.text(say("ranking.no_dossiers", names=", ".join(ranks[ranks["no_dossiers"]]["name"])))
    draw.download(tables.ranking(view, say), say, "ranking", view)


def _by_group(view: View, peers: Peers, say: Speech) -> None:
    """Place in each group before and after."""
    standings = group_standings(view.projection, peers)
    rows = []
    for group in view.edition.groups:
        now = view.projection.before.groups[group.code]
        after = view.projection.after.groups[group.code]
        place_now, place_after = standings[group.code]
        rows.append(
            {
                say("tables.group"): say.name(group.name),
                say("tables.now"): None if now is None else now / 100,
                say("tables.after"): None if after is None else after / 100,
                say("tables.rank_before"): _place(place_now, say),
                say("tables.rank"): _place(place_after, say),
            }
        )
    table = pd.DataFrame(rows)
    tables.show(table, say)
    draw.download(table, say, "rank-by-group", view)


def _place(place: Standing | None, say: Speech) -> str:
    if place is None:
        return say("unit.unknown")
    text = say("headline.rank_value", rank=place.rank, of=place.of)
    return f"{text} {say('headline.tied')}" if place.tied else text
