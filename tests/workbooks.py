"""Small workbooks made in memory, for tests."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from simulator.baseline import Basis
from simulator.baseline_files import load_baseline
from simulator.readers import Reading
from simulator.rule_files import load_edition

EDITION = load_edition("2026-portal")
# Real figures of 10 October 2026.
NAMES = {
    "CKMB": "Công khai, minh bạch (18)", "TDGQ": "Tiến độ, kết quả giải quyết (20)",
    "ONLINE": "Dịch vụ công trực tuyến (12)", "TTTT": "Thanh toán trực tuyến (10)",
    "MDSH": "Số hoá hồ sơ (22)", "MDHL": "Mức độ hài lòng (18)",
}  # fmt: skip


def sheet_rows(count: int = 5) -> list[list[Any]]:
    """Group scores of the first provinces as an office would keep them."""
    rows: list[list[Any]] = [["TT", "Mã đơn vị", "Tên đơn vị", *NAMES.values(), "Tổng điểm"]]
    units = list(load_baseline("vn-2026-10-10").units.values())[:count]
    for k, unit in enumerate(units, 1):
        points = [unit.groups[group] / 100 for group in NAMES]
        rows.append([k, unit.code, unit.name, *points, (unit.total or 0) / 100])
    return rows


def count_rows() -> list[list[Any]]:
    """All counts of Phú Thọ of 2026, one indicator per row."""
    rows: list[list[Any]] = [["Mã đơn vị", "Tên đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số", "Điểm"]]
    unit = load_baseline("phutho-2026-ytd").units["H44"]
    for item, known in zip(EDITION.indicators, unit.evidence, strict=True):
        if known.basis is Basis.COUNTS and not known.assumed:
            score = None if known.published is None else known.published / 100
            counts = [known.numerator, known.denominator]
            rows.append([unit.code, unit.name, item.name["vi"], *counts, score])
    return rows


def book_of(*sheets: Sequence[Sequence[Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet(f"Bảng {len(book.worksheets) + 1}")
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    return saved(book_of(*sheets))


def scores(reading: Reading) -> dict[tuple[str, str], int | None]:
    return {(row.unit.key, row.group): row.published for row in reading.groups}


def counts(reading: Reading) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    return {(row.unit.key, row.code): (row.numerator, row.denominator) for row in reading.rows}
