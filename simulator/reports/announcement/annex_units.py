"""Annexes about lists of units: ranked with their groups, and some component figures of each."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.baseline import UNKNOWN, Baseline, Evidence, Unit
from simulator.rank import class_of
from simulator.reports.announcement.cells import Cell, Column, Kind, Sheet
from simulator.reports.announcement.lists import UnitList, late_of
from simulator.reports.announcement.told import Told
from simulator.reports.announcement.words import list_words, source_line
from simulator.reports.announcement.written import day_of, padded, printed_rate, unit_name
from simulator.rules import Edition
from simulator.search import folded


def ranked(told: Told, one: UnitList) -> Sheet:
    """A list in its order: place, total, class, six groups; units without dossiers are marked."""
    say, edition = told.say, one.baseline.edition
    columns = (
        Column(say("announcement.column_rank"), Kind.NUMBER, 10),
        Column(say("announcement.column_unit"), Kind.TEXT, 38),
        Column(say("announcement.column_code"), Kind.TEXT, 19, is_key=True),
        Column(say("announcement.column_total"), Kind.POINTS, 11),
        Column(say("announcement.column_class"), Kind.CENTER, 16),
        *(Column(say.name(group.name), Kind.POINTS, 12) for group in edition.groups),
        Column(say("announcement.column_note"), Kind.TEXT, 20),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            None if row.place is None else row.place.rank,
            row.unit.short_name, row.unit.code, row.total,
            None if row.total is None else say.name(class_of(edition, row.total).name),
            *(row.groups[group.code] for group in edition.groups),
            _remark(told, row.is_idle, row.place is not None and row.place.tied),
        )
        for row in one.rows
    ]  # fmt: skip
    own = told.view.unit.code
    bold = frozenset(k for k, row in enumerate(one.rows) if row.unit.code == own)
    title = say("announcement.annex_units", level=list_words(one, say))
    note = source_line(one.baseline, say)
    if not one.is_ranked and one.scored:
        note = f"{note} {say('announcement.units_part')}"
    short = list_words(one, say)
    return Sheet(f"units_{one.kind}", title, columns, rows, bold, note, is_wide=True, short=short)


def _remark(told: Told, is_idle: bool, is_tied: bool) -> str:
    notes = []
    if is_idle:
        notes.append(told.say("announcement.note_idle"))
    if is_tied:
        notes.append(told.say("announcement.note_tied"))
    return "; ".join(notes)


@dataclass(frozen=True)
class _Part:
    """A rate of the annex: an indicator's, or a published number where that is not known."""

    column: str
    indicator: str
    fact: str = ""


# In a line figures begin behind name and code; the second is that of overdue dossiers.
_FIGURES, _OVERDUE = 2, 3
_PARTS = (
    _Part("on_time", "ON_TIME", "ON_TIME_RATE"),
    _Part("online", "ONLINE_SUBMISSION", "ONLINE_RATE"),
    _Part("paid", "PAY_DOSSIER"),
    _Part("result", "ORIGINAL_RESULT_AVAILABLE", "E_RESULT_RATE"),
    _Part("digitised", "SO_HOA_GIAY_TO_GIAI_QUYET", "DIGITISED_RATE"),
    _Part("reused", "REUSED_DIGITIZED_DATA"),
    _Part("content", "DOSSIER_RECEIVING_SATISFACTION", "SATISFACTION_RATE"),
)


def components(told: Told) -> Sheet | None:
    """Figures of every unit, most overdue dossiers first; then the unit above them.

    Units that published nothing of it, and columns nobody did, are left out; None where there
    are no figures.
    """
    say = told.say
    units = [(one, row.unit) for one in told.lists for row in one.rows]
    everyone = [_line(told, one, unit) for one, unit in units]
    lines = [line for line in everyone if any(cell not in (None, "") for cell in line[_FIGURES:])]
    silent = len(everyone) - len(lines)
    if not lines:
        return None
    lines.sort(key=_by_overdue)
    bold = {k for k, line in enumerate(lines) if line[1] == told.view.unit.code}
    if told.below:
        bold.add(len(lines))
        lines.append(_own_line(told))
    columns = [
        Column(say("announcement.column_unit"), Kind.TEXT, 34),
        Column(say("announcement.column_code"), Kind.TEXT, 19, is_key=True),
        Column(say("announcement.column_received"), Kind.COUNT, 15),
        Column(say("announcement.column_overdue"), Kind.COUNT, 13),
        *(Column(say(f"announcement.column_{part.column}"), Kind.PERCENT, 11) for part in _PARTS),
        Column(say("announcement.column_copies"), Kind.COUNT, 12),
        Column(say("announcement.column_note"), Kind.TEXT, 16),
    ]
    note = source_line(told.lists[0].baseline, say)
    if silent:
        note += " " + say("announcement.parts_silent", count=padded(silent, say))
    own = told.view.baseline
    if told.below and own.id != told.below[0].baseline.id:
        day = day_of(own.captured_at, say)
        note += " " + say("announcement.own_row", unit=told.view.unit.short_name, day=day)
    title = say("announcement.annex_parts")
    made = Sheet("components", title, columns, lines, frozenset(bold), note, is_wide=True)
    return made.without_empty()


def _by_overdue(line: tuple[Cell, ...]) -> tuple[bool, float, str]:
    overdue = line[_OVERDUE]
    known = overdue if isinstance(overdue, int) else None
    return known is None, -(known or 0), folded(str(line[0]))


def _line(told: Told, one: UnitList, unit: Unit) -> tuple[Cell, ...]:
    idle = unit.has_no_dossiers(one.baseline.edition)
    note = told.say("announcement.note_idle") if idle else ""
    return (unit.short_name, unit.code, *_figures(one.baseline, unit), note)


def _own_line(told: Told) -> tuple[Cell, ...]:
    view = told.view
    return (unit_name(view.unit), view.unit.code, *_figures(view.baseline, view.unit), "")


def _figures(baseline: Baseline, unit: Unit) -> tuple[Cell, ...]:
    edition, late = baseline.edition, late_of(baseline, unit)
    copies = unit.fact("CERTIFIED_COPIES")
    return (
        None if late is None else late.received,
        None if late is None else late.overdue,
        *(_rate(edition, unit, part) for part in _PARTS),
        None if copies is None else round(copies),
    )


def _rate(edition: Edition, unit: Unit, part: _Part) -> float | None:
    position = edition.position.get(part.indicator)
    evidence: Evidence = UNKNOWN if position is None else unit.evidence[position]
    known = printed_rate(evidence)
    return unit.fact(part.fact) if known is None and part.fact else known
