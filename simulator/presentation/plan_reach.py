"""Table of what can still be reached: to be read, to be printed and to be downloaded."""

from __future__ import annotations

import pandas as pd

from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.project import State
from simulator.reach import Reachable


def reach(view: View, reachable: Reachable, say: Speech) -> pd.DataFrame:
    """Indicators, groups, total and rank: now, at worst, at present rates, at best."""
    states = _states(reachable)
    names = [say(f"plan.{word}") for word in ("now", "floor", "line", "ceiling")]
    rows = []
    for group in view.edition.groups:
        values = [one.groups[group.code] for one in states]
        if group.code in reachable.held:
            values = [values[0], None, None, None]
        rows.append(_reach_row(say.name(group.name), values, names, group.maximum, say))
        for k in view.edition.group_positions[group.code]:
            item = view.edition.indicators[k]
            if view.unit.knows(k):
                points = [one.indicators[k] for one in states]
                name = f"– {say.name(item.name)}"
                rows.append(_reach_row(name, points, names, item.maximum, say))
    totals = [one.total for one in states]
    return pd.DataFrame([_reach_row(say("tables.total"), totals, names, 100, say), *rows])


def ranks(reachable: Reachable, say: Speech) -> str:
    """Places at worst, at present rates and at best; empty without peers."""
    states = _states(reachable)
    places = [one.standing.rank for one in states if one.standing]
    if len(places) < len(states):
        return ""
    now, floor, line, ceiling = places
    return say("plan.ranks", now=now, floor=floor, line=line, ceiling=ceiling)


def _states(reachable: Reachable) -> tuple[State, State, State, State]:
    line = reachable.line
    return line.before, reachable.floor.after, line.after, reachable.ceiling.after


def _reach_row(
    name: str, values: list[int | None], names: list[str], maximum: int, say: Speech
) -> dict[str, object]:
    points = [None if value is None else value / 100 for value in values]
    return {
        say("plan.what"): name, **dict(zip(names, points, strict=True)),
        say("tables.maximum"): float(maximum),
    }  # fmt: skip
