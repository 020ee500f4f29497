"""Rows of a divided plan: to draw and to download, numbers inside; no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from simulator.allocation import Allocation
from simulator.allocation_links import Division
from simulator.allocation_scores import UnitPlan
from simulator.allocation_table import Cell, Row
from simulator.allocation_units import REST
from simulator.numbers import shown_percent
from simulator.presentation.dividing import words
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Lever


def lever_name(view: View, lever: Lever, say: Speech) -> str:
    """``Giải quyết đúng hạn thêm hồ sơ (hồ sơ)``."""
    unit = say(f"unit.{view.ranges[lever.code].count_unit}")
    return f"{say.name(lever.name)} ({unit})"


def summary(view: View, found: Allocation, say: Speech) -> pd.DataFrame:
    """One row per lever that is divided, and the sum of the hours: to be read and printed."""
    with_rest = any(row.rest is not None for row in found.rows)
    rows = [
        {
            "dividing.lever": lever_name(view, row.lever, say),
            "dividing.plan": say.count(row.amount),
            "dividing.handed": say.count(row.named),
            **({"dividing.rest_column": say.count(row.handed - row.named)} if with_rest else {}),
            "dividing.shortfall": say.count(row.shortfall),
            "dividing.getting": say(
                "dividing.getting_of",
                count=sum(cell.share > 0 for cell in row.cells), of=len(row.cells),
            ),
            "dividing.hours": words.hours(row.hours, say),
            "dividing.responsible": say.name(row.lever.responsible),
        }
        for row in found.rows
    ]  # fmt: skip
    if len(rows) > 1:
        whole = words.hours(sum(row.hours for row in found.rows), say)
        rows.append({**dict.fromkeys(rows[0], ""), "dividing.lever": say("dividing.sum"),
                     "dividing.hours": whole})  # fmt: skip
    return named(rows, say)


def lever_table(view: View, row: Row, cells: Sequence[tuple[int, Cell]], division: Division,
                known: Mapping[str, str], say: Speech) -> pd.DataFrame:  # fmt: skip
    """One row per unit with its share of one lever; ``cells`` with their numbers."""
    floors = {unit: cases for lever, unit, cases in division.floors if lever == row.lever.code}
    ahead = view.outlook is not None
    rows = []
    for number, cell in cells:
        rows.append(
            {
                "dividing.number": number,
                "dividing.unit": known[cell.unit],
                "dividing.now_counts": words.counts(cell.now, say),
                "dividing.now_rate": tenths(cell.now_percent),
                **({"dividing.line_rate": tenths(cell.line_percent)} if ahead else {}),
                "dividing.share": cell.share,
                "dividing.least": floors.get(cell.unit),
                "dividing.how": say("dividing.by_hand") if cell.is_fixed else "",
                end_key("counts", ahead): words.counts(cell.target, say),
                end_key("rate", ahead): tenths(cell.target_percent),
                "dividing.room": cell.room,
                "dividing.hours": round(cell.hours, 1),
            }
        )
    table = named(rows, say)
    least = say("dividing.least")
    return table.astype({least: "Int64"}) if rows else table


def end_key(what: str, ahead: bool) -> str:
    """Name of a column of the end: of the period, or simply with the shares."""
    return f"dividing.{'end' if ahead else 'after'}_{what}"


def _sums(row: Row) -> tuple[tuple[float, float], tuple[float, float]]:
    """Good and all cases of everybody who takes part, now and in the end."""
    now = [cell.now for cell in row.takers]
    end = [cell.target for cell in row.takers]
    return (
        (sum(good for good, _ in now), sum(all_ for _, all_ in now)),
        (sum(good for good, _ in end), sum(all_ for _, all_ in end)),
    )


def sum_words(view: View, row: Row, say: Speech) -> str:
    """The sum of the table: what the annex ends with."""
    now, end = _sums(row)
    amount = say.count(row.amount)
    if row.handed > row.named:
        rest = say.count(row.handed - row.named)
        amount = f"{amount} ({say('dividing.sum_rest', rest=rest)})"
    return say(
        "dividing.sum_words", now=words.counts(now, say), now_rate=rate(now, say),
        share=say.count(row.handed), amount=amount,
        end=words.counts(end, say), end_rate=rate(end, say), hours=words.hours(row.hours, say),
        room=say.count(sum(cell.room for cell in row.takers)),
    )  # fmt: skip


def sum_row(view: View, row: Row, say: Speech) -> pd.DataFrame:
    """The same as the last row of :func:`lever_table`."""
    now, end = _sums(row)
    ahead = view.outlook is not None
    cells: dict[str, object] = {
        "dividing.unit": say("dividing.sum"),
        "dividing.now_counts": words.counts(now, say),
        "dividing.now_rate": 100 * now[0] / now[1] if now[1] else None,
        "dividing.share": row.handed,
        end_key("counts", ahead): words.counts(end, say),
        end_key("rate", ahead): 100 * end[0] / end[1] if end[1] else None,
        "dividing.room": sum(cell.room for cell in row.takers),
        "dividing.hours": row.hours,
    }
    return named([cells], say)


def rate(pair: tuple[float, float], say: Speech) -> str:
    """``74,8%`` of good and all cases."""
    return say.percent(100 * pair[0] / pair[1] if pair[1] else None)


def all_table(
    found: Allocation, units: Sequence[tuple[int, UnitPlan]], known: Mapping[str, str], say: Speech
) -> pd.DataFrame:
    """One row per unit with one column per lever, its own score and place; then the sum."""
    shares = {row.lever.code: {cell.unit: cell.share for cell in row.takers} for row in found.rows}
    columns = {row.lever.code: say.name(row.lever.name) for row in found.rows}
    rows: list[dict[str, object]] = []
    for number, own in units:
        before, after = own.projection.before.total, own.projection.after.total
        rows.append(
            {
                "dividing.number": number,
                "dividing.unit": known[own.unit.code],
                **{name: shares[code].get(own.unit.code) for code, name in columns.items()},
                "dividing.hours": round(own.hours, 1),
                "dividing.total_now": None if before is None else before / 100,
                "dividing.total_after": None if after is None else after / 100,
                "dividing.places": words.places(own.before, own.after, say),
            }
        )
    rest = {name: shares[code].get(REST) for code, name in columns.items()}
    if any(one is not None for one in rest.values()):
        spent = sum(row.rest.hours for row in found.rows if row.rest is not None)
        rows.append(
            {"dividing.unit": known[REST], **rest, "dividing.hours": round(spent, 1)}
        )  # fmt: skip
    rows.append(
        {
            "dividing.unit": say("dividing.sum"),
            **{columns[row.lever.code]: row.handed for row in found.rows},
            "dividing.hours": round(sum(row.hours for row in found.rows), 1),
        }
    )
    whole = ["dividing.number", *columns.values()]
    table = pd.DataFrame(rows).astype(dict.fromkeys(whole, "Int64"))
    keys = [column for column in table.columns if str(column).startswith("dividing.")]
    return table.rename(columns={key: say(key) for key in keys})


def named(rows: Sequence[Mapping[str, object]], say: Speech) -> pd.DataFrame:
    """A table whose columns are named by the keys of ``rows``."""
    table = pd.DataFrame(rows)
    return table.rename(columns={column: say(str(column)) for column in table.columns})


def tenths(percent: float | None) -> float | None:
    """A rate with the one decimal it is shown with."""
    return None if percent is None else shown_percent(percent)
