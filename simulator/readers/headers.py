"""Where the header of a table is: below titles, in one row or in two with merged titles above."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.readers.cells import is_blank, rate_value, shown
from simulator.readers.columns import IGNORE, Header, Suggestion, is_table, suggest
from simulator.readers.header_marks import tells_other, without_brackets
from simulator.readers.records import one_line
from simulator.readers.sheets import Row, Sheet
from simulator.rules import Edition
from simulator.search import folded

SEARCHED = 30
SAMPLES = 6
LONGEST_TITLE = 200  # characters of a cell that can name a column
# A row of column numbers below a header: (1), 2, A, (5)=(4)/(3).
COLUMN_NUMBER = re.compile(r"\(?([A-D]|\d{1,2})\)?(\s*=.{1,30})?")
# What rows that sum others up begin with. With their diacritics: "Tổng công ty" is a unit.
SUMS = ("tổng cộng", "tổng số", "toàn tỉnh", "toàn thành phố", "bình quân", "trung bình",
        "cả nước", "toàn quốc", "mặt bằng chung", "tỷ lệ chung", "total", "average",
        "điểm tối đa", "điểm chuẩn", "thang điểm", "điểm trần", "maximum")  # fmt: skip
WHOLE_SUMS = ("cộng", "tổng", *SUMS)


@dataclass(frozen=True)
class Layout:
    """``body``: position in ``sheet.rows`` of the first row below the header on ``line``."""

    line: int
    body: int
    columns: list[Suggestion]


def find_layout(sheet: Sheet, edition: Edition) -> Layout | None:
    """The first header whose certain columns are a table; None if there is none."""
    found = _first_layout(sheet, edition)
    return found if found and _is_table(found) else None


def _first_layout(sheet: Sheet, edition: Edition) -> Layout | None:
    """The first header of a table, be it one of planned figures that nobody asked for."""
    for k in range(min(SEARCHED, len(sheet.rows))):
        layouts = _layouts(sheet, k, edition)
        found = [layout for layout in layouts if _is_table(layout)]
        if found:
            return max(found, key=lambda layout: (_known(layout), -layout.body))
        # The second of its two rows alone would look like figures of this period.
        if other := next(filter(_is_of_other_figures, layouts), None):
            return other
    return None


def layout_at(sheet: Sheet, line: int, edition: Edition) -> Layout | None:
    """The header on ``line``, whatever it names; None if there is no such row."""
    at = next((k for k, row in enumerate(sheet.rows) if row.line == line), None)
    if at is None:
        return None
    alone = _layout(sheet, at + 1, _single(sheet, at), edition)
    if at == 0:
        return alone
    if _has_numbers(sheet.rows[at]):
        return alone
    above = _layout(sheet, at + 1, _double(sheet, at - 1), edition)
    return above if _known(above) > _known(alone) else alone


def likely_layout(sheet: Sheet, edition: Edition) -> Layout:
    """The header that was found, else the row above the first figures, for a person to map.

    ``sheet`` must have rows.
    """
    found = _first_layout(sheet, edition)
    if found is not None:
        return found
    rows = sheet.rows[:SEARCHED]
    first = next((k for k, row in enumerate(rows) if _is_body(row)), 0)
    at = max(first - 1, 0)
    while at > 0 and is_column_numbers(rows[at]):
        at -= 1
    return _layout(sheet, at + 1, _single(sheet, at), edition)


def _is_body(row: Row) -> bool:
    filled = sum(not is_blank(cell) for cell in row.cells)
    return filled > 1 and _has_numbers(row) and not is_column_numbers(row)


def mapped(layout: Layout, mapping: Mapping[int, str]) -> Layout:
    """``layout`` with the meanings a person chose; what was not chosen is ignored."""
    columns = [
        Suggestion(item.column, item.header, mapping.get(item.column, IGNORE), True)
        for item in layout.columns
    ]
    return Layout(layout.line, layout.body, columns)


def is_column_numbers(row: Row) -> bool:
    """True for the row of column numbers below a header: (1), (2), (3)=(1)/(2) or A, B, 1, 2."""
    texts = [text for cell in row.cells if (text := shown(cell).strip())]
    found = [COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(one[1]) for one in found if one and one[1].isdigit()]
    return (
        len(texts) > 2 and None not in found and len(numbers) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )  # fmt: skip


def is_sum(name: str) -> bool:
    """True for the name of a row that sums others up ("Tổng cộng", "Bình quân ...")."""
    text = " ".join(name[:LONGEST_TITLE].split())
    text = without_brackets(unicodedata.normalize("NFC", text).casefold()).rstrip(" :.")
    if text in WHOLE_SUMS or any(text.startswith(f"{word} ") for word in SUMS):
        return True
    # Typed without diacritics only the whole of it tells: "tong cong ty" is a unit.
    return text.isascii() and text in {folded(word) for word in WHOLE_SUMS}


def _layouts(sheet: Sheet, at: int, edition: Edition) -> list[Layout]:
    found = [_layout(sheet, at + 1, _single(sheet, at), edition)]
    is_titled = len(set(_texts(sheet, at)) - {""}) > 1
    if is_titled and at + 1 < len(sheet.rows) and not _has_numbers(sheet.rows[at + 1]):
        found.append(_layout(sheet, at + 2, _double(sheet, at), edition))
    return found


def _has_numbers(row: Row) -> bool:
    """True for a row of figures, which is no second row of a header."""
    return any(rate_value(cell) is not None for cell in row.cells)


def _layout(sheet: Sheet, body: int, headers: Sequence[Header], edition: Edition) -> Layout:
    samples = [row.cells for row in sheet.rows[body : body + SAMPLES]]
    if sheet.name is not None:
        # Columns without a title can be mapped by a person.
        width = max([len(headers), *map(len, samples)])
        headers = [*headers, *(Header("") for _ in range(width - len(headers)))]
    return Layout(sheet.rows[body - 1].line, body, suggest(headers, samples, edition))


def _is_table(layout: Layout) -> bool:
    return is_table([item.meaning for item in layout.columns if item.certain])


def _is_of_other_figures(layout: Layout) -> bool:
    return is_table([
        item.meaning for item in layout.columns
        if item.certain or tells_other(folded(item.header))
    ])  # fmt: skip


def _known(layout: Layout) -> int:
    """How many different things its columns certainly mean."""
    return len({item.meaning for item in layout.columns if item.certain} - {IGNORE})


def _texts(sheet: Sheet, at: int) -> list[str]:
    row = sheet.rows[at]
    width = max([len(row.cells), *(column + 1 for column in sheet.spread.get(row.line, ()))])
    texts = [one_line(shown(sheet.label(row, k))[:LONGEST_TITLE]) for k in range(width)]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _single(sheet: Sheet, at: int) -> list[Header]:
    return [Header(text) for text in _texts(sheet, at)]


def _double(sheet: Sheet, at: int) -> list[Header]:
    """Headers of two rows; a title stands for the columns up to the next one."""
    upper, lower = _texts(sheet, at), _texts(sheet, at + 1)
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    headers, title = [], ""
    for top, text in zip(upper, lower, strict=True):
        if top:
            # A title with nothing below it is a column of its own.
            title = top if text and text != top else ""
            headers.append(Header(text or top, title))
        else:
            headers.append(Header(text, title if text else ""))
    return headers
