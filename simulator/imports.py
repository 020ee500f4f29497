"""Figures of an office's own files as a baseline that every what-if can start from.

Nothing is invented: what the files do not say stays unknown, and a list of units is only ranked
where it is known to be complete.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.baseline import Baseline, Unit
from simulator.baseline_tables import units_of
from simulator.errors import DataError, ScenarioError
from simulator.numbers import format_date
from simulator.period import period_of
from simulator.readers.records import TOTAL, Reading
from simulator.reading_tables import tables_of
from simulator.rules import Edition
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
    return baseline_from(tables, edition, about, OWN, fingerprint(tables))


def baseline_from(
    tables: Mapping[str, Iterable[Mapping[str, Any]]], edition: Edition, about: About,
    baseline_id: str, mark: str,
) -> Baseline:  # fmt: skip
    """A baseline of ``tables``, which hold at least one unit; ``mark`` tells figures apart."""
    units = units_of(tables, edition)
    pools = {unit.pool for unit in units.values() if unit.pool}
    whole = {pool for pool in pools if about.is_complete or _all_provinces(pool, units)}
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
        incomplete_pools=frozenset(pools - whole),
        default_unit=first_unit({code: unit.level for code, unit in units.items()}),
        fingerprint=mark,
    )


def first_unit(levels: Mapping[str, str]) -> str:
    """Whose figures one looks at first: the first of the highest level; ``levels`` by code."""
    return min(levels, key=lambda code: LEVELS.index(levels[code]))


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
        if not captured_at:
            return say(language, "period.to_date_open", year=year)
        captured = format_date(known.captured_day.isoformat())
        return say(language, "period.to_date", year=year, captured=captured)
    if months == 12:
        return say(language, "period.year", year=year)
    if "Q" in period:
        return say(language, "period.quarter", quarter=period[-1], year=year)
    return say(language, "period.months", months=month, year=year)


def lacks(tables: Tables, edition: Edition, before: Tables | None = None) -> tuple[str, ...]:
    """What keeps figures from being whole, as codes: a group of which no unit has anything, and
    what ``before``, earlier whole figures of the same period, had: a unit of a list of which
    some are there, or the group of a unit (``H44.07/TTTT``)."""
    now = _known_groups(tables, edition)
    listed = Counter(row["pool"] for row in tables["units"])
    missing = [
        group
        for group in edition.group_by_code
        if not any(group in known for known in now.values())
    ]
    pools = {row["unit"]: row["pool"] for row in before["units"]} if before else {}
    for unit, groups in (_known_groups(before, edition) if before else {}).items():
        if unit not in now:
            # One unit of a list is not that list.
            missing += [unit] if listed[pools[unit]] > 1 else []
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


def _all_provinces(pool: str, units: Mapping[str, Unit]) -> bool:
    return pool == "provinces" and sum(unit.pool == pool for unit in units.values()) == PROVINCES


def fingerprint(tables: Tables) -> str:
    """Another one whenever a figure differs; what is not published does not count, so that a
    column added to a table changes nothing."""
    digest = hashlib.sha256()
    # Row by row: as one text ten thousand units would take a hundred megabytes.
    for kind in sorted(tables):
        for row in tables[kind]:
            known = {name: cell for name, cell in row.items() if cell is not None}
            digest.update(json.dumps([kind, known], sort_keys=True).encode())
    return digest.hexdigest()[:12]
