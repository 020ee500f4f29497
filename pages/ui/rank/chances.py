"""How sure a place is: neighbours with their bands, the chance of each place, what gains one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from pages.ui.headline_figures import span
from pages.ui.rank import by_group, overtaking, peers
from pages.ui.rank.sensitivity_tables import whole_percent
from simulator.peers_mode import PeersMode
from simulator.presentation import figures, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_ahead import RankAhead
from simulator.uncertainty import HIGHEST, still

GAINS = (0, 1, 3, 5, 10)
SURE = 0.8
CHART_HEIGHT = 170
# Beyond this one place is all there is to say.
CERTAIN = 0.995
# Less than this would be no more than a line on the axis, and stretch it.
LEAST_BAR = 0.0005


def draw_chances(view: View, say: Speech) -> None:
    """The part; the scores and places are those after the what-if."""
    ahead, score = view.rank_ahead, view.projection.after.total
    if ahead is None or score is None or view.peers is None:
        return
    left, right = st.columns([11, 10], gap="medium")
    with left:
        st.subheader(say("ranking.ladder"), anchor=False)
        ladder = figures.ladder_table(view, say)
        draw.chart("ladder", ladder, say, say("unit.points_axis"), say("ranking.ladder"))
        st.caption(peers.words(view, say))
    with right:
        _how_sure(view, ahead, score, say)
    behind, in_front = overtaking.overtaking_tables(view, ahead, score, say)
    left, right = st.columns(2, gap="medium")
    with left:
        _needed(view, ahead, score, say)
    with right:
        overtaking.draw_side("behind", behind, view, say)
    left, right = st.columns(2, gap="medium")
    with left:
        by_group.draw_by_group(view, view.peers, say)
    with right:
        overtaking.draw_side("ahead", in_front, view, say)


def _needed(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    st.subheader(say("ranking.needed"), anchor=False)
    table = needed_table(view, ahead, score, say)
    written.show(needed_words(table, say), say)
    st.caption(say("ranking.needed_note"))
    draw.download(table, say, "points-needed", view, tables.peers_words(view.rank_ahead, say))


def _how_sure(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    """In words, as a picture, and the chance of a place one asks for."""
    st.subheader(say("ranking.how_sure"), anchor=False)
    st.markdown(sentence(view, ahead, score, say))
    chances = ahead.outcomes.chances(score)
    if ahead.mode is PeersMode.UNCERTAIN and chances.max() > CERTAIN:
        st.markdown(say("ranking.certain", rank=int(chances.argmax()) + 1))
    elif ahead.mode is PeersMode.UNCERTAIN:
        table = places_table(ahead, score, say)
        draw.chart(
            "places", table, say, say("ranking.place_axis"), say("ranking.how_sure"), CHART_HEIGHT
        )
        st.caption(say("ranking.bars"))
    _ask_place(view, ahead, score, say)


def sentence(view: View, ahead: RankAhead, score: int, say: Speech) -> str:
    """The place, its intervals and the percentile in words."""
    place = view.projection.after.standing
    if place is None:
        return ""
    below = sum(total < score for total in view.peers.totals.values()) if view.peers else 0
    share = whole_percent(below / (place.of - 1), say)
    lines = [
        say(
            "ranking.now_place", rank=place.rank, of=place.of, points=say.points(score), share=share
        )
    ]
    if place.tied:
        lines.append(say("ranking.tied"))
    outcomes, last = ahead.outcomes, peers.day(view)
    if ahead.mode is PeersMode.TREND:
        lines.append(say("ranking.on_trend", last=last, rank=outcomes.place(score, 1)))
    if ahead.mode is PeersMode.UNCERTAIN:
        half, most = outcomes.interval(score, 0.5), outcomes.interval(score, 0.9)
        key = "own_uncertain" if ahead.question.own else "uncertain"
        lines.append(
            say(
                f"ranking.{key}", last=last, middle=outcomes.place(score, 0.5),
                half=span(half), most=span(most),
                mean=say.number(outcomes.expected_place(score), 1),
            )
        )  # fmt: skip
    return "  \n".join(lines)


def places_table(ahead: RankAhead, score: int, say: Speech) -> pd.DataFrame:
    """Chance of each place that is worth a bar; rows for :func:`charts.places_chart`."""
    outcomes = ahead.outcomes
    half, most = outcomes.interval(score, 0.5), outcomes.interval(score, 0.9)
    rows = []
    for place, chance in enumerate(outcomes.chances(score), start=1):
        if chance < LEAST_BAR and not most[0] <= place <= most[1]:
            continue
        inside = [name for name, ends in (("half", half), ("most", most))
                  if ends[0] <= place <= ends[1]]  # fmt: skip
        percent = say.percent(100 * chance)
        rows.append(
            {
                "left": place - 0.42, "right": place + 0.42, "chance": chance,
                "kind": inside[0] if inside else "rare",
                "tip": say("ranking.place_tip", rank=place, chance=percent),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _ask_place(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    """The chance to reach a place that somebody chooses."""
    outcomes, standing = ahead.outcomes, view.projection.after.standing
    if standing is None:
        return
    first, second = st.columns([2, 5], vertical_alignment="center")
    kept: dict[str, int] = st.session_state.setdefault("kept-wanted", {})
    key = f"wanted-{view.scenario.baseline}-{view.unit.code}"
    wanted = kept[key] = first.selectbox(
        say("ranking.wanted"), range(1, outcomes.count + 1), key=key,
        index=min(kept.get(key, max(standing.rank - 1, 1)), outcomes.count) - 1,
    )  # fmt: skip
    chance = float(outcomes.chances_at_least(score)[wanted - 1])
    if ahead.mode is PeersMode.UNCERTAIN:
        second.markdown(say("ranking.chance", rank=wanted, chance=say.percent(100 * chance)))
        return
    reached = "reached" if chance else "missed"
    second.markdown(say(f"ranking.{reached}_{ahead.mode}", rank=wanted, last=peers.day(view)))


def needed_table(view: View, ahead: RankAhead, score: int, say: Speech) -> pd.DataFrame:
    """Points that keep the place or gain some: peers held fixed, and with four draws of five.

    0 where the place is had already, nothing where no score is high enough.
    """
    place = view.projection.after.standing
    if place is None or view.peers is None:
        return pd.DataFrame()
    rows, held = [], still(view.peers.totals)
    for gain in GAINS:
        wanted = place.rank - gain
        if wanted < 1:
            continue
        name = say("ranking.gain", places=gain) if gain else say("ranking.keep")
        row = {
            say("ranking.goal"): name,
            say("ranking.place"): wanted,
            say("ranking.needed_fixed"): _more(held.missing(score, wanted, 1), score),
        }
        if ahead.mode is not PeersMode.FIXED:
            there = ahead.outcomes.missing(score, wanted, SURE)
            key = "needed_sure" if ahead.mode is PeersMode.UNCERTAIN else "needed_trend"
            row[say(f"ranking.{key}")] = _more(there, score)
        rows.append(row)
    return pd.DataFrame(rows)


def _more(missing: int, score: int) -> float | None:
    return None if score + missing > HIGHEST else missing / 100


def needed_words(table: pd.DataFrame, say: Speech) -> pd.DataFrame:
    """``table`` with its points in words."""

    def word(points: float) -> str:
        if pd.isna(points):
            return say("ranking.impossible")
        return say.points(round(100 * points), sign=True) if points else say("ranking.enough")

    shown = table.astype(object)
    for column in table.columns[2:]:
        shown[column] = table[column].map(word)
    return shown
