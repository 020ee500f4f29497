"""What the place depends on: each lever alone, the weights of the groups, and single peers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from pages.ui.rank.sensitivity_tables import (
    levers_table,
    pairs_table,
    peers_table,
    places_table,
    span,
    tornado_table,
    whole_percent,
)
from simulator import library
from simulator.numbers import format_number
from simulator.peers_mode import PeersMode
from simulator.presentation import peers_told, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, curves_of, evaluate
from simulator.rank_ahead import RankAhead
from simulator.rank_levers import LeverPlaces, rank_levers
from simulator.rank_peers import PeerChance, rank_peers, shared_doubt
from simulator.scenario import Scenario
from simulator.weights import DRAWS, Reweighted, reweighted

BANDS, USUAL_BAND = (0.05, 0.1, 0.2, 0.3), 0.1
SHOWN = 10
CHART_HEIGHT = 190
LEVER_COLUMNS = ("now_place", "best_change", "best_place", "best_half", "gain", "better")
# How the columns of tables are written.
CHANGES = ("best_change",)
SIGNED, UNSIGNED = ("gain", "distance"), ("gap",)
PERCENTS = ("better", "swapped", "above", "turns", "share")


def draw_sensitivity(view: View, say: Speech) -> None:
    """The part; a box is computed when it is opened."""
    ahead, score = view.rank_ahead, view.projection.after.total
    if ahead is None or score is None:
        return
    for name, content in (("levers", _levers), ("weights", _weights), ("peers", _peers)):
        box = st.expander(
            say(f"sensitivity.{name}"), expanded=name == "levers", key=f"sensitivity-{name}",
            on_change="rerun",
        )  # fmt: skip
        if box.open:
            with box:
                content(view, ahead, score, say)


def _levers(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    """One bar per lever that alone changes the place, and all of them as a table."""
    if view.outlook is None and ahead.mode is not PeersMode.FIXED and view.peers_held:
        # What the whole period would have brought cannot be reached by the day the peers move to.
        st.caption(say("sensitivity.whole_held", last=peers_told.day(view)))
        ahead = view.peers_held
    curves = curves_of(view.scenario)
    found = rank_levers(curves, view.projection.settings, ahead.outcomes)
    if not found:
        st.info(say("sensitivity.no_levers"))
        return
    st.markdown(_levers_words(view, ahead, found, say))
    moving = [one for one in found if one.span]
    if moving:
        table = tornado_table(view, moving, ahead.mode, say)
        axis, name = say("sensitivity.place_axis"), say("sensitivity.levers")
        draw.chart("tornado", table, say, axis, name)
    else:
        st.info(say("sensitivity.none"))
    if len(moving) < len(found):
        st.caption(say("sensitivity.still", count=len(found) - len(moving)))
    table = levers_table(view, found, ahead.mode, say)
    shown = [say("tables.lever"), say("tables.unit")]
    shown += [say(f"sensitivity.{column}") for column in LEVER_COLUMNS]
    _show(table, say, [column for column in shown if column in table.columns])
    draw.download(table, say, "rank-levers", view, tables.peers_words(ahead, say))


def _levers_words(view: View, ahead: RankAhead, found: tuple[LeverPlaces, ...], say: Speech) -> str:
    now = found[0].now
    how = say(
        f"sensitivity.levers_{ahead.mode}",
        last=peers_told.day(view), place=now.place, chance=whole_percent(now.better, say),
    )  # fmt: skip
    return f"{say('sensitivity.levers_intro')} {how}"


def _weights(view: View, _ahead: RankAhead, _score: int, say: Speech) -> None:
    """The present list under other weights of the groups."""
    band = st.segmented_control(
        say("sensitivity.band"), BANDS, default=USUAL_BAND, required=True, key="sensitivity-band",
        format_func=lambda one: f"±{say.cap(100 * one)}",
    )  # fmt: skip
    band = band or USUAL_BAND
    st.caption(
        say(
            "sensitivity.weights_intro", band=say.cap(100 * band), draws=say.count(DRAWS),
            unit=view.unit.short_name,
            weights=", ".join(
                f"{say.name(group.name)} {group.maximum}" for group in view.edition.groups
            ),
        )
    )  # fmt: skip
    found = _reweighted(view.scenario, band)
    names = _names(view)
    if view.unit.code in found.left_out:
        st.info(say("sensitivity.own_left_out", unit=view.unit.short_name))
    elif found.count < 2:
        st.info(say("sensitivity.alone"))
    else:
        _verdict(view, found, band, say)
        _own_place_and_pairs(view, found, band, names, say)
    others = [names[code] for code in found.left_out if code != view.unit.code]
    if others:
        st.text(say("sensitivity.left_out", names=", ".join(others)))


@library.remembered(maxsize=32)
def _reweighted(scenario: Scenario, band: float) -> Reweighted:
    """The present list under other weights, the unit with its scores after the what-if."""
    view = evaluate(scenario)
    after, unit = view.projection.after, view.unit.code
    totals = dict(view.peers.totals) if view.peers else {}
    groups = dict(view.peers.groups) if view.peers else {}
    if after.total is not None:
        totals[unit], groups[unit] = after.total, after.groups
    maxima = {group.code: group.maximum for group in view.edition.groups}
    return reweighted(totals, groups, maxima, band, DRAWS, scenario.seed)


def _verdict(view: View, found: Reweighted, band: float, say: Speech) -> None:
    """Whether the order survives, and where the unit ends up, in words."""
    kept = whole_percent(found.pairs_kept, say)
    st.markdown(f"**{say(f'sensitivity.{found.firmness}', band=say.cap(100 * band), kept=kept)}**")
    own = found.places(view.unit.code)
    best, worst = own.seen
    mean, low = (format_number(value, 2, say.language) for value in found.correlation)
    st.markdown(
        say(
            "sensitivity.own", unit=view.unit.short_name, place=own.printed, of=found.count,
            half=span(own.interval(0.5)), most=span(own.interval(0.9)), best=best, worst=worst,
            kept=whole_percent(own.kept, say),
        )
    )  # fmt: skip
    st.markdown(say("sensitivity.correlation", mean=mean, low=low))


def _own_place_and_pairs(
    view: View, found: Reweighted, band: float, names: dict[str, str], say: Speech
) -> None:
    drawn = say(
        "sensitivity.drawn",
        band=say.cap(100 * band),
        draws=say.count(DRAWS),
        seed=view.scenario.seed,
    )
    left, right = st.columns([9, 10], gap="medium")
    with left:
        st.markdown(f"**{say('sensitivity.chances_of')}**")
        chances = places_table(found.places(view.unit.code), say)
        axis, name = say("sensitivity.weights_axis"), say("sensitivity.chances_of")
        draw.chart("reweighted", chances, say, axis, name, CHART_HEIGHT)
    with right:
        st.markdown(f"**{say('sensitivity.pairs')}**")
        pairs = pairs_table(found.pairs, names, say)
        if pairs.empty:
            st.text(say("sensitivity.no_pairs"))
            return
        _show(pairs.head(SHOWN // 2), say)
        draw.download(pairs, say, f"rank-weights-{band:.0%}", view, drawn)


def _peers(view: View, ahead: RankAhead, score: int, say: Speech) -> None:
    """The peers whose movements decide the place."""
    unit = view.unit.short_name
    if view.peers is None or ahead.mode is PeersMode.FIXED:
        st.info(say("sensitivity.peers_fixed", unit=unit))
        return
    st.markdown(
        say(
            "sensitivity.peers_intro",
            unit=unit,
            last=peers_told.day(view),
            points=say.points(score),
        )
    )
    found = rank_peers(ahead.outcomes, score, view.peers.totals)
    if not any(peer.turns for peer in found):
        st.info(say("sensitivity.peers_certain", unit=unit))
        return
    names = _names(view)
    shared = shared_doubt(ahead.outcomes, score)
    st.markdown(_peers_words(unit, ahead.mode, found, shared, names, say))
    table = peers_table(found, names, ahead.mode, say)
    _show(table.head(SHOWN), say)
    draw.download(table, say, "rank-peers", view, tables.peers_words(ahead, say))


def _peers_words(
    unit: str, mode: PeersMode, found: tuple[PeerChance, ...], shared: float,
    names: dict[str, str], say: Speech,
) -> str:  # fmt: skip
    """How many change order, and who makes up half of the doubt."""
    turns = sum(peer.turns for peer in found)
    if mode is PeersMode.TREND:
        return say("sensitivity.trend_turns", unit=unit, count=round(turns))
    most, level = [], 0.0
    for peer in found:
        if level < 0.5:
            most.append(names[peer.code])
        level += peer.share
    expected = format_number(turns, 1, say.language)
    sentences = [
        say("sensitivity.turns_expected", unit=unit, count=expected, of=len(found)),
        say("sensitivity.shared_doubt", share=whole_percent(shared, say)),
        say("sensitivity.half_of_doubt", count=len(most), names=", ".join(most)),
    ]
    return " ".join(sentences)


def _names(view: View) -> dict[str, str]:
    units = (*view.peers.units, view.unit) if view.peers else (view.unit,)
    return {unit.code: unit.short_name for unit in units}


def _show(table: pd.DataFrame, say: Speech, column_order: list[str] | None = None) -> None:
    """A table with signs before changes, and as many decimals in all rows of a column."""
    styled = written.shown(table, say)
    for columns, write in (
        (CHANGES, lambda value: say.count(value, sign=True)),
        (SIGNED, lambda value: say.points(round(100 * value), sign=True)),
        (UNSIGNED, lambda value: say.points(round(100 * value))),
        (PERCENTS, lambda value: format_number(value, 1, say.language)),
    ):
        named = [say(f"sensitivity.{column}") for column in columns]
        styled = styled.format(write, subset=[name for name in named if name in table.columns])
    st.dataframe(styled, hide_index=True, column_order=column_order)
