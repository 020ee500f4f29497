"""In what the scenarios differ, as rows of the table; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pages.ui.comparing.lines import BLANK, Cell, Line
from simulator import library
from simulator.baseline import Basis
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech
from simulator.rules import Edition
from simulator.scenario_comparison import Comparison, Part, Row, Value

POINT = "point"
# The code of these is that of a lever; of an assumption that of an indicator.
OF_LEVERS = (Part.LEVER, Part.LOCK, Part.HOURS, Part.PER_MONTH, Part.FLOOR)


def difference_lines(found: Comparison, say: Speech) -> list[Line]:
    """Every lever and every other part in which the scenarios differ."""
    return [_line(found, row, say) for row in found.differing]


def source_lines(found: Comparison, say: Speech) -> list[Line]:
    """Whose figures each column is about and how it looks at them, for a file."""

    def line(part: Part, values: Sequence[str]) -> Line:
        return Line(say(f"comparing.part_{part}"), tuple(Cell(text, text) for text in values))

    every = (found.now, *found.results)
    return [
        line(Part.UNIT, [one.unit.name for one in every]),
        line(Part.BASELINE, [_baseline(one.scenario.baseline, say) for one in every]),
        line(Part.UNTIL, ["", *(_until(one.scenario.until, say) for one in found.results)]),
    ]


def shared_words(found: Comparison, say: Speech) -> list[str]:
    """What all the scenarios change alike, one sentence each."""
    pairs = [(_label(found, row, say), _cell(found, row, 0, say).text) for row in found.shared]
    return [say("comparing.shared_row", label=label, value=value) for label, value in pairs]


def _line(found: Comparison, row: Row, say: Speech) -> Line:
    cells = tuple(_cell(found, row, k, say) for k in range(len(row.values)))
    units = dict.fromkeys(say(f"unit.{unit}") for unit in row.count_units)
    return Line(_label(found, row, say), (_now(row, say), *cells), "/".join(units))


def _now(row: Row, say: Speech) -> Cell:
    """The present moves no lever; of the rest of a scenario it has nothing."""
    return Cell(say.count(0), 0) if row.part is Part.LEVER else BLANK


def _label(found: Comparison, row: Row, say: Speech) -> str:
    edition = found.results[0].projection.edition
    return say(f"comparing.part_{row.part}", name=_name(edition, row, say))


def _name(edition: Edition, row: Row, say: Speech) -> str:
    if row.part in OF_LEVERS:
        return say.name(edition.lever_by_code[row.code].name)
    if row.part is Part.ASSUMPTION:
        return say.name(edition.indicator(row.code).name)
    return say(f"horizon.flow_{row.code}") if row.part is Part.INFLOW else ""


def _cell(found: Comparison, row: Row, k: int, say: Speech) -> Cell:
    value = row.values[k]
    if row.part in (Part.LEVER, Part.FLOOR):
        return _amount(row, k, say)
    if row.part is Part.UNIT:
        name = found.results[k].unit.short_name
        return Cell(name, name)
    text = _WORDS[row.part](value, say)
    number = None if isinstance(value, bool) else _number(value)
    return Cell(text, text if number is None else number)


def _amount(row: Row, k: int, say: Speech) -> Cell:
    """A change of a lever with what is counted, or the least change that has to be."""
    value = _number(row.values[k]) or 0.0
    is_lever = row.part is Part.LEVER
    if not value:
        return Cell(say.count(0) if is_lever else say("comparing.no_floor"), 0)
    unit = row.count_units[k]
    if is_lever:
        count = say.change(value, Basis.RATE if unit == POINT else Basis.COUNTS)
    else:
        count = say.count(value)
    text = say("comparing.with_unit", count=count, unit=say(f"unit.short_{unit}"))
    return Cell(text, value)


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _baseline(value: Value, say: Speech) -> str:
    try:
        there = library.load(str(value))
    except SimulatorError:
        return str(value)
    title, when = say.name(there.title), format_date(there.captured_at)
    return say("comparing.read", title=title, when=when) if when else title


def _until(value: Value, say: Speech) -> str:
    if not value:
        return say("horizon.whole")
    return say("horizon.ahead_day", last=format_date(str(value)))


def _pace(value: Value, say: Speech) -> str:
    return say("horizon.source_months" if value else "horizon.by_pace")


def _inflow(value: Value, say: Speech) -> str:
    coming = _number(value)
    return say("comparing.inflow_usual") if coming is None else say.count(coming)


def _assumption(value: Value, say: Speech) -> str:
    if not isinstance(value, tuple):
        return say("comparing.no_assumption")
    return "/".join(say.count(part) for part in value)


def _own(value: Value, say: Speech) -> str:
    own = _number(value)
    return say("comparing.example") if own is None else hours_text(own, say)


def _yes(value: Value, say: Speech) -> str:
    return say("comparing.yes" if value else "comparing.no")


_WORDS: dict[Part, Callable[[Value, Speech], str]] = {
    Part.BASELINE: _baseline,
    Part.UNTIL: _until,
    Part.PACE: _pace,
    Part.INFLOW: _inflow,
    Part.PEERS: lambda value, say: say(f"comparing.peers_{value}"),
    Part.SEED: lambda value, _: str(value),
    Part.OWN_MOVES: _yes,
    Part.LOCK: _yes,
    Part.ASSUMPTION: _assumption,
    Part.HOURS: _own,
    Part.PER_MONTH: _own,
}
