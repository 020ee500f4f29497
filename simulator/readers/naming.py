"""Telling units by what a person knows of them, where files do not say it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from simulator.readers.records import Reading, UnitRef, clean_text

# Codes as the portal writes them: H44, H44.07 since 2025, 000.00.31.H53 before.
CODE = re.compile(r"H\d{2}(\.\d{1,3})*|000(\.\d{2,3}){2}\.H\d{2}")
PROVINCE = re.compile(r"H\d{2}")


def parent_of(code: str) -> str:
    """Code of the province a unit belongs to: H44 of H44.07, H53 of 000.00.31.H53."""
    first, _, last = code.rpartition(".")
    return last if code.startswith("000.") else first


def unit_refs(reading: Reading) -> dict[str, UnitRef]:
    """The units of a reading by key; what one row leaves open another fills."""
    found: dict[str, UnitRef] = {}
    for unit in (*(row.unit for row in reading.rows), *(row.unit for row in reading.groups)):
        known = found.setdefault(unit.key, unit)
        # Building a new one for each of its rows would take seconds for a country.
        if (unit.name and not known.name) or (unit.level and not known.level):
            found[unit.key] = replace(
                known, name=known.name or unit.name, level=known.level or unit.level
            )
    return found


def has_no_level(unit: UnitRef) -> bool:
    """True if nothing tells whether it is a province, a department or a commune."""
    return unit.level is None and not PROVINCE.fullmatch(unit.key)


def at_level(reading: Reading, level: str) -> Reading:
    """Units of which no file tells the level are of ``level``."""
    return _changed(
        reading, lambda unit: replace(unit, level=level) if has_no_level(unit) else unit
    )


def recoded(reading: Reading, key: str, code: str) -> Reading:
    """The unit known as ``key`` has ``code``; an empty one changes nothing."""
    clean = clean_text(code)
    if not clean:
        return reading
    return _changed(reading, lambda unit: replace(unit, code=clean) if unit.key == key else unit)


def _changed(reading: Reading, change: Callable[[UnitRef], UnitRef]) -> Reading:
    return replace(
        reading,
        rows=tuple(replace(row, unit=change(row.unit)) for row in reading.rows),
        groups=tuple(replace(row, unit=change(row.unit)) for row in reading.groups),
        facts=tuple(replace(row, unit=change(row.unit)) for row in reading.facts),
    )
