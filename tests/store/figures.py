"""Imports to be stored, known down to the last byte by their number."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from simulator.baseline_files import BASELINES
from simulator.store import NewImport
from simulator.strict_files import read_toml
from simulator.tables import SCHEMAS, read_table

UNITS = 40


def rows(kind: str, *cells: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows of ``kind``, None where nothing is given."""
    return [dict.fromkeys(SCHEMAS[kind].names) | row for row in cells]


def numbered(number: int) -> NewImport:
    """The import of this number: figures, a file of 100 kB of its own and one all share."""
    generator = random.Random(number)  # noqa: S311
    codes = [f"H44.{k:02}" for k in range(UNITS)]
    tables = {
        "units": rows("units", *(
            {"unit": code, "name": f"UBND xã {code}", "short_name": code, "level": "commune",
             "pool": "H44-communes"} for code in codes
        )),
        "scores": rows("scores", *(
            {"unit": code, "group": "TOTAL", "points": generator.randrange(10_001) / 100}
            for code in codes
        )),
        "indicators": rows("indicators", *(
            {"unit": code, "indicator": "ON_TIME", "basis": "counts",
             "numerator": float(generator.randrange(1000)), "denominator": 1000.0,
             "flag": None if k % 2 else "", "raw": "98,6 %"}
            for k, code in enumerate(codes)
        )),
        "facts": rows("facts", {"unit": "H44.01", "fact": "backlog", "value": 0.0}),
    }  # fmt: skip
    return NewImport(
        tables=tables, edition="2026-portal", name=f"Lần {number}", period="2026-ytd",
        captured_at=f"2026-10-{1 + number % 28:02}", source="Cổng Dịch vụ công quốc gia",
        is_complete=True, default_unit="H44.01",
        findings=({"level": "note", "code": "no_dossiers", "unit": "H44.02"},),
        lacks=("MDHL",),
        files=((f"xuất {number}.json", generator.randbytes(100_000)), ("chung.csv", b"a,b\n")),
        imported_by="Nguyễn Thị Ánh",
    )  # fmt: skip


def shipped(baseline: str) -> NewImport:
    """A shipped baseline as if an office had handed its files in."""
    folder = BASELINES / baseline
    about = read_toml(folder / "baseline.toml")
    files = sorted(folder.glob("*.csv"))
    return replace(
        numbered(0),
        tables={path.stem: read_table(path.stem, path).to_pylist() for path in files},
        edition=about["edition"],
        name=about["title"]["vi"],
        period=about["period"],
        captured_at=about["captured_at"],
        source=about["source"],
        default_unit=about["default_unit"],
        files=tuple((path.name, path.read_bytes()) for path in files),
    )
