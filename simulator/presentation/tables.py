"""Tables to read and to download, with numbers inside, and whose figures they are."""

from __future__ import annotations

import pandas as pd

from simulator.baseline import Basis
from simulator.contributions import Contribution
from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.presentation import figures
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, contributions_of
from simulator.rank_ahead import RankAhead
from simulator.text import catalogue


def with_source(table: pd.DataFrame, view: View, say: Speech, peers: str = "") -> pd.DataFrame:
    """``table`` with whose figures they are, of when, how the projection looks at them, and what
    the ``peers`` do in them."""
    ahead = view.outlook
    way = say("headline.mode")
    if ahead is not None:
        last = format_date(ahead.period.last.isoformat())
        way = say("tables.way_ahead", last=last, coming=figures.inflow_words(ahead, say))
    elif not view.changed:
        way = say("headline.not_simulated")
    return table.assign(
        **{
            say("tables.unit_column"): view.unit.name,
            say("tables.source_column"): say.name(view.baseline.title),
            say("tables.way_column"): way,
            **({say("tables.peers_column"): peers} if peers else {}),
        }
    )


def peers_words(ahead: RankAhead | None, say: Speech) -> str:
    """What the peers do in figures of the end of the period; how to draw them again."""
    if ahead is None or ahead.last is None or ahead.mode is PeersMode.FIXED:
        return say("tables.peers_fixed")
    last = format_date(ahead.last.isoformat())
    if ahead.mode is PeersMode.TREND:
        return say("tables.peers_trend", last=last)
    key = "own" if ahead.question.own else "uncertain"
    draws = say.count(ahead.question.draws)
    return say(f"tables.peers_{key}", last=last, draws=draws, seed=ahead.question.seed)


def groups(view: View, say: Speech) -> pd.DataFrame:
    """Six groups and the total: now, projected, change, maximum, mean and best of the peers."""
    table = figures.groups_table(view, say)
    projection = view.projection
    change = [projection.group_change[group.code] / 100 for group in view.edition.groups]
    rows = table.assign(change_points=change)[
        ["name", "now", "after", "change_points", "maximum", "mean", "best"]
    ].astype({"maximum": float})
    before, after = projection.before.total, projection.after.total
    total = {
        "name": say("tables.total"),
        "now": None if before is None else before / 100,
        "after": None if after is None else after / 100,
        "change_points": projection.total_change / 100,
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
        if part.lever not in view.edition.lever_by_code:
            name = say(f"charts.{part.lever.lower()}")
            rows.append({"name": name, "points": part.hundredths / 100})
            continue
        rows.append(_lever_row(view, part, say))
    return _named(pd.DataFrame(rows), say)


def _lever_row(view: View, part: Contribution, say: Speech) -> dict[str, object]:
    """A changed lever; counts only where they were published, rates where the lever moves one."""
    lever = view.edition.lever_by_code[part.lever]
    k = view.edition.position[lever.indicator]
    evidence, counts = view.unit.evidence[k], view.projection.counts
    bounds = view.ranges[lever.code]
    row: dict[str, object] = {
        "name": say.name(lever.name),
        "change": view.scenario.change(part.lever),
        "unit": say(f"unit.{bounds.count_unit}"),
        "points": part.hundredths / 100,
    }
    moved_part = lever.moves[0].part if lever.moves else "numerator"
    if evidence.basis is not Basis.RATE:
        row["count_now"] = getattr(evidence, moved_part)
        row["count_after"] = float(round(getattr(counts, f"{moved_part}s")[k]))
    if moved_part == "numerator":
        row["rate_now"] = evidence.rate_percent
        row["rate_after"] = counts.rate_percent(k)
    return row


def ranking(view: View, say: Speech) -> pd.DataFrame:
    """All peers after the what-if, with the place before it; empty without peers."""
    table = figures.ranking_table(view)
    if table.empty:
        return table
    names = {group.code: say.name(group.name) for group in view.edition.groups}
    ahead = view.rank_ahead
    above = ["above"] if ahead is not None and ahead.mode is PeersMode.UNCERTAIN else []
    columns = ["rank", "rank_before", "name", "code", "total", *above, *names]
    last = "" if ahead is None or ahead.last is None else f"{ahead.last:%d/%m}"
    chance = say("ranking.above", unit=view.unit.short_name, last=last)
    return _named(table[columns].rename(columns={**names, "above": chance}), say)


def indicators(view: View, say: Speech) -> pd.DataFrame:
    """All indicators with counts, rate, points now, maximum and points lost."""
    table = figures.indicators_table(view, say)
    for column in ("now", "after", "maximum", "lost"):
        table[column] = table[column].astype(float) / 100
    kept = ["group", "name", "code", "counts", "rate", "now", "after", "maximum", "lost", "flag"]
    return _named(table[kept], say)


def facts(view: View, say: Speech) -> pd.DataFrame:
    """Further figures that were published of the unit; empty where there are none."""
    return pd.DataFrame(
        [
            {
                say("tables.fact"): say(f"facts.{fact.code}"),
                say("tables.value"): fact.value,
                say("tables.unit"): say(f"unit.{fact.value_unit}") if fact.value_unit else "",
                say("tables.raw"): fact.raw,
                say("tables.note"): fact.note,
            }
            for fact in view.unit.facts
        ]
    )


def _named(table: pd.DataFrame, say: Speech) -> pd.DataFrame:
    """Columns under their names in the catalogue; those already named stay."""
    known = catalogue(say.language)
    names = {column: f"tables.{column}" for column in table.columns}
    return table.rename(
        columns={column: known[key] for column, key in names.items() if key in known}
    )
