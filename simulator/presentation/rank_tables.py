"""Tables of how sure a place is, and of what gains one; numbers inside."""

from __future__ import annotations

import pandas as pd

from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import Peers, Standing
from simulator.rank_ahead import RankAhead
from simulator.summary import group_standings
from simulator.uncertainty import HIGHEST, still

GAINS = (0, 1, 3, 5, 10)
SURE = 0.8
# Beyond this one place is all there is to say.
CERTAIN = 0.995
# Less than this would be no more than a line on the axis, and stretch it.
LEAST_BAR = 0.0005


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


def by_group(view: View, peers: Peers, say: Speech) -> pd.DataFrame:
    """Score and place in each group, before and after; the peers as they stand."""
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
                say("ranking.before"): _place(place_now, say),
                say("ranking.after"): _place(place_after, say),
            }
        )
    return pd.DataFrame(rows)


def _place(place: Standing | None, say: Speech) -> str:
    if place is None:
        return say("unit.unknown")
    text = say("headline.rank_value", rank=place.rank, of=place.of)
    return f"{text} {say('headline.tied')}" if place.tied else text


def chances_table(ahead: RankAhead, score: int, say: Speech) -> pd.DataFrame:
    """Chance of each place, and of it or a better one, in percent."""
    outcomes = ahead.outcomes
    return pd.DataFrame(
        {
            say("ranking.place"): range(1, outcomes.count + 1),
            say("report_tables.chance"): 100 * outcomes.chances(score),
            say("report_tables.chance_better"): 100 * outcomes.chances_at_least(score),
        }
    )
