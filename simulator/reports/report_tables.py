"""Every table of the app for one scenario, as files take it: numbers inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd
from pandas.api.types import is_numeric_dtype

from simulator import __version__
from simulator.baseline import Basis
from simulator.numbers import format_date
from simulator.presentation import (
    figures,
    loss_tables,
    plan_reach,
    plan_tables,
    priority_tables,
    rank_tables,
    tables,
)
from simulator.presentation.dividing import annex as annexes
from simulator.presentation.dividing.found import listed_of
from simulator.presentation.point_columns import point_columns
from simulator.presentation.priorities_found import moving, priorities_of
from simulator.presentation.speech import Speech
from simulator.reports.in_full import in_full
from simulator.reports.sheet import Table, csv_file
from simulator.reports.subject import Subject
from simulator.text import catalogue

Makers = Iterator[tuple[str, pd.DataFrame]]
# The table whose codes are those of units, which are looked up by them.
OF_UNITS = ("ranking",)
FLAGS = frozenset(key for key in catalogue("vi") if key.startswith("flags."))
# Tables that depend on what the peers do, and those in which they stand still.
WITH_PEERS, WITH_STILL_PEERS = ("ranking", "needed", "chances"), ("rank_groups",)


def made_tables(subject: Subject) -> tuple[Table, ...]:
    """All tables that have rows, in the order in which a reader asks for them."""
    say = subject.say
    in_points, codes = point_columns(say), (say("tables.code"),)
    return tuple(
        Table(
            key, say(f"report_tables.{key}"), _in_words(frame, say),
            _decimals(frame, in_points, say), aside=() if key in OF_UNITS else codes,
        )
        for part in _PARTS
        for key, frame in part(subject)
        if not frame.empty
    )  # fmt: skip


def _in_words(frame: pd.DataFrame, say: Speech) -> pd.DataFrame:
    """``frame`` without the short forms and the codes that its cells have on the screens."""

    def told(cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        return say(f"flags.{cell}") if f"flags.{cell}" in FLAGS else in_full(cell, say)

    found = frame.copy()
    for k in range(len(frame.columns)):
        if not is_numeric_dtype(frame.dtypes.iloc[k]):
            found.isetitem(k, [told(cell) for cell in frame.iloc[:, k]])
    return found


def table_csv(subject: Subject, table: Table) -> bytes:
    """``table`` as a file of its own: its last columns tell whose figures they are."""
    view, say = subject.view, subject.say
    peers = ""
    if table.key in WITH_PEERS:
        peers = tables.peers_words(view.rank_ahead, say)
    elif table.key in WITH_STILL_PEERS:
        peers = say("tables.peers_fixed")
    frame = tables.with_source(table.frame, view, say, peers)
    return csv_file(replace(table, frame=frame), subject.language)


def about(subject: Subject) -> dict[str, str]:
    """What a workbook of tables says of itself: label -> text."""
    view, say = subject.view, subject.say
    ahead = view.outlook
    way = say("report_tables.way_whole") if subject.is_moved else say("headline.not_simulated")
    if ahead is not None:
        last = format_date(ahead.period.last.isoformat())
        way = f"{say('report_tables.way_ahead', last=last)}; {figures.inflow_words(ahead, say)}"
    scenario = {
        "scenario": subject.content.name,
        "author": subject.content.author,
        "way": way,
        "peers": tables.peers_words(view.rank_ahead, say) if view.peers else say("unit.unknown"),
        "notices": "\n".join(subject.warnings),
    }
    return _labelled(scenario, say) | about_figures(subject)


def about_figures(subject: Subject) -> dict[str, str]:
    """The same of the figures alone, without the scenario."""
    view, say = subject.view, subject.say
    told = {
        "unit": f"{view.unit.name} ({view.unit.code})",
        "source": say.name(view.baseline.title),
        "captured": format_date(view.baseline.captured_at) or say("unit.unknown"),
        "edition": say.name(view.edition.title),
        "mark": view.baseline.fingerprint,
        "program": say("report_tables.program_value", version=__version__),
    }
    return _labelled(told, say)


def _labelled(told: Mapping[str, str], say: Speech) -> dict[str, str]:
    return {say(f"report_tables.{key}"): text for key, text in told.items() if text}


def _decimals(frame: pd.DataFrame, in_points: set[str], say: Speech) -> Mapping[str, int]:
    numbers = frame.select_dtypes("number").columns
    return {str(name): say.decimals for name in numbers if str(name) in in_points}


def _scores(subject: Subject) -> Makers:
    view, say = subject.view, subject.say
    yield "groups", tables.groups(view, say)
    yield "indicators", tables.indicators(view, say)
    yield "losses", loss_tables.reasons(view, loss_tables.largest(view), say)
    yield "facts", tables.facts(view, say)


def _what_if(subject: Subject) -> Makers:
    if subject.is_moved:
        yield "levers", tables.levers(subject.view, subject.say)
    yield "assumptions", _assumptions(subject)


def _assumptions(subject: Subject) -> pd.DataFrame:
    """Starting counts that were not published: typed, or inferred from what was."""
    view, say = subject.view, subject.say
    return pd.DataFrame(
        [
            {
                say("tables.indicator"): say.name(item.name),
                say("tables.code"): item.code,
                say("report_tables.numerator"): known.numerator,
                say("report_tables.denominator"): known.denominator,
            }
            for item, known in zip(view.edition.indicators, view.unit.evidence, strict=True)
            if known.assumed and known.basis is Basis.COUNTS
        ]
    )


def _places(subject: Subject) -> Makers:
    view, say = subject.view, subject.say
    ahead, score = view.rank_ahead, view.projection.after.total
    yield "ranking", tables.ranking(view, say)
    if view.peers is None:
        return
    yield "rank_groups", rank_tables.by_group(view, view.peers, say)
    if ahead is not None and score is not None:
        yield "needed", rank_tables.needed_table(view, ahead, score, say)
        yield "chances", rank_tables.chances_table(ahead, score, say)


def _effort(subject: Subject) -> Makers:
    view, say = subject.view, subject.say
    gaining = [one for one in priorities_of(subject.scenario) if one.gain]
    ordered = sorted(gaining, key=priority_tables.ORDERS["per_hour"])
    is_moving = moving(view) is not None
    yield "priorities", priority_tables.priorities_table(view, ordered, say, moving=is_moving)


def _months(subject: Subject) -> Makers:
    view, say, path = subject.view, subject.say, subject.path
    if path.ends:
        yield "months_levers", plan_tables.steps(view, path, say)
        yield "months_scores", plan_tables.ends(view, path, say)
        moved = plan_tables.moved_indicators(view, path)
        yield "months_indicators", plan_tables.months(view, path, moved, say)
    if view.reach is not None:
        yield "reach", plan_reach.reach(view, view.reach, say)


def _units(subject: Subject) -> Makers:
    view, say, divided = subject.view, subject.say, subject.divided
    if divided is None:
        return
    found, division = divided.allocation, subject.division
    listed = listed_of(view, division)
    yield "units", annexes.annex(view, found, listed, division, say)
    yield "units_months", annexes.paths(view, found, listed, say)


_PARTS: tuple[Callable[[Subject], Makers], ...] = (
    _scores, _what_if, _places, _effort, _months, _units,
)  # fmt: skip
