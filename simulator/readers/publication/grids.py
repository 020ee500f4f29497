"""Tables as text leaves them: one cell per line, one row per line, or cells between tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.readers.publication.passages import Line, plain
from simulator.readers.publication.units import CODE_LIKE

_FIRST_HEADING = re.compile(r"stt|tt|số tt|s\.?t\.?t\.?")
_INDEX = re.compile(r"\d{1,3}(?:\.\d{1,2})?\.?|[IVX]{1,5}\.?")
_VALUE = re.compile(r"[-–]|\d[\d.,]*\s*(?:/\s*\d[\d.,]*)?\s*(?:%|điểm)?")
_FOOTNOTE = re.compile(r"\[\d+\]|\(\*+\)")
# One row on one line: number, name, code or the name of a whole, figures.
_ROW = re.compile(
    r"(?P<index>\d{1,3}[.)]?\s+)?(?P<name>[^\W\d].*?)\s+"
    rf"(?:(?P<code>{CODE_LIKE.pattern})\s+)?"
    r"(?P<values>(?:(?:\d[\d.,]*(?:/\d+)?%?|-)\s+)*(?:\d[\d.,]*(?:/\d+)?%?|-))"
)
# Where a heading begins in a header whose cells were run together.
_MEASURE = re.compile(
    r"(?=(?:Tổng số|Tổng điểm|Tỷ lệ|Tỉ lệ|Mức độ|Số lượng|Số hồ sơ|Số đơn vị|Công khai|Tiến độ"
    r"|Dịch vụ công|Thanh toán|Số hóa hồ sơ|Số hoá hồ sơ|Xếp hạng|Xếp loại)\b)"
)
_LONGEST_HEADER = 30
_TITLE_LINES = 8


@dataclass(frozen=True)
class Cell:
    """``text`` is empty for a cell that the document leaves empty."""

    text: str
    line: int


@dataclass(frozen=True)
class Row:
    """A row: ``index`` as printed, the name, the code as printed or "", and its figures."""

    index: str
    name: Cell
    code: str
    values: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A table; ``headings`` are those of the figures, ``title`` the lines above it.

    ``lines``: all line numbers it takes up.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    lines: frozenset[int]


def grids_of(lines: Sequence[Line]) -> list[Grid]:
    """All tables among ``lines``, in their order."""
    found = [*_vertical(lines), *_inline(lines), *_tabbed(lines)]
    return sorted(found, key=lambda grid: grid.line)


def _vertical(lines: Sequence[Line]) -> Iterator[Grid]:
    """Tables with one cell per line."""
    cells = [line for line in lines if line.text or line.is_cell]
    k = 0
    while k < len(cells):
        if _FIRST_HEADING.fullmatch(plain(cells[k].text)):
            end, grid = _vertical_at(cells, k)
            if grid:
                yield grid
            k = end
        k += 1


def _vertical_at(cells: Sequence[Line], start: int) -> tuple[int, Grid | None]:
    first = next(
        (
            k
            for k in range(start + 1, min(start + _LONGEST_HEADER, len(cells)))
            if _row_at(cells, k)
        ),
        None,
    )
    if first is None:
        return start, None
    headings = [cell.text for cell in cells[start:first] if cell.text]
    rows: list[Row] = []
    k = first
    while k < len(cells) and _row_at(cells, k, rows[-1].index if rows else ""):
        end = k + 2
        while end < k + len(headings) and _is_figure(cells, end, cells[k].text):
            end += 1
        rows.append(_vertical_row(cells[k:end]))
        k = end
    has_code = any(row.code for row in rows)
    grid = Grid(
        _title(cells, start), tuple(headings[3 if has_code else 2 :]), tuple(rows),
        cells[start].number, frozenset(cell.number for cell in cells[start:k]),
    )  # fmt: skip
    return k - 1, grid


def _row_at(cells: Sequence[Line], k: int, previous: str = "") -> bool:
    """True if a row begins here: a running number that follows ``previous``, then a name."""
    if k + 1 >= len(cells) or not _INDEX.fullmatch(cells[k].text):
        return False
    both_run = previous.isdigit() and cells[k].text.isdigit()
    # Otherwise the last figure of a table would begin a row with the words below it.
    if both_run and int(cells[k].text) not in (int(previous), int(previous) + 1):
        return False
    following = cells[k + 1].text
    return bool(re.match(r"[^\W\d_]{2}", following)) and not CODE_LIKE.fullmatch(following)


def _is_figure(cells: Sequence[Line], k: int, index: str) -> bool:
    if k >= len(cells) or _row_at(cells, k, index):
        return False
    text = cells[k].text
    return not text or bool(_VALUE.fullmatch(text) or CODE_LIKE.fullmatch(text))


def _vertical_row(cells: Sequence[Line]) -> Row:
    figures = [Cell(cell.text, cell.number) for cell in cells[2:]]
    code = ""
    if figures and CODE_LIKE.fullmatch(figures[0].text):
        code, figures = figures[0].text, figures[1:]
    name = Cell(cells[1].text, cells[1].number)
    return Row(cells[0].text, name, code, tuple(figures))


def _title(lines: Sequence[Line], start: int) -> str:
    above = [line.text for line in lines[max(0, start - _TITLE_LINES) : start] if line.text]
    return plain(" ".join(above))


def _inline(lines: Sequence[Line]) -> Iterator[Grid]:
    """Tables with one row per line, where at least two lines after each other carry a code."""
    k = 0
    while k < len(lines):
        end = k
        while end < len(lines) and _inline_row(lines[end]):
            end += 1
        block = [row for line in lines[k:end] if (row := _inline_row(line))]
        if len([row for row in block if row.code]) > 1:
            begin, headings = _run_together(lines, k)
            taken = frozenset(line.number for line in lines[begin:end])
            title = _title(lines, begin)
            yield Grid(title, headings, tuple(block), lines[begin].number, taken)
        k = max(end, k + 1)


def _inline_row(line: Line) -> Row | None:
    hit = None if "\t" in line.text or "|" in line.text else _ROW.fullmatch(line.text)
    if hit is None or not (hit["code"] or is_whole(hit["name"])):
        return None
    values = tuple(Cell(value, line.number) for value in hit["values"].split())
    index = (hit["index"] or "").strip()
    return Row(index, Cell(hit["name"], line.number), hit["code"] or "", values)


def _run_together(lines: Sequence[Line], first: int) -> tuple[int, tuple[str, ...]]:
    """Where the header above row ``first`` begins, and its headings of figures."""
    begin = first
    for k in range(first - 1, max(-1, first - _LONGEST_HEADER), -1):
        if _FIRST_HEADING.match(plain(lines[k].text)):
            begin = k
            break
    text = " ".join(line.text for line in lines[begin:first])
    parts = [part.strip() for part in _MEASURE.split(text)]
    return begin, tuple(part for part in parts[1:] if part)


def is_whole(name: str) -> bool:
    """True for the row of a whole: its sums or common rates."""
    words = r"tổng(?: cộng| số)?|cộng|chung|toàn (?:tỉnh|huyện|xã|thành phố)|bình quân|tỷ lệ chung"
    return bool(re.match(rf"(?:{words})\b", plain(name)))


def _tabbed(lines: Sequence[Line]) -> Iterator[Grid]:
    """Tables whose cells stand between tabs or bars."""
    k = 0
    while k < len(lines):
        end = k
        while end < len(lines) and len(_cells(lines[end])) > 2:
            end += 1
        if end - k > 1 and (grid := _tabbed_grid(lines, k, end)):
            yield grid
        k = max(end, k + 1)


def _cells(line: Line) -> list[str]:
    mark = "\t" if "\t" in line.text else "|"
    return [cell.strip() for cell in line.text.strip("|").split(mark)]


def _tabbed_grid(lines: Sequence[Line], begin: int, end: int) -> Grid | None:
    header = _cells(lines[begin])
    lead = 1 if _FIRST_HEADING.fullmatch(plain(header[0])) else 0
    has_code = _has_code(lines[begin + 1 : end], lead)
    rows = []
    for line in lines[begin + 1 : end]:
        cells = _cells(line)
        if re.fullmatch(r"[-: ]*", "".join(cells)) or len(cells) <= lead:
            continue
        cells += [""] * (len(header) - len(cells))
        figures = [Cell(cell, line.number) for cell in cells[lead + 1 :]]
        code = figures.pop(0).text if has_code and figures else ""
        index = cells[0] if lead else ""
        rows.append(Row(index, Cell(cells[lead], line.number), code, tuple(figures)))
    headings = tuple(header[lead + (2 if has_code else 1) :])
    taken = frozenset(line.number for line in lines[begin:end])
    return Grid(_title(lines, begin), headings, tuple(rows), lines[begin].number, taken)


def _has_code(lines: Sequence[Line], lead: int) -> bool:
    second = [cells[lead + 1] for line in lines if len(cells := _cells(line)) > lead + 1]
    return any(CODE_LIKE.fullmatch(cell) for cell in second)


def footnote_marks(grid: Grid, lines: Sequence[Line]) -> list[str]:
    """Footnote marks in the header of ``grid``, in their order; ``lines`` are all of the text."""
    first_row = min((row.name.line for row in grid.rows), default=grid.line + 1)
    header = [line.text for line in lines[grid.line - 1 : first_row - 1]]
    return _FOOTNOTE.findall(" ".join(header))
