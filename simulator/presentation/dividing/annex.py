"""Files of a divided plan: every unit and lever, and the months of every unit; no Streamlit."""

from __future__ import annotations

import pandas as pd

from simulator.allocation import Allocation
from simulator.allocation_links import Division
from simulator.allocation_scores import UnitPlan
from simulator.allocation_table import Cell
from simulator.allocation_units import REST
from simulator.baseline import Baseline
from simulator.outlook import half_up
from simulator.presentation import plan_tables
from simulator.presentation.dividing.rows import named, tenths
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

WHOLE = (
    "number", "now_good", "now_cases", "share", "least", "end_good", "end_cases", "room",
    "place_now", "place_after",
)  # fmt: skip


def annex(
    view: View, found: Allocation, listed: Baseline, division: Division, say: Speech
) -> pd.DataFrame:
    """Every unit and lever, as numbers; empty shares where a unit publishes no counts."""
    floors = {(lever, unit): cases for lever, unit, cases in division.floors}
    plans: dict[str, UnitPlan] = {own.unit.code: own for own in found.units}
    numbers = {code: k for k, code in enumerate(plans, start=1)}
    rows: list[dict[str, object]] = []
    for row in found.rows:
        cells = {cell.unit: cell for cell in row.takers}
        for code in [*plans, *([REST] if row.rest is not None else [])]:
            own, cell = plans.get(code), cells.get(code)
            rows.append(
                {
                    "dividing.number": numbers.get(code),
                    "dividing.unit": own.unit.name if own else say("dividing.rest_name"),
                    "dividing.unit_code": code,
                    "dividing.lever": say.name(row.lever.name),
                    "tables.code": row.lever.code,
                    "tables.unit": say(f"unit.{view.ranges[row.lever.code].count_unit}"),
                    "dividing.least": floors.get((row.lever.code, code)),
                    **_cell(cell, view.outlook is not None, say),
                    **_scores(own),
                    "dividing.responsible": say.name(row.lever.responsible),
                }
            )
    table = named(rows, say)
    table = table.astype({say(f"dividing.{name}"): "Int64" for name in WHOLE})
    return _with_way(table, found, listed, say)


def _with_way(
    table: pd.DataFrame, found: Allocation, listed: Baseline, say: Speech
) -> pd.DataFrame:
    """``table`` with whose figures the units have, and how the plan was divided."""
    return table.assign(
        **{
            say("dividing.list"): say.name(listed.title),
            say("dividing.way"): say(f"dividing.way_{found.way}"),
        }
    )


def _cell(cell: Cell | None, ahead: bool, say: Speech) -> dict[str, object]:
    keys = ("now_good", "now_cases", "now_rate", "share", "how", "end_good", "end_cases",
            "end_rate", "room", "hours")  # fmt: skip
    if cell is None:
        silent = say("dividing.no_counts")
        return {**dict.fromkeys(f"dividing.{key}" for key in keys), "dividing.how": silent}
    return {
        "dividing.now_good": half_up(cell.now[0]),
        "dividing.now_cases": half_up(cell.now[1]),
        "dividing.now_rate": tenths(cell.now_percent),
        **({"dividing.line_rate": tenths(cell.line_percent)} if ahead else {}),
        "dividing.share": cell.share,
        "dividing.how": say("dividing.by_hand") if cell.is_fixed else "",
        "dividing.end_good": half_up(cell.target[0]),
        "dividing.end_cases": half_up(cell.target[1]),
        "dividing.end_rate": tenths(cell.target_percent),
        "dividing.room": cell.room,
        "dividing.hours": round(cell.hours, 1),
    }


def _scores(own: UnitPlan | None) -> dict[str, object]:
    before, after = (
        (own.projection.before.total, own.projection.after.total) if own else (None, None)
    )
    return {
        "dividing.total_now": None if before is None else before / 100,
        "dividing.total_after": None if after is None else after / 100,
        "dividing.place_now": own.before.rank if own and own.before else None,
        "dividing.place_after": own.after.rank if own and own.after else None,
    }


def paths(view: View, found: Allocation, listed: Baseline, say: Speech) -> pd.DataFrame:
    """The months of every unit that gets a share: one row per unit, lever and month."""
    parts = []
    for number, own in enumerate(found.units, start=1):
        if own.settings and own.path is not None:
            steps = plan_tables.steps(view, own.path, say)
            steps.insert(0, say("dividing.number"), number)
            steps.insert(1, say("dividing.unit"), own.unit.name)
            steps.insert(2, say("dividing.unit_code"), own.unit.code)
            parts.append(steps)
    if not parts:
        return pd.DataFrame()
    return _with_way(pd.concat(parts, ignore_index=True), found, listed, say)
