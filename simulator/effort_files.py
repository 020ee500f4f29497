"""Own effort values of an office as a CSV file, so that they can be taken to another unit.

One row per lever: code, name, what one unit is, the shipped hours, own hours for one unit and the
most units a month. Empty cells mean the shipped value. The counts are those of cases, also where
only rates are known. Vietnamese files have semicolons and decimal commas, as a Vietnamese Excel.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.effort import default_effort
from simulator.errors import DataError, ScenarioError, SimulatorError
from simulator.numbers import format_number, parse_number, plain_number
from simulator.readers.csv_lines import csv_rows, delimiters_of
from simulator.readers.texts import text_of
from simulator.rules import Edition, Lever
from simulator.text import LANGUAGES, say

COLUMNS = ("code", "name", "unit", "example", "hours", "per_month")
READ = ("code", "hours", "per_month")
DELIMITERS = {"vi": ";", "en": ","}
# What links and files keep of a value.
DECIMALS = 6


@dataclass(frozen=True)
class OwnEffort:
    """Own values by lever: person-hours for one case, and the most cases a month."""

    hours: Mapping[str, float] = field(default_factory=dict)
    per_month: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in line ``line`` of a file, and the column it stands in, if it is one."""

    line: int
    error: SimulatorError
    column: str = ""


def takes_effort(lever: Lever) -> bool:
    """True for what can be worked on: no risks, nothing without effect in the period."""
    return lever.direction == "helpful" and bool(lever.moves)


def read_own(
    content: bytes, file: str, edition: Edition
) -> tuple[OwnEffort, tuple[RowProblem, ...]]:
    """The own values in a file, and what is wrong with its rows.

    Raises :class:`DataError` for what is no such file at all.
    """
    text = text_of(content, file)
    delimiter = delimiters_of(text)[0]
    language = next((at for at, mark in DELIMITERS.items() if mark == delimiter), LANGUAGES[0])
    rows = csv_rows(text, file, delimiter)
    columns = _columns(next(rows)[1], file)
    known = {lever.code for lever in edition.levers if takes_effort(lever)}
    found: dict[str, dict[str, float]] = {"hours": {}, "per_month": {}}
    seen: set[str] = set()
    problems: list[RowProblem] = []
    for line, cells in rows:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        error = _length_error(cells, columns) or _code_error(row["code"], known, seen)
        if error:
            problems.append(RowProblem(line, error))
            continue
        seen.add(row["code"])
        for column, values in found.items():
            try:
                if row[column]:
                    value = parse_amount(row[column], language)
                    _check(edition, row["code"], column, value)
                    values[row["code"]] = value
            except ScenarioError as wrong:
                problems.append(RowProblem(line, wrong, column))
    return OwnEffort(found["hours"], found["per_month"]), tuple(problems)


def _columns(header: list[str], file: str) -> list[str]:
    """Keys of the columns; those that are read must be there, each once, and no unknown ones."""
    names = {
        say(language, f"effort.{key}").casefold(): key for language in LANGUAGES for key in COLUMNS
    }
    shown = [cell.strip() for cell in header]
    while shown and not shown[-1]:
        shown.pop()
    found = [names.get(cell.casefold(), "") for cell in shown]
    if "" in found or len(set(found)) < len(found) or not set(READ) <= set(found):
        raise DataError("effort_file_columns", file=file, found=", ".join(shown)[:200])
    return found


def _length_error(cells: list[str], columns: list[str]) -> DataError | None:
    """Empty cells after the last column are left aside: sheets write them."""
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        return DataError("effort_file_length", found=len(cells), expected=len(columns))
    return None


def _code_error(code: str, known: set[str], seen: set[str]) -> DataError | None:
    if code not in known:
        return DataError("effort_file_lever", value=code[:40])
    return DataError("effort_file_twice", lever=code) if code in seen else None


def _check(edition: Edition, lever: str, column: str, value: float) -> None:
    own = {lever: value}
    default_effort(edition.code).with_own(*((own, {}) if column == "hours" else ({}, own)))


def parse_amount(text: str, language: str) -> float:
    """A number somebody typed, decimals after a comma or a point; :class:`ScenarioError` if none,
    or if it has more than the six decimals that are kept.
    """
    try:
        return kept(float(parse_number(text, language)), text)
    except ScenarioError as error:
        if error.code != "not_a_number":
            raise
        raise ScenarioError("effort_form", value=text[:40]) from None


def kept(value: float, text: str, a_unit: float = 1.0) -> float:
    """``value / a_unit`` with the decimals that links and files keep.

    ``text``: as it was typed. Raises :class:`ScenarioError` where that would not be ``value``.
    """
    found = round(value / a_unit, DECIMALS)
    if abs(found * a_unit - value) > a_unit * 10 ** -(DECIMALS + 3):
        least = plain_number(a_unit * 10**-DECIMALS)
        raise ScenarioError("effort_too_fine", amount=text[:40], least=least)
    return found


def write_own(own: OwnEffort, edition: Edition, language: str) -> bytes:
    """The file of ``own`` values for :func:`read_own`: UTF-8 with a byte-order mark."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=DELIMITERS[language])
    writer.writerow([say(language, f"effort.{key}") for key in COLUMNS])
    shipped = default_effort(edition.code).levers
    for lever in edition.levers:
        if takes_effort(lever):
            unit = edition.indicator(lever.indicator).count_unit
            writer.writerow(
                [
                    lever.code, lever.name[language], say(language, f"unit.{unit}"),
                    amount_text(shipped[lever.code].hours, language),
                    amount_text(own.hours.get(lever.code), language),
                    amount_text(own.per_month.get(lever.code), language),
                ]
            )  # fmt: skip
    return stream.getvalue().encode("utf-8-sig")


def amount_text(value: float | None, language: str) -> str:
    """``value`` as :func:`parse_amount` reads it back: whole numbers in groups, decimals without;
    empty for None."""
    if value is None:
        return ""
    if float(value).is_integer():
        return format_number(value, 0, language)
    digits = f"{value:.{DECIMALS}f}".rstrip("0")
    # Three decimals could be taken for thousands.
    digits += "0" if len(digits.partition(".")[2]) == 3 else ""
    return digits.replace(".", ",") if language == "vi" else digits
