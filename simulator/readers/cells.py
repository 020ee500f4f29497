"""Cells of a table, of a text or of a workbook, and the numbers in them.

A number of a workbook is never ambiguous. A text follows the rules of its file: with a decimal
point, or the Vietnamese way, where what could be two numbers is asked and not guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.errors import DataError, Place, ScenarioError
from simulator.numbers import LONGEST_NUMBER, parse_number, parse_percent
from simulator.readers.records import FULL_TOTAL, quoted

NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
# With a decimal point no count: a dot between thousands, as Vietnamese sheets write it.
THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
LONGEST_CELL = 32_767  # characters a workbook lets a cell have
# What a workbook can hold where a number belongs -> code of the error.
ODD = {
    "date": "sheet_date",
    "error": "sheet_error",
    "formula": "sheet_formula",
    "merged": "sheet_merged",
}


class Percent(float):
    """A number that its workbook shows with a percent sign, in percent (98.6, not 0.986)."""


@dataclass(frozen=True)
class Odd:
    """A cell without a number of its own: ``kind`` is a key of :data:`ODD`.

    ``shown``: its text as a person sees it, an ISO day for a date.
    """

    kind: str
    shown: str


Cell = str | float | Odd | None


def cell_text(cell: Cell, place: Place) -> str:
    """A cell as text; :class:`DataError` for an error value or a formula without a value."""
    if isinstance(cell, Odd):
        if cell.kind in ("error", "formula"):
            raise DataError(ODD[cell.kind], place=place, value=quoted(cell.shown))
        return cell.shown
    return shown(cell)


def shown(cell: Cell) -> str:
    """What a person sees in the cell; never an error."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Odd):
        return cell.shown
    text = repr(float(cell)).removesuffix(".0")
    return f"{text}%" if isinstance(cell, Percent) else text


def is_blank(cell: Cell) -> bool:
    """True for a cell without anything a person would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def number(cell: Cell, place: Place, is_vietnamese: bool, code: str) -> float | None:
    """The number in a cell, None if it is empty; ``code`` of the error for other text."""
    if isinstance(cell, Odd):
        raise DataError(ODD[cell.kind], place=place, value=quoted(cell.shown))
    if isinstance(cell, Percent):
        raise DataError("sheet_percent", place=place, value=quoted(shown(cell)))
    if isinstance(cell, float):
        return cell
    text = (cell or "").strip()
    if not text:
        return None
    if is_vietnamese:
        return _vietnamese(text, place, code)
    if code == "input_count" and THOUSANDS.fullmatch(text):
        raise DataError(
            "input_ambiguous", place=place, value=quoted(text), whole=text.replace(".", ""),
            decimal=f"{float(text):g}",
        )  # fmt: skip
    if NUMBER.fullmatch(text):
        return float(text)
    raise DataError(code, place=place, value=quoted(text), maximum=FULL_TOTAL)


def _vietnamese(text: str, place: Place, code: str) -> float:
    """A number as Vietnamese sheets write it; what could be two is asked, not guessed."""
    try:
        return float(parse_number(text, "vi"))
    except ScenarioError as problem:
        if problem.code == "ambiguous_number":
            whole, decimal = problem.fields["whole"], problem.fields["decimal"]
            raise DataError(
                "input_ambiguous", place=place, value=quoted(text), whole=whole,
                decimal=decimal.replace(".", ","),
            ) from None  # fmt: skip
        raise DataError(code, place=place, value=quoted(text), maximum=FULL_TOTAL) from None


def rate(cell: Cell, place: Place, is_sure: bool) -> float | None:
    """A rate in percent, None if the cell is empty: 98,6 and 98,6% and a number shown as 98.6%.

    ``is_sure``: the column is known to be in percent; without that and without the sign 0.986
    could be 0.986 % or 98.6 % and is refused with both.
    """
    if isinstance(cell, Odd):
        raise DataError(ODD[cell.kind], place=place, value=quoted(cell.shown))
    found = rate_value(cell)
    if found is None:
        if is_blank(cell):
            return None
        raise DataError("input_rate", place=place, value=quoted(shown(cell)))
    value, has_sign = found
    if not 0 <= value <= FULL_TOTAL:
        raise DataError("input_rate", place=place, value=quoted(shown(cell)))
    if 0 < value <= 1 and not (has_sign or is_sure):
        percent, part = (f"{number:g}%".replace(".", ",") for number in (value, 100 * value))
        raise DataError(
            "input_rate_ambiguous", place=place, value=quoted(shown(cell)), percent=percent,
            part=part,
        )  # fmt: skip
    return value


def rate_value(cell: Cell) -> tuple[float, bool] | None:
    """The number of a rate and whether it bears the sign; None if there is no such number."""
    if isinstance(cell, float):
        return float(cell), isinstance(cell, Percent)
    if not isinstance(cell, str) or len(cell) > LONGEST_NUMBER or not cell.strip():
        return None
    try:
        return float(parse_percent(cell)), cell.strip().endswith("%")
    except ScenarioError:
        return None
