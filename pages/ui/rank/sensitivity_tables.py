"""Rows of what the place depends on: to draw and to download; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from pages.ui.headline_figures import span
from simulator.baseline import Basis
from simulator.numbers import format_percent
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_levers import LeverPlaces, Stop
from simulator.rank_peers import PeerChance
from simulator.weights import Pair, Places

UNCERTAIN = PeersMode.UNCERTAIN


def whole_percent(chance: float, say: Speech) -> str:
    """A chance in whole percent: draws do not tell more."""
    return format_percent(100 * chance, say.language, 0)


def tornado_table(
    view: View, levers: Sequence[LeverPlaces], mode: PeersMode, say: Speech
) -> pd.DataFrame:
    """Rows for ``tornado_chart``, the widest first."""
    rows = []
    for one in levers:
        gains = one.best.place != one.now.place
        # Where nothing is gained an interval would only be that of the present.
        best, worst = one.best.interval if gains and mode is UNCERTAIN else (None, None)
        rows.append(
            {
                "name": say.name(view.edition.lever_by_code[one.lever].name),
                "now": one.now.place, "worst": one.worst.place, "best": one.best.place,
                "half_from": best, "half_to": worst, "edge": best or one.best.place,
                "label": _label(one), "tip": _tip(view, one, mode, say),
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype({"half_from": float, "half_to": float})


def _label(one: LeverPlaces) -> str:
    """``24 ← 19 → 12``: the way bars go, without a side that changes nothing."""
    left = f"{one.worst.place} ← " if one.worst.place != one.now.place else ""
    right = f" → {one.best.place}" if one.best.place != one.now.place else ""
    return f"{left}{one.now.place}{right}"


def _tip(view: View, one: LeverPlaces, mode: PeersMode, say: Speech) -> str:
    name = say.name(view.edition.lever_by_code[one.lever].name)
    parts = [say("sensitivity.best_same", name=name)]
    if one.best.place != one.now.place:
        fields = _stop_words(view, one.lever, one.best, mode, say)
        gain = say.points(one.gain, sign=True)
        parts = [
            say("sensitivity.best_tip", name=name, now=one.now.place, points=gain, **fields)
        ]  # fmt: skip
    if one.worst.place != one.now.place:
        fields = _stop_words(view, one.lever, one.worst, mode, say)
        parts.append(say("sensitivity.worst_tip", **fields))
    return " · ".join(parts)


def _stop_words(
    view: View, lever: str, stop: Stop, mode: PeersMode, say: Speech
) -> dict[str, object]:
    bounds = view.ranges[lever]
    best, worst = stop.interval
    half = say("sensitivity.half", best=best, worst=worst) if mode is UNCERTAIN else ""
    return {
        "change": say.change(stop.change, bounds.basis), "unit": say(f"unit.{bounds.count_unit}"),
        "place": stop.place, "half": half,
    }  # fmt: skip


def levers_table(
    view: View, levers: Iterable[LeverPlaces], mode: PeersMode, say: Speech
) -> pd.DataFrame:
    """All usable levers at their lowest, present, best and highest stops."""
    rows = []
    for one in levers:
        bounds = view.ranges[one.lever]
        row: dict[str, object] = {
            "tables.lever": say.name(bounds.lever.name),
            "tables.code": one.lever,
            "tables.unit": say(f"unit.short_{bounds.count_unit}"),
        }
        for name in ("lowest", "now", "best", "highest"):
            stop: Stop = getattr(one, name)
            # Of cases still to come a stop may be a part of one.
            change = stop.change if bounds.basis is Basis.RATE else round(stop.change)
            row[f"sensitivity.{name}_change"] = change
            row[f"sensitivity.{name}_place"] = stop.place
        if mode is UNCERTAIN:
            row["sensitivity.best_half"] = span(one.best.interval)
        row["sensitivity.gain"] = one.gain / 100
        if mode is UNCERTAIN:
            row["sensitivity.better"] = _percent(one.best.better - one.now.better)
        rows.append(row)
    return _named(rows, say)


def places_table(places: Places, say: Speech) -> pd.DataFrame:
    """Rows for ``reweighted_chart``: places that other weights lead to."""
    half, most = places.interval(0.5), places.interval(0.9)
    best, worst = places.seen
    rows = []
    for place in range(best, worst + 1):
        chance = float(places.chances[place - 1])
        kinds = [
            kind for kind, ends in (("half", half), ("most", most)) if ends[0] <= place <= ends[1]
        ]
        shown = whole_percent(chance, say)
        tip = say("sensitivity.chance_tip", rank=place, chance=shown)
        rows.append({"name": place, "chance": chance, "kind": [*kinds, "rare"][0], "tip": tip})
    return pd.DataFrame(rows)


def pairs_table(pairs: Iterable[Pair], names: Mapping[str, str], say: Speech) -> pd.DataFrame:
    """Neighbours of the list by the chance that other weights swap them."""
    rows: list[dict[str, object]] = [
        {
            "sensitivity.ahead": names[pair.ahead],
            "sensitivity.behind": names[pair.behind],
            "sensitivity.gap": pair.gap / 100,
            "sensitivity.swapped": _percent(pair.chance),
        }
        for pair in sorted(pairs, key=lambda pair: -pair.chance)
    ]
    return _named(rows, say)


def peers_table(
    found: Iterable[PeerChance], names: Mapping[str, str], mode: PeersMode, say: Speech
) -> pd.DataFrame:
    """Peers by how much they decide; on a trend those that change order, all of them certain."""
    rows = []
    for peer in found:
        row: dict[str, object] = {
            "tables.name": names[peer.code],
            "tables.code": peer.code,
            "tables.total": peer.total / 100,
            "sensitivity.distance": peer.distance / 100,
        }
        if mode is UNCERTAIN:
            row["sensitivity.above"] = _percent(peer.above)
            row["sensitivity.turns"] = _percent(peer.turns)
            row["sensitivity.share"] = _percent(peer.share)
        if mode is UNCERTAIN or peer.turns:
            rows.append(row)
    return _named(rows, say)


def _percent(chance: float) -> float:
    return round(100 * chance, 1)


def _named(rows: list[dict[str, object]], say: Speech) -> pd.DataFrame:
    """Columns are keys of the catalogue."""
    table = pd.DataFrame(rows)
    return table.rename(columns={key: say(key) for key in table.columns})
