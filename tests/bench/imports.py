"""Taking in figures: from a file to a kept baseline that is open, each in a process of its own."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from simulator.rule_files import load_edition
from simulator.rules import Edition
from tests.bench.measure import Result, median, p95
from tests.paths import PROJECT

PROVINCES, PROVINCES_S = 34, 2.0
NATIONAL, NATIONAL_S = 10_000, 20.0
MEGABYTES = 500
REPEATS = 5
SEED = 766


def run() -> list[Result]:
    edition = load_edition("2026-portal")
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for count, limit, repeats in ((PROVINCES, PROVINCES_S, REPEATS), (NATIONAL, NATIONAL_S, 3)):
            for make in (tidy_csv, workbook):
                path = make(edition, count, Path(folder))
                results += _measured(path, count, limit, repeats, Path(folder))
    return results


def figures(edition: Edition, count: int) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Code, name and counts of all indicators of ``count`` made-up units."""
    random.seed(SEED)
    for k in range(count):
        code = f"H{k + 10}" if count <= PROVINCES else f"H{10 + k // 300}.{k % 300}"
        received = random.randint(1000, 900_000)  # noqa: S311 - figures, not secrets
        # One share for all: no count then contradicts another.
        good = random.randint(received // 2, received)  # noqa: S311
        pairs = [(good, received) for _ in edition.indicators]
        yield code, f"UBND {'tỉnh' if count <= PROVINCES else 'xã'} số {k}", pairs


def tidy_csv(edition: Edition, count: int, folder: Path) -> Path:
    """One row per unit and indicator."""
    path = folder / f"{count}.csv"
    level = "province" if count <= PROVINCES else "commune"
    lines = ["unit,name,level,code,numerator,denominator"]
    for code, name, pairs in figures(edition, count):
        for item, (numerator, denominator) in zip(edition.indicators, pairs, strict=True):
            lines.append(f"{code},{name},{level},{item.code},{numerator},{denominator}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def workbook(edition: Edition, count: int, folder: Path) -> Path:
    """One row per unit, two columns per indicator."""
    path = folder / f"{count}.xlsx"
    level = "province" if count <= PROVINCES else "commune"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    names = [item.name["vi"] for item in edition.indicators]
    kinds = ("Tử số", "Mẫu số")
    header = [f"{name} - {kind}" for name in names for kind in kinds]
    sheet.write_row(0, 0, ["Mã đơn vị", "Tên đơn vị", "Cấp", *header])
    for line, (code, name, pairs) in enumerate(figures(edition, count), start=1):
        sheet.write_row(
            line, 0, [code, name, level, *(number for pair in pairs for number in pair)]
        )
    book.close()
    return path


def _measured(path: Path, count: int, limit: float, repeats: int, folder: Path) -> list[Result]:
    found = []
    for k in range(repeats):
        url = f"sqlite:///{folder / f'{path.name}-{k}.db'}"
        command = [sys.executable, "-m", "tests.bench.import_once", str(path), url]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
        found.append(json.loads(done.stdout))
    assert all(one["units"] == count for one in found)
    totals = [sum(one["steps"]) for one in found]
    memory = max(one["megabytes"] for one in found)
    parts = ", ".join(
        f"{name} {median([one['steps'][k] for one in found]):.2f}"
        for k, name in enumerate(("reading", "checks", "keeping", "opening"))
    )
    what = f"{count:,} units with all indicators, {path.suffix[1:]}"
    return [
        Result(f"{what} ({parts} s)", f"{median(totals):.2f} s", f"{p95(totals):.2f} s",
               f"p95 ≤ {limit:g} s", p95(totals) <= limit),
        Result("the same: most memory", f"{memory:.0f} MB", "—", f"≤ {MEGABYTES} MB",
               memory <= MEGABYTES),
    ]  # fmt: skip
