"""Figures of an office's own files as a baseline that every what-if can start from.

Nothing is invented: what the files do not say stays unknown, and a list of units is only ranked
where it is known to be complete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.baseline import Baseline, Basis
from simulator.baseline_tables import units_of
from simulator.errors import DataError, ScenarioError
from simulator.numbers import format_date
from simulator.period import period_of
from simulator.readers.records import TOTAL, GroupRow, IndicatorRow, Reading
from simulator.rules import Edition, Text
from simulator.score import to_points
from simulator.text import LANGUAGES, say

OWN = "own"  # id of figures that are not kept
PROVINCES = 34
# Whose figures one looks at first.
LEVELS = ("country", "province", "department", "district", "commune")
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class About:
    """What files do not say of themselves.

    ``period`` as :func:`simulator.period.period_of` reads it and ``captured_at``, an ISO day or
    moment, are empty where they are not known. ``is_complete``: all units of each level are
    listed, so that these can be ranked.
    """

    name: str
    source: str
    period: str = ""
    captured_at: str = ""
    is_complete: bool = False


def baseline_of(reading: Reading, edition: Edition, about: About) -> Baseline:
    """A baseline of everything that was read; :class:`DataError` if that is nothing."""
    tables = tables_of(reading, edition)
    if not tables["units"]:
        raise DataError("input_without_units", files=about.source)
    return baseline_from(tables, edition, about)


def baseline_from(
    tables: Tables, edition: Edition, about: About, baseline_id: str = OWN,
    notes: tuple[Text, ...] = (),
) -> Baseline:  # fmt: skip
    """A baseline of ``tables``, which hold at least one unit."""
    units = units_of(tables, edition)
    pools = {unit.pool for unit in units.values() if unit.pool}
    whole = {pool for pool in pools if about.is_complete or _all_provinces(pool, tables)}
    return Baseline(
        id=baseline_id,
        title=dict.fromkeys(LANGUAGES, about.name),
        edition=edition,
        period=about.period,
        period_text={
            language: period_words(about.period, about.captured_at, language)
            for language in LANGUAGES
        },
        captured_at=about.captured_at,
        source=about.source,
        units=units,
        notes=notes,
        incomplete_pools=frozenset(pools - whole),
        default_unit=min(units, key=lambda code: LEVELS.index(units[code].level)),
        fingerprint=fingerprint(tables),
    )


def period_words(period: str, captured_at: str, language: str) -> str:
    """A period in words; a year to date with the day it reaches to."""
    try:
        # Any capture will do: only the days of the period are asked for.
        known = period_of(period, captured_at or "2000-01-01")
    except ScenarioError:
        return say(language, "period.unknown")
    year, month = str(known.first.year), str(known.last.month)
    months = known.last.month - known.first.month + 1
    if months == 1:
        return say(language, "period.month", month=month, year=year)
    if period.endswith("ytd"):
        return say(language, "period.to_date", year=year, captured=format_date(captured_at))
    if months == 12:
        return say(language, "period.year", year=year)
    if "Q" in period:
        return say(language, "period.quarter", quarter=period[-1], year=year)
    return say(language, "period.months", months=month, year=year)


def lacks(tables: Tables, edition: Edition, before: Tables | None = None) -> tuple[str, ...]:
    """What keeps figures from being whole, as codes: a group of which no unit has anything, and
    what ``before``, earlier whole figures of the same period, had: a unit, or its group
    (``H44.07/TTTT``)."""
    now = _known_groups(tables, edition)
    missing = [
        group
        for group in edition.group_by_code
        if not any(group in known for known in now.values())
    ]
    for unit, groups in (_known_groups(before, edition) if before else {}).items():
        if unit not in now:
            missing.append(unit)
            continue
        missing += [f"{unit}/{group}" for group in groups if group not in now[unit] | {*missing}]
    return tuple(missing)


def _known_groups(tables: Tables, edition: Edition) -> dict[str, set[str]]:
    """Units and the groups of which they have a score or an indicator."""
    known: dict[str, set[str]] = {row["unit"]: set() for row in tables["units"]}
    for row in tables["scores"]:
        known[row["unit"]].add(row["group"])
    for row in tables["indicators"]:
        known[row["unit"]].add(edition.indicator(row["indicator"]).group)
    return {unit: groups - {TOTAL} for unit, groups in known.items()}


def tables_of(reading: Reading, edition: Edition) -> dict[str, list[dict[str, Any]]]:
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
    basis = Basis.RATE if row.is_rate else Basis.COUNTS if row.denominator else Basis.NONE
    return {
        "unit": row.unit.key, "indicator": row.code, "basis": basis.value,
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


def fingerprint(tables: Tables) -> str:
    """Another one whenever a figure differs."""
    written = json.dumps(tables, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]
