"""Telling units by what a person knows of them, where files do not say it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from simulator.errors import Place
from simulator.readers.records import Reading, UnitRef, clean_text
from simulator.search import folded

# Codes as the portal writes them: H44, H44.07 since 2025, 000.00.31.H53 before.
CODE = re.compile(r"H\d{2}(\.\d{1,3})*|000(\.\d{2,3}){2}\.H\d{2}")
PROVINCE = re.compile(r"H\d{2}")
PORTAL_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
OFFICES = ("ubnd ", "uy ban nhan dan ")
# How names begin. A city can be a province or, until 2025, below one: its name does not tell.
FIRST_WORDS = (
    ("tinh ", "province"), ("so ", "department"), ("ban ", "department"),
    ("van phong ", "department"), ("thanh tra ", "department"), ("xa ", "commune"),
    ("phuong ", "commune"), ("dac khu ", "commune"), ("thi tran ", "commune"),
    ("huyen ", "district"), ("thi xa ", "district"), ("quan ", "district"),
)  # fmt: skip


def unit_code(value: str | None, place: Place | None = None) -> str | None:
    """A code without outer blanks; one of the portal in capitals (h44.07 is H44.07)."""
    text = clean_text(value, place)
    return text.upper() if text and CODE.fullmatch(text.upper()) else text


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


def level_of(code: str, level: str | None, name: str | None) -> str | None:
    """Level of a unit: as a file says, by a province's code, or by the first words of its name;
    None if nothing tells."""
    if level or PROVINCE.fullmatch(code):
        return level or "province"
    words = folded(name or "")
    for office in OFFICES:
        words = words.removeprefix(office)
    return next((found for start, found in FIRST_WORDS if words.startswith(start)), None)


def has_no_level(unit: UnitRef) -> bool:
    """True if nothing tells whether it is a province, a department or a commune."""
    return level_of(unit.key, unit.level, unit.name) is None


def at_level(reading: Reading, level: str) -> Reading:
    """Units of which no file tells the level are of ``level``, if that is not empty."""
    if not level:
        return reading
    return _changed(
        reading, lambda unit: replace(unit, level=level) if has_no_level(unit) else unit
    )


def named(reading: Reading, key: str, code: str, name: str) -> Reading:
    """The unit known as ``key`` has ``code`` and ``name``; an empty text changes nothing."""
    known = {part: text for part, text in (("code", unit_code(code)), ("name", clean_text(name)))
             if text}  # fmt: skip

    def change(unit: UnitRef) -> UnitRef:
        return replace(unit, **known) if unit.key == key else unit

    return _changed(reading, change) if known else reading


def _changed(reading: Reading, change: Callable[[UnitRef], UnitRef]) -> Reading:
    return replace(
        reading,
        rows=tuple(replace(row, unit=change(row.unit)) for row in reading.rows),
        groups=tuple(replace(row, unit=change(row.unit)) for row in reading.groups),
        facts=tuple(replace(row, unit=change(row.unit)) for row in reading.facts),
    )
