"""What the schema of a table cannot say: checks of a baseline's rows against the rules.

Every refusal is a :class:`DataError` with file, line, column, value and what is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from simulator.baseline import Basis
from simulator.errors import DataError
from simulator.rules import Edition
from simulator.score import LARGEST_COUNT
from simulator.tables import SCHEMAS

TOTAL = "TOTAL"
Row = Mapping[str, Any]


def check_tables(tables: Mapping[str, Sequence[Row]], folder: Path, edition: Edition) -> None:
    """Refuse unknown or repeated units, groups and indicators, and impossible figures."""
    units = [row["unit"] for row in tables["units"]]
    _check_repeats(tables["units"], "unit", folder, "units")
    for kind in SCHEMAS:
        _check_known(tables[kind], "unit", units, folder, kind)
    groups = [*edition.group_by_code, TOTAL]
    _check_known(tables["scores"], "group", groups, folder, "scores")
    _check_repeats(tables["scores"], "group", folder, "scores")
    _check_known(tables["indicators"], "indicator", edition.position, folder, "indicators")
    _check_repeats(tables["indicators"], "indicator", folder, "indicators")
    for line, row in enumerate(tables["scores"], start=2):
        group = edition.group_by_code.get(row["group"])
        if group:
            for column in ("points", "national_average"):
                _check_range(row, column, group.maximum, folder / "scores.csv", line)
    for line, row in enumerate(tables["indicators"], start=2):
        _check_evidence(row, edition, folder / "indicators.csv", line)


def _check_known(
    rows: Sequence[Row], column: str, known: Collection[str], folder: Path, kind: str
) -> None:
    for line, row in enumerate(rows, start=2):
        if row[column] not in known:
            raise DataError(
                "unknown_in_table",
                file=f"{folder.name}/{kind}.csv", line=line, column=column, value=row[column],
            )  # fmt: skip


def _check_repeats(rows: Sequence[Row], column: str, folder: Path, kind: str) -> None:
    seen = set()
    for line, row in enumerate(rows, start=2):
        key = (row["unit"], row[column])
        if key in seen:
            raise DataError(
                "duplicate_in_table",
                file=f"{folder.name}/{kind}.csv", line=line, column=column, value=row[column],
            )  # fmt: skip
        seen.add(key)


def _check_evidence(row: Row, edition: Edition, path: Path, line: int) -> None:
    """Whole counts, rates per 100, nothing beside "none", and no numerator above its whole."""
    _check_range(row, "points", edition.indicator(row["indicator"]).maximum, path, line)
    basis = Basis(row["basis"])
    for column in ("numerator", "denominator"):
        if basis is Basis.NONE:
            _check_range(row, column, 0, path, line)
        elif row[column] is None:
            raise _bad(row, column, path, line, "≥ 0")
        elif basis is Basis.COUNTS and not (row[column] < LARGEST_COUNT and row[column] % 1 == 0):
            raise _bad(row, column, path, line, "0, 1, 2, …")
    if basis is Basis.RATE and row["denominator"] != 100:
        raise _bad(row, "denominator", path, line, "100")
    if basis is not Basis.NONE:
        _check_range(row, "numerator", row["denominator"], path, line)


def _check_range(row: Row, column: str, high: float, path: Path, line: int) -> None:
    if row[column] is not None and not 0 <= row[column] <= high:
        raise _bad(row, column, path, line, f"[0, {high:.15g}]")


def _bad(row: Row, column: str, path: Path, line: int, allowed: str) -> DataError:
    value = "" if row[column] is None else f"{row[column]:.15g}"
    return DataError(
        "table_cell",
        file=f"{path.parent.name}/{path.name}", line=line, column=column, value=value,
        allowed=allowed,
    )  # fmt: skip
