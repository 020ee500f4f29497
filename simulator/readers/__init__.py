"""Input files to checked rows: responses of the portal (JSON, both generations), tables as text
or in Excel workbooks, and ZIP archives of them.

Units are matched by code. Responses without ``departmentCode`` get it from another given
file with the same ``departmentId``; where there is none, the id stands for the code.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from simulator.errors import DataError
from simulator.readers.archives import members
from simulator.readers.json_files import read_json
from simulator.readers.problems import keep
from simulator.readers.records import (
    TOTAL,
    FactRow,
    GroupRow,
    IndicatorRow,
    Reading,
    Stated,
    UnitRef,
    one_line,
)
from simulator.readers.spelling import codes_alike, unit_name
from simulator.readers.text_files import read_text
from simulator.readers.texts import text_of
from simulator.readers.tidy_csv import read_tidy_csv
from simulator.readers.workbook import read_workbook
from simulator.readers.workbook_bounds import ENDINGS, FOREIGN_ENDINGS
from simulator.rules import Edition

__all__ = [
    "TOTAL", "FactRow", "GroupRow", "IndicatorRow", "Reading", "Stated", "UnitRef", "read_all",
    "read_bytes", "read_content", "read_files",
]  # fmt: skip

READERS = {".json": read_json, ".csv": read_tidy_csv, ".tsv": read_tidy_csv, ".txt": read_text}
WORKBOOKS = (*ENDINGS, *FOREIGN_ENDINGS)
Row = TypeVar("Row", IndicatorRow, GroupRow)
AnyRow = TypeVar("AnyRow", IndicatorRow, GroupRow, FactRow)


def read_files(paths: Sequence[Path | str], edition: Edition) -> Reading:
    """Read and join files; :class:`DataError` names file, place, value and what is allowed."""
    reading = read_all(paths, edition)
    if reading.problems:
        raise reading.problems[0]
    return reading


def read_all(paths: Sequence[Path | str], edition: Edition) -> Reading:
    """Read and join files as far as they can be read; the rest is in ``problems``."""
    readings, problems = [], []
    for path in paths:
        try:
            readings.append(read_bytes(read_content(Path(path)), str(path), edition))
        except DataError as problem:
            problems.append(problem)
    reading = joined(readings, edition)
    problems += reading.problems
    if not reading.rows and not reading.groups and not problems:
        files = ", ".join(one_line(path) for path in paths)
        problems.append(DataError("input_without_units", files=files))
    return replace(reading, problems=tuple(problems))


def read_bytes(content: bytes, file: str, edition: Edition) -> Reading:
    """Read one file (uploaded or from disk); its kind follows from the ending of ``file``."""
    name, suffix = one_line(file), Path(file).suffix.lower()
    if content.startswith(b"%PDF"):
        raise DataError("input_pdf", file=name)
    if suffix == ".zip":
        return _read_zip(content, name, edition)
    if suffix in WORKBOOKS:
        return read_workbook(content, name, edition)
    reader = READERS.get(suffix)
    if reader is None:
        raise DataError("input_type", file=name)
    return reader(text_of(content, name), name, edition)


def _read_zip(content: bytes, file: str, edition: Edition) -> Reading:
    """All files of an archive; those of other kinds are named among the problems."""
    readings, problems = [], []
    for name, member in members(content, file):
        try:
            readings.append(read_bytes(member, name, edition))
        except DataError as problem:
            problems.append(problem)
    reading = joined(readings, edition)
    return replace(reading, problems=(*problems, *reading.problems))


def read_content(path: Path) -> bytes:
    """Bytes of a regular file: a directory, pipe or device is refused."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DataError("input_not_a_file", file=one_line(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError("input_missing", file=one_line(path)) from None
    except (OSError, ValueError):
        raise DataError("input_not_a_file", file=one_line(path)) from None


def join(readings: Iterable[Reading], edition: Edition) -> Reading:
    """Like :func:`joined`, but raises the first problem."""
    reading = joined(readings, edition)
    if reading.problems:
        raise reading.problems[0]
    return reading


def joined(readings: Iterable[Reading], edition: Edition) -> Reading:
    """Put several readings together: units by code, equal rows once.

    Of contradicting rows the first stays; the contradiction is among the problems.
    """
    parts = list(readings)
    clashes: list[DataError] = []
    doubts = [doubt for part in parts for doubt in part.doubts]
    names: dict[str, UnitRef] = {}
    rows = [_first_spelt(row, names) for part in parts for row in part.rows]
    groups = [_first_spelt(row, names) for part in parts for row in part.groups]
    codes = _codes_by_id([*rows, *groups], clashes)
    # An archive was joined once already.
    said = [doubt.fields for doubt in doubts if doubt.code == "codes_alike"]
    doubts += [doubt for doubt in codes_alike([*rows, *groups]) if doubt.fields not in said]
    order = {code: k for k, code in enumerate([*edition.position, *edition.group_by_code, TOTAL])}
    return Reading(
        tuple(_unique((_with_code(row, codes) for row in rows), order, clashes)),
        tuple(_unique((_with_code(row, codes) for row in groups), order, clashes)),
        (*(problem for part in parts for problem in part.problems), *clashes),
        _facts([_first_spelt(fact, names) for part in parts for fact in part.facts], codes),
        next((part.stated for part in parts if part.stated), None),
        tuple(doubts),
    )


def _first_spelt(row: AnyRow, names: dict[str, UnitRef]) -> AnyRow:
    """A unit that is matched by its name alone is the first with these letters, in any case."""
    if row.unit.code or unit_name(row.unit.name) != row.unit.id:
        return row
    first = names.setdefault(row.unit.key.casefold(), row.unit)
    return row if first.id == row.unit.id else replace(row, unit=replace(row.unit, id=first.id))


def _facts(found: Iterable[FactRow], codes: dict[str, str]) -> tuple[FactRow, ...]:
    """Each fact once; of several the first, as none of them earns points."""
    facts: dict[tuple[str, str], FactRow] = {}
    for fact in found:
        facts.setdefault(((named := _with_code(fact, codes)).unit.key, fact.code), named)
    return tuple(facts.values())


def _codes_by_id(
    rows: Iterable[IndicatorRow | GroupRow], problems: list[DataError]
) -> dict[str, str]:
    codes: dict[str, str] = {}
    for row in rows:
        if row.unit.id and row.unit.code:
            known = codes.setdefault(row.unit.id, row.unit.code)
            if known != row.unit.code:
                file = row.place.fields.get("file", "")
                fields = {"value": row.unit.id, "first": known, "second": row.unit.code}
                keep(problems, DataError("input_two_codes", place=row.place, **fields), file)
    return codes


def _with_code(row: AnyRow, codes: dict[str, str]) -> AnyRow:
    if row.unit.code or row.unit.id not in codes:
        return row
    return replace(row, unit=replace(row.unit, code=codes[row.unit.id]))


def _unique(rows: Iterable[Row], order: dict[str, int], problems: list[DataError]) -> list[Row]:
    """Rows without repetitions; what one row leaves open another may fill."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.unit.key, row.code if isinstance(row, IndicatorRow) else row.group)
        try:
            found[key] = _merge(found[key], row) if key in found else row
        except DataError as problem:
            keep(problems, problem, row.place.fields.get("file", ""))
    units = {key: k for k, key in enumerate(dict.fromkeys(unit for unit, _ in found))}
    ordered = sorted(found, key=lambda key: (units[key[0]], order[key[1]]))
    return [found[key] for key in ordered]


def _merge(first: Row, second: Row) -> Row:
    for name, values in _compared(first, second).items():
        if values[0] != values[1]:
            raise DataError(
                "input_disagree", unit=first.unit.key, what=name, first=first.place,
                second=second.place, value_first=values[0], value_second=values[1],
            )  # fmt: skip
    kept = second if first.published is None else first
    if isinstance(kept, GroupRow) and kept.average is None:
        other = first if kept is second else second
        return replace(kept, average=other.average)
    return kept


def _compared(first: Row, second: Row) -> dict[str, tuple[str, str]]:
    """What must be equal, as shown to a person: counts always, scores where both are printed."""
    compared = {}
    if isinstance(first, IndicatorRow) and isinstance(second, IndicatorRow):
        compared[first.code] = (_counts(first), _counts(second))
    name = first.code if isinstance(first, IndicatorRow) else first.group
    if first.published is not None and second.published is not None:
        scores = (f"{first.published / 100:g}", f"{second.published / 100:g}")
        if scores[0] != scores[1] or name not in compared:
            compared[name] = scores
    return compared


def _counts(row: IndicatorRow) -> str:
    if row.is_rate:
        return f"{row.numerator or 0:g}%"
    # 0 of 0 and "printed empty" are the same: no cases.
    return f"{row.numerator or 0:.0f}/{row.denominator or 0:.0f}"
