"""How sure a place is: neighbours with their bands, the chance of each place, what gains one."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw, written
from pages.ui.headline_figures import span
from pages.ui.rank import by_group, overtaking
from pages.ui.rank.sensitivity_tables import whole_percent
from simulator.peers_mode import PeersMode
from simulator.presentation import figures, peers_told, rank_tables, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_ahead import RankAhead

CHART_HEIGHT = 170


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
        st.caption(peers_told.words(view, say))
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
    table = rank_tables.needed_table(view, ahead, score, say)
    written.show(rank_tables.needed_words(table, say), say)
    st.caption(say("ranking.needed_note"))
    draw.download(table, say, "points-needed", view, tables.peers_words(view.rank_ahead, say))


def _how_sure(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    """In words, as a picture, and the chance of a place one asks for."""
    st.subheader(say("ranking.how_sure"), anchor=False)
    st.markdown(sentence(view, ahead, score, say))
    chances = ahead.outcomes.chances(score)
    if ahead.mode is PeersMode.UNCERTAIN and chances.max() > rank_tables.CERTAIN:
        st.markdown(say("ranking.certain", rank=int(chances.argmax()) + 1))
    elif ahead.mode is PeersMode.UNCERTAIN:
        table = rank_tables.places_table(ahead, score, say)
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
    outcomes, last = ahead.outcomes, peers_told.day(view)
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
    second.markdown(say(f"ranking.{reached}_{ahead.mode}", rank=wanted, last=peers_told.day(view)))
