"""Tables to read and to download: numeric inside, written the local way on screen."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from pages.ui import figures
from pages.ui.view import Speech, View, contributions_of
from simulator.contributions import TOTAL_LIMIT
from simulator.text import catalogue


def shown(table: pd.DataFrame, say: Speech, decimals: int | None = None) -> Styler:
    """``table`` with numbers as text on screen; sorting still works on the numbers."""
    places = say.decimals if decimals is None else decimals
    point = "," if say.language == "vi" else "."
    formats: dict[Any, Any] = {}
    for column in table.select_dtypes("float").columns:
        whole = (table[column].dropna() % 1 == 0).all() and table[column].abs().max() > 100
        formats[column] = f"{{:,.{0 if whole else places}f}}"
    return table.style.format(
        formats, na_rep=say("unit.unknown"), decimal=point, thousands="." if point == "," else ","
    )


def groups(view: View, say: Speech) -> pd.DataFrame:
    """Six groups and the total: now, projected, change, maximum, mean and best of the peers."""
    table = figures.groups_table(view, say)
    projection = view.projection
    change = [projection.group_change[group.code] / 100 for group in view.edition.groups]
    rows = table.assign(change=change)[
        ["name", "now", "after", "change", "maximum", "mean", "best"]
    ].astype({"maximum": float})
    before, after = projection.before.total, projection.after.total
    total = {
        "name": say("tables.total"),
        "now": None if before is None else before / 100,
        "after": None if after is None else after / 100,
        "change": projection.total_change / 100,
        "maximum": 100.0,
        "mean": None,
        "best": None,
    }
    rows = pd.concat([rows, pd.DataFrame([total])], ignore_index=True)
    return _named(rows.astype(dict.fromkeys(rows.columns[1:], float)), say)


def levers(view: View, say: Speech) -> pd.DataFrame:
    """Changed levers: change, count and rate before and after, points brought."""
    rows = []
    for part in contributions_of(view.scenario):
        if part.lever == TOTAL_LIMIT:
            rows.append({"name": say("charts.total_limit"), "points": part.hundredths / 100})
            continue
        lever = view.edition.lever_by_code[part.lever]
        k = view.edition.position[lever.indicator]
        evidence, counts = view.unit.evidence[k], view.projection.counts
        rows.append(
            {
                "name": say.name(lever.name),
                "change": view.scenario.change(part.lever),
                "unit": say(f"unit.{view.edition.indicators[k].count_unit}"),
                "count_now": evidence.numerator,
                "count_after": counts.numerators[k],
                "rate_now": evidence.rate_percent,
                "rate_after": _rate(counts.numerators[k], counts.denominators[k]),
                "points": part.hundredths / 100,
            }
        )
    return _named(pd.DataFrame(rows), say)


def ranking(view: View, say: Speech) -> pd.DataFrame:
    """All peers after the what-if, with the place before it; empty without peers."""
    table = figures.ranking_table(view, say)
    if table.empty:
        return table
    names = {group.code: say.name(group.name) for group in view.edition.groups}
    kept = table[["rank", "rank_before", "name", "code", "total", *names]].rename(columns=names)
    return _named(kept, say)


def indicators(view: View, say: Speech) -> pd.DataFrame:
    """All indicators with counts, rate, points now, maximum and points lost."""
    table = figures.indicators_table(view, say)
    for column in ("now", "after", "maximum", "lost"):
        table[column] = table[column].astype(float) / 100
    kept = ["group", "name", "code", "counts", "rate", "now", "after", "maximum", "lost", "flag"]
    return _named(table[kept], say)


def _rate(numerator: float, denominator: float) -> float | None:
    return numerator / denominator * 100 if denominator else None


def _named(table: pd.DataFrame, say: Speech) -> pd.DataFrame:
    """Columns under their names in the catalogue; those already named stay."""
    known = catalogue(say.language)
    names = {column: f"tables.{column}" for column in table.columns}
    return table.rename(
        columns={column: known[key] for column, key in names.items() if key in known}
    )
