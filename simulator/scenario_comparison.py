"""Scenarios of one unit side by side: what each leads to, and only that in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator import library
from simulator.baseline import Baseline, Unit
from simulator.effort import hours
from simulator.errors import Notice, ScenarioError
from simulator.levers import lever_range
from simulator.planning import own_effort
from simulator.project import Projection, State, project
from simulator.rank import peers_of
from simulator.rank_ahead import Question, RankAhead, rank_ahead
from simulator.rules import Edition
from simulator.scenario import Scenario, assumed_unit, outlook_of

MOST_COLUMNS = 4
Value = float | int | str | bool | tuple[float, float] | None


class Part(StrEnum):
    """What of a scenario a row is about, in the order of the rows."""

    BASELINE = "baseline"
    UNIT = "unit"
    UNTIL = "until"  # ISO day, empty for "as if for the whole period"
    PACE = "pace"
    INFLOW = "inflow"  # code: kind of case; None where nobody typed it
    PEERS = "peers"
    SEED = "seed"
    OWN_MOVES = "own_moves"
    LEVER = "lever"  # code: lever; 0 where it was not moved
    ASSUMPTION = "assumption"  # code: indicator; (numerator, denominator) or None
    LOCK = "lock"  # code: lever; True or False
    HOURS = "hours"  # code: lever; None for the shipped example
    PER_MONTH = "per_month"  # code: lever; None for the shipped example
    FLOOR = "floor"  # code: lever; 0 where there is none


_WITHOUT = {Part.LEVER: 0.0, Part.LOCK: False, Part.FLOOR: 0.0}


@dataclass(frozen=True)
class Column:
    """A scenario to be compared, under the name it is shown with."""

    name: str
    scenario: Scenario


@dataclass(frozen=True)
class Result:
    """What a column leads to. Scores in hundredths.

    ``state``: groups, total, class and standing among the peers as they stand; ``ends``: best
    place of the interval, the one in the middle, the worst, on the day looked at (None without a
    rank; of the present score among the peers as the first scenario sees them); ``hours``: effort
    of the changes, with the office's own values.
    """

    name: str
    scenario: Scenario
    baseline: Baseline
    unit: Unit
    projection: Projection
    state: State
    ahead: RankAhead | None
    ends: tuple[int, int, int] | None
    hours: float


@dataclass(frozen=True)
class Row:
    """One part of the scenarios, one value per scenario; ``count_units`` of levers and floors
    tell what is counted (``point``: percentage points)."""

    part: Part
    code: str
    values: tuple[Value, ...]
    count_units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """``now``: the present of the first scenario's unit; ``results``: one per scenario.

    ``differing``: in what the scenarios differ (a single one from the present); ``shared``: what
    all of them change alike.
    """

    now: Result
    results: tuple[Result, ...]
    differing: tuple[Row, ...]
    shared: tuple[Row, ...]
    notices: tuple[Notice, ...]


def compare(edition: Edition, columns: Sequence[Column]) -> Comparison:
    """Up to :data:`MOST_COLUMNS` scenarios beside the present.

    Raises :class:`ScenarioError` for none or too many, for other rules than ``edition``, and for
    a scenario that cannot be evaluated.
    """
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise ScenarioError("compare_count", count=len(columns), most=MOST_COLUMNS)
    results = tuple(_result(edition, column) for column in columns)
    first = columns[0].scenario
    bare = Scenario(first.baseline, first.unit)
    now = _with_interval(_result(edition, Column("", bare), is_now=True), first)
    rows = _rows(edition, results)
    unmoved = dict(_values(bare))

    def is_differing(row: Row) -> bool:
        if len(row.values) > 1:
            return len(set(row.values)) > 1
        return row.values[0] != unmoved.get((row.part, row.code), _WITHOUT.get(row.part))

    differing = tuple(row for row in rows if is_differing(row))
    alike = [row for row in rows if row not in differing]
    shared = tuple(
        row
        for row in alike
        if row.values[0] != unmoved.get((row.part, row.code), _WITHOUT.get(row.part))
    )
    return Comparison(now, results, differing, shared, _notices(differing, results))


def _result(edition: Edition, column: Column, is_now: bool = False) -> Result:
    scenario = column.scenario
    baseline = library.load(scenario.baseline)
    if baseline.edition.code != edition.code:
        raise ScenarioError("editions_differ", first=edition.code, second=baseline.edition.code)
    unit = assumed_unit(edition, baseline.unit(scenario.unit), scenario)
    outlook = outlook_of(baseline, unit, scenario)
    peers = peers_of(baseline, unit, library.load)
    projection = project(edition, unit, dict(scenario.settings), peers, outlook)
    state = projection.before if is_now else projection.after
    ahead = None if is_now else rank_ahead(_question(scenario))
    effort = own_effort(edition, dict(scenario.hours), dict(scenario.per_month))
    spent = (
        hours(
            lever_range(edition, unit, edition.lever_by_code[code], outlook),
            effort.levers[code], change,
        )
        for code, change in projection.settings.items()
    )  # fmt: skip
    return Result(
        column.name, scenario, baseline, unit, projection, state, ahead,
        None if ahead is None or state.total is None else ahead.ends(state.total), sum(spent),
    )  # fmt: skip


def _with_interval(now: Result, first: Scenario) -> Result:
    """Where the present score ends up among the peers as ``first`` sees them."""
    ahead = rank_ahead(_question(first))
    if ahead is None or now.state.total is None:
        return now
    return replace(now, ahead=ahead, ends=ahead.ends(now.state.total))


def _question(scenario: Scenario) -> Question:
    return Question(
        scenario.baseline, scenario.unit, scenario.peers, scenario.until,
        seed=scenario.seed, own=scenario.own_moves,
    )  # fmt: skip


def _values(scenario: Scenario) -> Iterator[tuple[tuple[Part, str], Value]]:
    """Everything a scenario says, under its part and code."""
    yield (Part.BASELINE, ""), scenario.baseline
    yield (Part.UNIT, ""), scenario.unit
    yield (Part.UNTIL, ""), scenario.until
    yield (Part.PACE, ""), scenario.pace
    yield (Part.PEERS, ""), scenario.peers.value
    yield (Part.SEED, ""), scenario.seed
    yield (Part.OWN_MOVES, ""), scenario.own_moves
    yield from (((Part.LOCK, code), True) for code in scenario.locks)
    for code, numerator, denominator in scenario.assumptions:
        yield (Part.ASSUMPTION, code), (numerator, denominator)
    pairs: tuple[tuple[Part, Sequence[tuple[str, float]]], ...] = (
        (Part.INFLOW, scenario.inflow), (Part.LEVER, scenario.settings),
        (Part.HOURS, scenario.hours), (Part.PER_MONTH, scenario.per_month),
        (Part.FLOOR, scenario.floors),
    )  # fmt: skip
    for part, found in pairs:
        yield from (((part, code), value) for code, value in found)


def _rows(edition: Edition, results: Sequence[Result]) -> list[Row]:
    """All that any of the scenarios says, in the order of the parts and of the edition."""
    said = [dict(_values(result.scenario)) for result in results]
    order = [*edition.lever_by_code, *edition.position]
    parts = list(Part)

    def place(key: tuple[Part, str]) -> tuple[int, int, str]:
        part, code = key
        return parts.index(part), order.index(code) if code in order else -1, code

    return [
        Row(
            part, code,
            tuple(one.get((part, code), _WITHOUT.get(part)) for one in said),
            _count_units(edition, results, code) if part in (Part.LEVER, Part.FLOOR) else (),
        )
        for part, code in sorted({key for one in said for key in one}, key=place)
    ]  # fmt: skip


def _count_units(edition: Edition, results: Sequence[Result], code: str) -> tuple[str, ...]:
    lever = edition.lever_by_code[code]
    return tuple(
        lever_range(edition, result.unit, lever, result.projection.outlook).count_unit
        for result in results
    )


def _notices(differing: Sequence[Row], results: Sequence[Result]) -> tuple[Notice, ...]:
    """What makes the columns hard to lay beside each other."""
    if len(results) == 1:
        return ()
    parts = {row.part for row in differing}
    found = []
    if Part.UNIT in parts:
        found.append(Notice("compare_units_differ"))
    if Part.BASELINE in parts:
        found.append(Notice("compare_figures_differ"))
    if len({result.baseline.period for result in results}) > 1:
        found.append(Notice("compare_periods_differ"))
    if Part.UNTIL in parts:
        found.append(Notice("compare_days_differ"))
    if parts & {Part.PEERS, Part.OWN_MOVES}:
        found.append(Notice("compare_peers_differ"))
    return tuple(found)
