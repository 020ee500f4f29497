"""CSV files as rows: tidy (one indicator per row) or wide (one unit per row).

Tidy needs the columns unit, indicator code, numerator and denominator; a code may also be
a plain parameter of the portal (its value in the numerator column) or a group with its
score. Wide files have parameters or group scores as columns. An empty cell is "not
published", never 0. With commas between the cells numbers have a decimal point; with semicolons
or tabs they are written the Vietnamese way (17,68 and 597.918), and what could be either is
refused. Columns, indicators and groups may bear their Vietnamese or English names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from simulator.errors import DataError, Place, ScenarioError
from simulator.numbers import parse_number
from simulator.readers.csv_lines import csv_lines, delimiter_of
from simulator.readers.fields import FactField, PortalFields, load_fields
from simulator.readers.records import (
    FULL_TOTAL,
    TOTAL,
    FactRow,
    GroupRow,
    IndicatorRow,
    Reading,
    UnitRef,
    check_count,
    check_group_points,
    check_pair,
    check_points,
    clean_text,
    find_group,
    quoted,
)
from simulator.rules import Edition
from simulator.search import folded

# Column names in use, by meaning.
ALIASES = {
    "unit": ("department_code", "unit_code", "unit", "ma don vi", "ma co quan", "ma"),
    "id": ("department_id", "unit_id", "portal_id"),
    "name": ("department_name", "unit_name", "name", "ten don vi", "don vi", "ten"),
    "code": ("code", "indicator", "indicator_code", "ma chi tieu", "chi tieu"),
    "numerator": ("numerator", "tu so"),
    "denominator": ("denominator", "mau so"),
    "score": ("score", "points", "published", "diem"),
    "group": ("group", "nhom"),
    "flag": ("quality_flag", "data_quality_status", "flag"),
    "level": ("level", "child_group", "cap"),
    TOTAL: ("total_score", "total", "total_100", "tong diem"),
}
# By what a file says, without case and diacritics.
LEVELS = {
    "province": "province", "tinh": "province", "department": "department",
    "agency": "department", "so, nganh": "department", "commune": "commune", "ward": "commune",
    "xa, phuong": "commune",
}  # fmt: skip
TIDY = ("code", "numerator", "denominator")
GROUP_TOTAL = "GROUP_TOTAL"  # code of a row with the score of its group
OLD_GROUP_NAMES = {"DVCTT": "ONLINE"}
# What a header says of its column in brackets: its maximum, its unit.
BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")
NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
NEEDED = "unit,code,numerator,denominator | unit,totalReceived,totalOnTime,… | unit,CKMB,TDGQ,…"


def read_tidy_csv(text: str, file: str, edition: Edition) -> Reading:
    """Rows of one file; :class:`DataError` naming ``file``, line and column."""
    delimiter = delimiter_of(text)
    lines = csv_lines(text, file, delimiter)
    _, header = next(lines)
    parser = _Table(file, edition, load_fields(edition), header, delimiter != ",")
    problems = []
    for line, cells in lines:
        try:
            parser.read(line, dict(zip(header, cells, strict=True)))
        except DataError as problem:
            # The rows after it may have more to say.
            problems.append(problem)
    parser.finish()
    return Reading(tuple(parser.rows), tuple(parser.groups), tuple(problems), tuple(parser.facts))


@dataclass
class _Table:
    """Collects the rows of one CSV file with ``header``."""

    file: str
    edition: Edition
    fields: PortalFields
    header: list[str]
    is_vietnamese: bool = False
    rows: list[IndicatorRow] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        lower = {folded(BRACKETS.sub("", name)): name for name in self.header}
        self.codes = {
            folded(name): item.code
            for item in self.edition.indicators
            for name in item.name.values()
        }
        self.group_names = {
            folded(name): group.code
            for group in self.edition.groups
            for name in group.name.values()
        }
        self.columns = {
            meaning: lower[alias]
            for meaning, aliases in ALIASES.items()
            for alias in reversed(aliases)
            if alias in lower
        }
        self.parameters = {
            lower[name.lower()]: name for name in self.fields.names if name.lower() in lower
        }
        self.fact_fields = {fact.name: fact for fact in self.fields.facts}
        self.fact_columns = {
            lower[name.lower()]: fact
            for name, fact in self.fact_fields.items()
            if name.lower() in lower
        }
        self.group_columns = {name: group for name in self.header if (group := self.as_group(name))}
        self.tidy = all(meaning in self.columns for meaning in TIDY)
        wide = bool(self.parameters or self.group_columns) and "code" not in self.columns
        if not {"unit", "id"} & set(self.columns) or not (self.tidy or wide):
            place = Place("csv_line", {"file": self.file, "line": "1"})
            found = ", ".join(map(quoted, self.header[:12]))
            raise DataError("csv_columns", place=place, found=found, expected=NEEDED)
        # Parameters in tidy rows: unit -> parameter -> (value, line).
        self.loose: dict[str, dict[str, tuple[float | None, int]]] = defaultdict(dict)
        self.units: dict[str, UnitRef] = {}

    def as_group(self, column: str) -> str | None:
        """Group of a column such as CKMB, CLGQ or tttt_10."""
        name = re.sub(r"_\d+$", "", column).upper()
        named = self.group_names.get(folded(BRACKETS.sub("", column)))
        if named:
            return named
        group = find_group(OLD_GROUP_NAMES.get(name, name), self.edition)
        return None if group == TOTAL else group

    def place(self, line: int, column: str | None = None) -> Place:
        if column is None:
            return Place("csv_line", {"file": self.file, "line": str(line)})
        return Place("csv_cell", {"file": self.file, "line": str(line), "column": column})

    def read(self, line: int, cells: dict[str, str]) -> None:
        code, unit_id, name = (clean_text(self.text(cells, key)) for key in ("unit", "id", "name"))
        unit = UnitRef(code, unit_id, name, LEVELS.get(folded(self.text(cells, "level"))))
        if not unit.key:
            raise DataError("input_unit_missing", place=self.place(line))
        self.units.setdefault(unit.key, unit)
        if self.tidy:
            self.read_tidy(line, cells, unit)
        else:
            self.read_wide(line, cells, unit)

    def read_tidy(self, line: int, cells: dict[str, str], unit: UnitRef) -> None:
        code = (clean_text(self.text(cells, "code")) or "").strip()
        code = self.codes.get(folded(code)) or self.group_names.get(folded(code)) or code
        if code in self.edition.position:
            self.add_indicator(line, cells, unit, code)
        elif code in self.fields.group_of:
            self.keep_parameter(line, cells, unit, code)
        elif code == GROUP_TOTAL or find_group(code, self.edition):
            name = self.text(cells, "group").strip() if code == GROUP_TOTAL else code
            group = find_group(name, self.edition)
            if group is None:
                raise DataError(
                    "input_unknown_group", place=self.place(line), value=quoted(name),
                    allowed=", ".join(self.edition.group_by_code),
                )  # fmt: skip
            self.add_group(line, cells, unit, group, self.columns.get("score"))
        elif code in self.fact_fields:
            self.keep_fact(line, unit, self.fact_fields[code], cells, self.columns["numerator"])
        elif not self.fields.is_information(code):
            raise DataError(
                "input_unknown_code", place=self.place(line, self.columns["code"]),
                value=quoted(code), allowed=", ".join(self.edition.position),
            )  # fmt: skip

    def add_indicator(self, line: int, cells: dict[str, str], unit: UnitRef, code: str) -> None:
        numerator = self.count(line, cells, self.columns["numerator"])
        denominator = self.count(line, cells, self.columns["denominator"])
        check_pair(numerator, denominator, self.place(line))
        published = None
        column = self.columns.get("score")
        if column is not None and (score := self.number(line, cells, column)) is not None:
            maximum = self.edition.indicator(code).maximum
            published = check_points(score, cells[column], maximum, self.place(line, column))
        flag = clean_text(self.text(cells, "flag"))
        self.rows.append(
            IndicatorRow(unit, code, numerator, denominator, published, flag, self.place(line))
        )

    def keep_parameter(self, line: int, cells: dict[str, str], unit: UnitRef, name: str) -> None:
        value = self.count(line, cells, self.columns["numerator"])
        first, first_line = self.loose[unit.key].setdefault(name, (value, line))
        if first != value:
            raise DataError(
                "input_disagree", unit=unit.key, what=name, first=self.place(first_line),
                second=self.place(line), value_first=first, value_second=value,
            )  # fmt: skip

    def keep_fact(
        self, line: int, unit: UnitRef, fact: FactField, cells: dict[str, str], column: str
    ) -> None:
        value = self.number(line, cells, column)
        if value is not None:
            place = self.place(line, column)
            self.facts.append(FactRow(unit, fact.code, value, fact.unit, place))

    def read_wide(self, line: int, cells: dict[str, str], unit: UnitRef) -> None:
        values = {name: self.count(line, cells, column) for column, name in self.parameters.items()}
        groups = {self.fields.group_of[name] for name in values}
        published = None
        if len(groups) == 1:
            # The score of a file with the parameters of one group is that group's.
            group = groups.pop()
            published = self.add_group(line, cells, unit, group, self.columns.get("score"))
            if len(self.edition.group_positions[group]) > 1:
                published = None
        self.add_counts(unit, values, published, self.place(line))
        for column, fact in self.fact_columns.items():
            self.keep_fact(line, unit, fact, cells, column)
        for column, group in self.group_columns.items():
            self.add_group(line, cells, unit, group, column)
        self.add_group(line, cells, unit, TOTAL, self.columns.get(TOTAL))

    def add_counts(
        self, unit: UnitRef, values: dict[str, float | None], published: int | None, place: Place
    ) -> None:
        for item in self.fields.fields:
            counts = item.counts(values)
            if counts is not None:
                check_pair(*counts, place)
                self.rows.append(
                    IndicatorRow(unit, item.indicator, *counts, published, None, place)
                )

    def finish(self) -> None:
        """Turn the parameters of tidy rows into indicators."""
        for key, found in self.loose.items():
            values = {name: value for name, (value, _) in found.items()}
            first_line = min(line for _, line in found.values())
            self.add_counts(self.units[key], values, None, self.place(first_line))

    def add_group(
        self, line: int, cells: dict[str, str], unit: UnitRef, group: str, column: str | None
    ) -> int | None:
        """Keep the printed score of a group if there is one; return it."""
        score = None if column is None else self.number(line, cells, column)
        if column is None or score is None:
            return None
        place = self.place(line, column)
        published = check_group_points(score, cells[column], group, self.edition, place)
        self.groups.append(GroupRow(unit, group, published, None, place))
        return published

    def text(self, cells: dict[str, str], meaning: str) -> str:
        return cells.get(self.columns.get(meaning, ""), "")

    def count(self, line: int, cells: dict[str, str], column: str) -> float | None:
        value = self.number(line, cells, column, code="input_count")
        place = self.place(line, column)
        return None if value is None else check_count(value, cells[column], place)

    def number(
        self, line: int, cells: dict[str, str], column: str, code: str = "input_points"
    ) -> float | None:
        """A plain decimal number or an empty cell; nothing else Python would accept."""
        cell = cells[column].strip()
        if not cell:
            return None
        place = self.place(line, column)
        if self.is_vietnamese:
            return self.vietnamese(cell, place, code)
        if NUMBER.fullmatch(cell):
            return float(cell)
        raise DataError(code, place=place, value=quoted(cell), maximum=FULL_TOTAL)

    def vietnamese(self, cell: str, place: Place, code: str) -> float:
        """A number as Vietnamese sheets write it; what could be two is asked, not guessed."""
        try:
            return float(parse_number(cell, "vi"))
        except ScenarioError as problem:
            if problem.code == "ambiguous_number":
                whole, decimal = problem.fields["whole"], problem.fields["decimal"]
                raise DataError(
                    "input_ambiguous", place=place, value=quoted(cell), whole=whole,
                    decimal=decimal.replace(".", ","),
                ) from None  # fmt: skip
            raise DataError(code, place=place, value=quoted(cell), maximum=FULL_TOTAL) from None
