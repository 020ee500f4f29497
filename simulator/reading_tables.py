"""What was read, as the tidy tables of :mod:`simulator.tables`.

Nothing is invented: what the files do not say stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.baseline import NAMELESS, Basis
from simulator.readers.naming import PROVINCE, level_of, parent_of
from simulator.readers.records import TOTAL, FactRow, GroupRow, IndicatorRow, Reading
from simulator.rules import Edition
from simulator.score import to_points

# Facts of a publication that the table of units has columns for.
RANK, POOL_SIZE = "PUBLISHED_RANK", "PUBLISHED_POOL_SIZE"


def tables_of(reading: Reading, edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """The rows of ``reading`` in the schemas of :mod:`simulator.tables`."""
    named: dict[str, dict[str, str | None]] = {}
    rows: Iterable[IndicatorRow | GroupRow] = [*reading.rows, *reading.groups]
    for row in rows:
        known = named.setdefault(row.unit.key, {"id": None, "name": None, "level": None})
        unit = row.unit
        for part, value in (("id", unit.id), ("name", unit.name), ("level", unit.level)):
            known[part] = known[part] or value
    facts = {(row.unit.key, row.code): row.value for row in reading.facts}
    return {
        "units": [
            _unit(code, known, facts.get((code, RANK)), facts.get((code, POOL_SIZE)))
            for code, known in named.items()
        ],
        "scores": [
            {"unit": row.unit.key, "group": row.group, "points": to_points(row.published),
             "national_average": None if row.average is None else to_points(row.average),
             "raw": _words(row), "note": None}
            for row in reading.groups
            if row.published is not None and _is_whole(row, edition)
        ],
        "indicators": [_indicator(row) for row in reading.rows],
        "facts": [
            {"unit": row.unit.key, "fact": row.code, "value": row.value,
             "value_unit": row.value_unit, "raw": _words(row), "note": None}
            for row in reading.facts
            if row.unit.key in named and row.code not in (RANK, POOL_SIZE)
        ],
    }  # fmt: skip


def _unit(
    code: str, known: Mapping[str, str | None], rank: float | None, of: float | None
) -> dict[str, Any]:
    level = level_of(code, known["level"], known["name"])
    pool = None
    if PROVINCE.fullmatch(code):
        pool = "provinces"
    elif level:
        pool = f"{parent_of(code) or NAMELESS}-{level}s"
    name = known["name"] or code
    return {
        "unit": code, "name": name, "short_name": short_name(name), "level": level or "commune",
        "pool": pool, "portal_id": known["id"],
        "published_rank": None if rank is None else int(rank),
        "published_pool_size": None if of is None else int(of),
    }  # fmt: skip


def short_name(name: str) -> str:
    """A unit's name without what every unit of its kind carries."""
    for prefix in ("UBND tỉnh ", "UBND thành phố ", "UBND "):
        if name.startswith(prefix):
            rest = name.removeprefix(prefix)
            return rest[:1].upper() + rest[1:]
    return name.partition(" - ")[0]


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    basis = Basis.RATE if row.is_rate else Basis.COUNTS if row.denominator else Basis.NONE
    return {
        "unit": row.unit.key, "indicator": row.code, "basis": basis.value,
        "numerator": row.numerator, "denominator": row.denominator,
        "points": to_points(row.published), "flag": row.flag, "raw": _words(row), "note": None,
    }  # fmt: skip


def _words(row: IndicatorRow | GroupRow | FactRow) -> str | None:
    """The words of a publication a figure was read from."""
    return row.place.fields.get("words")


def _is_whole(row: GroupRow, edition: Edition) -> bool:
    """Not the score of a single procedure, which declares a smaller maximum than its group's."""
    if row.group == TOTAL or row.declared_maximum is None:
        return True
    return row.declared_maximum >= edition.group_by_code[row.group].maximum
