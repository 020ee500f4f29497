"""Figures of an office's own files as a baseline that every what-if can start from.

Nothing is invented: what the files do not say stays unknown, and a list of units is only ranked
where it is known to be complete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.baseline import Baseline, Basis
from simulator.baseline_tables import units_of
from simulator.errors import DataError
from simulator.numbers import format_date
from simulator.readers.records import TOTAL, GroupRow, IndicatorRow, Reading
from simulator.rules import Edition, Text
from simulator.score import to_points
from simulator.text import LANGUAGES, say

OWN = "own"  # id of a baseline that lies in no folder
PROVINCES = 34
Tables = Mapping[str, list[dict[str, Any]]]


def baseline_of(
    reading: Reading, edition: Edition, source: str, period: str = "", captured_at: str = "",
    is_complete: bool = False,
) -> Baseline:  # fmt: skip
    """A baseline of everything that was read; :class:`DataError` if that is nothing.

    ``is_complete``: the files list all units of each level, so that these can be ranked.
    """
    tables = tables_of(reading, edition)
    if not tables["units"]:
        raise DataError("input_without_units", files=source)
    units = units_of(tables, edition)
    pools = {unit.pool for unit in units.values() if unit.pool}
    whole = {pool for pool in pools if is_complete or _all_provinces(pool, tables)}
    return Baseline(
        id=OWN,
        title=_in_both("own_title", source=source),
        edition=edition,
        period=period,
        period_text=_in_both("own_period", period=period, captured=format_date(captured_at)),
        captured_at=captured_at,
        source=source,
        units=units,
        incomplete_pools=frozenset(pools - whole),
        default_unit=next(iter(units)),
        fingerprint=_fingerprint(tables),
    )


def tables_of(reading: Reading, edition: Edition) -> Tables:
    """The rows of ``reading`` in the schemas of :mod:`simulator.tables`."""
    named: dict[str, dict[str, str | None]] = {}
    rows: Iterable[IndicatorRow | GroupRow] = [*reading.rows, *reading.groups]
    for row in rows:
        known = named.setdefault(row.unit.key, {"id": None, "name": None, "level": None})
        unit = row.unit
        for part, value in (("id", unit.id), ("name", unit.name), ("level", unit.level)):
            known[part] = known[part] or value
    return {
        "units": [_unit(code, known) for code, known in named.items()],
        "scores": [
            {"unit": row.unit.key, "group": row.group, "points": to_points(row.published),
             "national_average": None, "raw": None, "note": None}
            for row in reading.groups
            if row.published is not None and _is_whole(row, edition)
        ],
        "indicators": [_indicator(row) for row in reading.rows],
        "facts": [
            {"unit": row.unit.key, "fact": row.code, "value": row.value,
             "value_unit": row.value_unit, "raw": None, "note": None}
            for row in reading.facts if row.unit.key in named
        ],
    }  # fmt: skip


def _unit(code: str, known: Mapping[str, str | None]) -> dict[str, Any]:
    # A code without a dot is a province's; below it only the file can tell.
    level = known["level"] or ("province" if "." not in code else None)
    parent = code.rpartition(".")[0]
    pool = {"province": "provinces", "department": f"{parent}-departments",
            "commune": f"{parent}-communes"}.get(level or "")  # fmt: skip
    name = known["name"] or code
    return {
        "unit": code, "name": name, "short_name": _short(name), "level": level or "commune",
        "pool": pool, "portal_id": known["id"], "published_rank": None,
        "published_pool_size": None,
    }  # fmt: skip


def _short(name: str) -> str:
    """A name without what every unit of its kind carries."""
    for prefix in ("UBND tỉnh ", "UBND thành phố ", "UBND "):
        if name.startswith(prefix):
            rest = name.removeprefix(prefix)
            return rest[:1].upper() + rest[1:]
    return name.partition(" - ")[0]


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    has_cases = bool(row.denominator)
    return {
        "unit": row.unit.key, "indicator": row.code,
        "basis": (Basis.COUNTS if has_cases else Basis.NONE).value,
        "numerator": row.numerator, "denominator": row.denominator,
        "points": to_points(row.published), "flag": row.flag, "raw": None, "note": None,
    }  # fmt: skip


def _is_whole(row: GroupRow, edition: Edition) -> bool:
    """Not the score of a single procedure, which declares a smaller maximum than its group's."""
    if row.group == TOTAL or row.declared_maximum is None:
        return True
    return row.declared_maximum >= edition.group_by_code[row.group].maximum


def _all_provinces(pool: str, tables: Tables) -> bool:
    return pool == "provinces" and (
        sum(row["pool"] == pool for row in tables["units"]) == PROVINCES
    )


def _fingerprint(tables: Tables) -> str:
    written = json.dumps(tables, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def _in_both(key: str, **fields: str) -> Text:
    return {language: say(language, f"check.{key}", **fields) for language in LANGUAGES}
