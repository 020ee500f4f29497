"""Figures out of tables: of units by row, or of groups by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from simulator.errors import Place
from simulator.readers.naming import CODE
from simulator.readers.publication.columns import Column, Kind, column_of, total_if_unnamed
from simulator.readers.publication.context import Context
from simulator.readers.publication.figures import SCORE, count, percent, points
from simulator.readers.publication.gathering import Gathering, Points
from simulator.readers.publication.grids import Cell, Grid, Row, is_whole
from simulator.readers.publication.passages import place_of, plain
from simulator.readers.publication.ranks import POOL_SIZE, RANKED
from simulator.readers.publication.units import mended_code, mentions, unit_of_row
from simulator.readers.publication.wholes import check_whole
from simulator.readers.publication.words import group_labels
from simulator.readers.records import FactRow, IndicatorRow, UnitRef
from simulator.rules import Edition

_UNIT = re.compile(
    r"(?:ubnd|ủy ban|uỷ ban|sở|ban|văn phòng|thanh tra|xã|phường|thị trấn|thị xã|huyện|quận|tỉnh"
    r"|thành phố|đặc khu|các cơ quan|chi cục|trung tâm)\b"
)
# A rate of a whole is told beside the scores: it is often copied, not computed.
_WHOLE_FACTS = {
    "ONLINE_SUBMISSION": "ONLINE_RATE",
    "DOSSIER_RECEIVING_SATISFACTION": "SATISFACTION_RATE",
    "ORIGINAL_RESULT_AVAILABLE": "E_RESULT_RATE",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "DIGITISED_RATE",
    "ON_TIME": "ON_TIME_RATE",
}


def read_grid(
    grid: Grid, file: str, edition: Edition, context: Context, found: Gathering
) -> frozenset[int]:
    """Read ``grid`` as far as its headings tell what it holds; returns the lines it used."""
    is_of_units = sum(bool(row.code or _UNIT.match(plain(row.name.text))) for row in grid.rows)
    labelled = [row for row in grid.rows if group_labels(plain(row.name.text), edition)]
    if not grid.rows or (2 * is_of_units < len(grid.rows) and not labelled):
        return frozenset()
    columns = [column_of(heading, grid.title, edition) for heading in grid.headings]
    if not any(columns):
        return frozenset()
    if 2 * is_of_units >= len(grid.rows):
        _read_units(grid, columns, file, edition, context, found)
        return grid.lines
    return _read_groups(grid, columns, file, edition, context, found)


def _read_groups(
    grid: Grid, columns: Sequence[Column | None], file: str, edition: Edition, context: Context,
    found: Gathering,
) -> frozenset[int]:  # fmt: skip
    """A row per group: own score and national average. Rows without figures are left as text."""
    used = set(grid.lines)
    for row in grid.rows:
        labels = group_labels(plain(row.name.text), edition)
        if all(not cell.text for cell in row.values) or not labels:
            used -= {row.name.line}
            continue
        for mention in mentions(row.name.text):
            if context.main is None and labels[0].code == "TOTAL":
                context.main = context.unit = mention.unit
        for column, cell in zip(columns, row.values, strict=False):
            if column and column.kind in (Kind.SCORE, Kind.AVERAGE) and cell.text:
                place = place_of(file, cell.line, f"{row.name.text}: {cell.text}")
                is_average = column.kind is Kind.AVERAGE
                _score(context.unit, labels[0].code, cell, is_average, place, found)
    return frozenset(used)


def _read_units(
    grid: Grid, columns: Sequence[Column | None], file: str, edition: Edition, context: Context,
    found: Gathering,
) -> None:  # fmt: skip
    header = place_of(file, grid.line, " | ".join(grid.headings))
    for heading, column in zip(grid.headings, columns, strict=True):
        if column is None:
            found.doubt("column_not_read", header, heading=heading)
    widths = {len(row.values) for row in grid.rows}
    if len(grid.headings) not in widths:
        sizes = ", ".join(str(width) for width in sorted(widths))
        found.problem("publication_columns", header, headings=len(grid.headings), found=sizes)
        return
    _check_numbers(grid, header, found)
    parts: list[IndicatorRow | FactRow] = []
    for row in grid.rows:
        place = place_of(file, row.name.line, f"{row.name.text} {row.code}".strip())
        if len(row.values) < len(columns):
            values = " ".join(cell.text for cell in row.values)
            found.problem("publication_short_row", place, name=row.name.text, values=values,
                          count=len(row.values), expected=len(columns))  # fmt: skip
        elif is_whole(row.name.text) and not row.code:
            whole = Gathering()
            _read_row(row, context.unit, columns, file, whole)
            _keep_whole(whole, found)
            check_whole(parts, [*whole.rows, *whole.facts], row.name.text, place, found)
        else:
            own = Gathering()
            _read_row(row, _unit(row, grid, place, found), columns, file, own)
            _without_cases(own, place, found)
            parts += [*own.rows, *own.facts]
            _extend(found, own)


def _extend(found: Gathering, own: Gathering) -> None:
    for name in ("points", "rows", "facts", "problems", "doubts"):
        getattr(found, name).extend(getattr(own, name))


def _keep_whole(whole: Gathering, found: Gathering) -> None:
    for one in whole.rows:
        if one.is_rate and one.code in _WHOLE_FACTS and one.numerator is not None:
            fact = FactRow(one.unit, _WHOLE_FACTS[one.code], one.numerator, "percent", one.place)
            found.facts.append(fact)
    found.facts += whole.facts
    found.points += whole.points
    found.problems += whole.problems


def _unit(row: Row, grid: Grid, place: Place, found: Gathering) -> UnitRef:
    """The unit of a row; a code with a slip is mended from those around it, and said."""
    if not row.code or CODE.fullmatch(row.code):
        return unit_of_row(row.name.text, row.code or None)
    mended = mended_code(row.code, [other.code for other in grid.rows if other is not row])
    if mended is None:
        found.problem("publication_code", place, printed=row.code)
        return unit_of_row(row.name.text, None)
    found.doubt("code_mended", place, printed=row.code, mended=mended)
    return unit_of_row(row.name.text, mended)


def _check_numbers(grid: Grid, header: Place, found: Gathering) -> None:
    """Running numbers that do not run say nothing of ranks."""
    numbers = [row.index for row in grid.rows if row.index]
    if len(numbers) > 2 and len(set(numbers)) == 1:
        found.note("rows_numbered_alike", header, index=numbers[0], count=len(numbers))


def _read_row(
    row: Row, unit: UnitRef, columns: Sequence[Column | None], file: str, found: Gathering
) -> None:
    empty = [cell for cell in row.values[: len(columns)] if cell.text in ("", "-", "–")]
    if empty:
        place = place_of(file, row.name.line, row.name.text)
        found.doubt("cells_empty", place, unit=row.name.text, count=len(empty))
    signs = [cell.text.endswith("%") for cell in row.values]
    for column, cell in zip(columns, row.values, strict=False):
        if column is not None and cell not in empty:
            words = f"{row.name.text}, {column.heading}: {cell.text}"
            place = place_of(file, cell.line, words)
            _figure(column, cell, unit, place, found)
            is_bare = column.kind is Kind.RATE and not cell.text.endswith("%")
            if is_bare and any(signs):
                found.note("percent_sign_missing", place, printed=cell.text)


def _figure(column: Column, cell: Cell, unit: UnitRef, place: Place, found: Gathering) -> None:
    if column.kind is Kind.SCORE:
        _score(unit, total_if_unnamed(column), cell, False, place, found)
    elif column.kind in (Kind.RATE, Kind.RATE_FACT):
        _rate(unit, column, cell, place, found)
    elif column.kind is Kind.COUNT:
        number = count(cell.text)
        if number is None:
            found.problem("publication_count", place, value=cell.text)
        else:
            kind = "unit" if "UNITS" in column.code else "dossier"
            found.fact(unit, column.code, number, kind, place)
    elif column.kind is Kind.PAIR:
        _pair(unit, column.code, cell, place, found)
    elif column.kind is Kind.RANK:
        _rank(unit, cell, place, found)


def _score(
    unit: UnitRef, group: str, cell: Cell, is_average: bool, place: Place, found: Gathering
) -> None:
    hit = SCORE.fullmatch(plain(cell.text))
    value = points(hit["value"] if hit else cell.text)
    if value is None or (hit and hit["slip"]):
        found.problem("publication_score_unclear", place)
        return
    maximum = int(hit["of"]) if hit else None
    found.points.append(Points(unit, group, value, maximum, is_average, place))


def _rate(unit: UnitRef, column: Column, cell: Cell, place: Place, found: Gathering) -> None:
    value = percent(cell.text)
    if value is None or value > 100:
        found.problem("publication_rate", place, value=cell.text)
    elif column.kind is Kind.RATE_FACT:
        found.fact(unit, column.code, value, "percent", place)
    else:
        found.rate(unit, column.code, value, place)


def _pair(unit: UnitRef, code: str, cell: Cell, place: Place, found: Gathering) -> None:
    """Units that do something out of all units: 36/37 is no score."""
    hit = re.fullmatch(r"(\d{1,4})\s*/\s*(\d{1,4})", cell.text)
    if hit is None or int(hit[1]) > int(hit[2]):
        found.problem("publication_count", place, value=cell.text)
        return
    row = IndicatorRow(unit, code, float(hit[1]), float(hit[2]), None, None, place)
    found.rows.append(row)


def _rank(unit: UnitRef, cell: Cell, place: Place, found: Gathering) -> None:
    hit = re.fullmatch(r"(\d{1,3})(?:\s*/\s*(\d{1,3}))?", cell.text)
    if hit is None:
        found.problem("publication_count", place, value=cell.text)
        return
    found.facts.append(FactRow(unit, RANKED, float(hit[1]), "rank", place))
    if hit[2]:
        found.facts.append(FactRow(unit, POOL_SIZE, float(hit[2]), "unit", place))


def _without_cases(own: Gathering, place: Place, found: Gathering) -> None:
    """0 % on time with nothing overdue means: no dossiers, not bad work."""
    overdue = [fact.value for fact in own.facts if fact.code == "OVERDUE"]
    rates = [row for row in own.rows if row.is_rate]
    on_time = [row.numerator for row in rates if row.code == "ON_TIME"]
    if overdue != [0] or on_time != [0] or any(row.numerator for row in rates):
        return
    own.rows[:] = [
        replace(row, numerator=None, denominator=None, is_rate=False) if row.is_rate else row
        for row in own.rows
    ]
    found.doubt("read_as_no_dossiers", place, unit=shown_name(own))


def shown_name(own: Gathering) -> str:
    """The name of the unit that a row is of."""
    unit = own.rows[0].unit
    return unit.name or unit.key
