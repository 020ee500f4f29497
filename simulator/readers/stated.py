"""The sheets of the template that hold no figures: what they are of, and how to fill it in."""

from __future__ import annotations

import re
from datetime import date

from simulator.errors import DataError, ScenarioError
from simulator.period import period_of
from simulator.readers.cells import Cell, Odd, is_blank, shown
from simulator.readers.records import LONGEST_QUOTE, Stated, clean_text, one_line, quoted
from simulator.readers.sheets import Row, Sheet
from simulator.rule_files import editions
from simulator.search import folded
from simulator.text import LANGUAGES, say

PERIODS = "2026-ytd, 2026, 2026-Q3, 2026-08, Tháng 8/2026, Quý III/2026, Năm 2026"
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# Periods as people write them, folded, and their codes.
WORDS = (
    (re.compile(r"thang (?P<part>\d{1,2}) ?[/-] ?(?P<year>\d{4})"), "{year}-{part}"),
    (re.compile(r"thang (?P<part>\d{1,2}),? nam (?P<year>\d{4})"), "{year}-{part}"),
    (re.compile(r"quy (?P<part>i{1,3}|iv|[1-4]) ?[/-] ?(?P<year>\d{4})"), "{year}-Q{part}"),
    (re.compile(r"quy (?P<part>i{1,3}|iv|[1-4]),? nam (?P<year>\d{4})"), "{year}-Q{part}"),
    (re.compile(r"nam (?P<year>\d{4})"), "{year}"),
    (re.compile(r"nam (?P<year>\d{4}),? (den nay|luy ke).*"), "{year}-ytd"),
)
QUARTERS = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
PARTS = ("period", "captured_at", "source", "edition")


def is_help(sheet: Sheet) -> bool:
    """True for the instructions of the template, in either language."""
    return _is_named(sheet, "help")


def is_stated(sheet: Sheet) -> bool:
    """True for the sheet of the template that says what its figures are of."""
    return _is_named(sheet, "stated") and any(_part(row) for row in sheet.rows)


def _is_named(sheet: Sheet, key: str) -> bool:
    names = {folded(say(language, f"template.sheet_{key}")) for language in LANGUAGES}
    return folded(sheet.name or "") in names


def _part(row: Row) -> str | None:
    """Which part of :class:`Stated` a row holds, by its label in the first column."""
    label = folded(shown(row.cell(0)))
    for part in PARTS:
        if label in {folded(say(language, f"template.{part}")) for language in LANGUAGES}:
            return part
    return None


def read_stated(sheet: Sheet) -> tuple[Stated, list[DataError]]:
    """What the sheet says, and what in it cannot be used; an empty cell is silence."""
    found: dict[str, str] = {}
    problems = []
    for row in sheet.rows:
        part, cell = _part(row), row.cell(1)
        if part is None or is_blank(cell):
            continue
        value, allowed = _value(part, cell)
        if value is None:
            place = sheet.cell_place(row.line, sheet.column_name(1, shown(row.cell(0))))
            fields = {"value": quoted(shown(cell)), "allowed": allowed}
            problems.append(DataError("stated_unreadable", place=place, **fields))
        else:
            found[part] = value
    return Stated(**found), problems


def _value(part: str, cell: Cell) -> tuple[str | None, str]:
    """The value of a part, None if it cannot be used, and what is allowed."""
    if part == "period":
        return _period(cell), PERIODS
    if part == "captured_at":
        return _day(cell), "26/09/2026, 2026-09-26"
    text = clean_text(one_line(shown(cell))) or ""
    if part == "edition":
        return (text if text in editions() else None), ", ".join(editions())
    return text[: 5 * LONGEST_QUOTE], ""


def _period(cell: Cell) -> str | None:
    text = shown(cell).strip()
    if isinstance(cell, Odd) and cell.kind == "date" and text.endswith("-01"):
        # Excel makes the first of August of 2026-08.
        text = text[:7]
    for words, code in WORDS:
        if found := words.fullmatch(folded(text)):
            part = QUARTERS.get(found["part"], found["part"]) if "part" in words.groupindex else ""
            text = code.format(year=found["year"], part=part.zfill(2) if "Q" not in code else part)
    try:
        period_of(text, "2026-01-01")
    except ScenarioError:
        return None
    return text


def _day(cell: Cell) -> str | None:
    text = shown(cell).strip()
    parts = DAY.fullmatch(text)
    if parts:
        text = f"{parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}"
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
