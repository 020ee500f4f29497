"""What changed between two readings of the same units."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.ui import written
from pages.ui.draw import download
from simulator import library
from simulator.changes import Changes, UnitChange, changes
from simulator.errors import ScenarioError
from simulator.library import Listed
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.rules import Edition
from simulator.text import explain

ROW, MOST_ROWS = 35, 14
LOOKED_AT = 12


def draw_choice(say: Speech) -> tuple[str, str] | None:
    """Two figures of the same rules, the older first; None if there are no two."""
    entries = {entry.id: entry for entry in library.listed()}
    by_edition: dict[str, list[str]] = {}
    for entry in entries.values():
        by_edition.setdefault(entry.edition, []).append(entry.id)
    if not any(len(ids) > 1 for ids in by_edition.values()):
        st.info(say("data.compare_none"))
        return None
    left, right = st.columns(2, gap="medium")
    mark = f"{library.version()}-{say.language}"
    after = right.selectbox(
        say("data.compare_after"), list(entries), key=f"compare-after-{mark}",
        format_func=lambda key: say.name(entries[key].title),
    )  # fmt: skip
    others = [key for key in by_edition[entries[after].edition] if key != after]
    if not others:
        st.info(say("data.compare_alone"))
        return None
    before = left.selectbox(
        say("data.compare_before"), _likely_first(entries, after, others),
        key=f"compare-before-{after}-{mark}", format_func=lambda key: say.name(entries[key].title),
    )  # fmt: skip
    return before, after


def _likely_first(entries: dict[str, Listed], after: str, others: list[str]) -> list[str]:
    """Readings of the same period first, then those with most units in common, then the newest."""
    then = entries[after]
    units = library.load(after).units.keys()

    def unlike(key: str) -> tuple[bool, int]:
        common = len(units & library.load(key).units.keys()) if key in newest[:LOOKED_AT] else 0
        return entries[key].period != then.period, -common

    newest = sorted(others, key=lambda key: entries[key].captured_at, reverse=True)
    return sorted(newest, key=unlike)


def draw(say: Speech) -> None:
    """Choose two, see the difference."""
    chosen = draw_choice(say)
    if chosen is None:
        return
    before, after = map(library.load, chosen)
    try:
        found = changes(before, after)
    except ScenarioError as problem:
        st.warning(literal(explain(problem, say.language)))
        return
    spoken = Speech(say.language, after.edition.decimals)
    for notice in found.notices:
        st.warning(literal(explain(notice, say.language)))
    _summary(found, say)
    table = _totals(found, after.edition, spoken)
    st.dataframe(
        _written(table, spoken), hide_index=True, placeholder=say("unit.unknown"),
        height=ROW * (min(len(table), MOST_ROWS) + 1) + 3, key="compare-totals",
    )  # fmt: skip
    download(table, say, "changes")
    _counts(found, after.edition, spoken)


def _summary(found: Changes, say: Speech) -> None:
    moved = sum(not unit.is_same for unit in found.units)
    st.markdown(say("data.compare_summary", moved=moved, count=len(found.units)))
    for key, codes in (("added", found.added), ("gone", found.gone)):
        if codes:
            shown = ", ".join(codes[:10])
            st.text(say(f"data.compare_{key}", count=len(codes), units=shown))


def _totals(found: Changes, edition: Edition, say: Speech) -> pd.DataFrame:
    """One row per unit: total before and after, change of the total and of every group."""
    rows = []
    for unit in found.units:
        row: dict[str, object] = {
            say("tables.name"): unit.name,
            say("data.before"): points_of(unit.total[0]),
            say("data.after"): points_of(unit.total[1]),
            say("tables.change_points"): change_of(unit.total),
        }
        for group in edition.groups:
            row[say.name(group.name)] = change_of(unit.groups[group.code])
        rows.append(row)
    table = pd.DataFrame(rows)
    return table.sort_values(say("tables.change_points"), ascending=False, kind="stable")


def _written(table: pd.DataFrame, say: Speech) -> Styler:
    """Scores as they are, changes with their sign; sorting still works on the numbers."""
    scores = [say("data.before"), say("data.after")]
    changes_ = [column for column in table.select_dtypes("number") if column not in scores]

    def shown(value: float, sign: bool) -> str:
        missing = pd.isna(value)
        return say("unit.unknown") if missing else say.points(round(100 * value), sign=sign)

    style = table.style.format(partial(shown, sign=False), subset=scores)
    return style.format(partial(shown, sign=True), subset=changes_)


def points_of(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def change_of(pair: tuple[int | None, int | None]) -> float | None:
    before, after = pair
    return None if before is None or after is None else (after - before) / 100


def _counts(found: Changes, edition: Edition, say: Speech) -> None:
    """Counts of one unit that moved, as what came in between."""
    moved = {unit.unit: unit for unit in found.units if unit.counts}
    if not moved:
        return
    st.subheader(say("data.compare_counts"), anchor=False)
    code = st.selectbox(
        say("frame.unit"), list(moved), format_func=lambda key: moved[key].name,
        key=f"compare-unit-{'-'.join(list(moved)[:1])}-{len(moved)}",
    )  # fmt: skip
    table = count_table(moved[code], edition, say)
    written.show(table, say)
    download(table, say, f"changes-{code}")


def count_table(unit: UnitChange, edition: Edition, say: Speech) -> pd.DataFrame:
    rows = []
    for change in unit.counts:
        item = edition.indicator(change.indicator)
        came = [after - before for before, after in zip(change.before, change.after, strict=True)]
        rows.append(
            {
                say("tables.indicator"): say.name(item.name),
                say("data.before"): _fraction(change.before, say),
                say("data.after"): _fraction(change.after, say),
                say(
                    "data.came"
                ): f"{say.count(came[0], sign=True)} / {say.count(came[1], sign=True)}",
            }
        )
    return pd.DataFrame(rows)


def _fraction(counts: tuple[float, float], say: Speech) -> str:
    return f"{say.count(counts[0])} / {say.count(counts[1])}"
