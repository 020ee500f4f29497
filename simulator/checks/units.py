"""Units of a file: their codes and names, what is missing, and wholes against their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from simulator.checks.findings import Finding, Level
from simulator.readers.naming import CODE, PORTAL_ID, has_no_level, parent_of, unit_refs
from simulator.readers.records import GroupRow, IndicatorRow, Reading
from simulator.rules import Edition
from simulator.scorecard import UnitScore
from simulator.search import folded

# Fewer dossiers than this can be alike by chance.
ENOUGH = 50


def unit_findings(edition: Edition, reading: Reading, units: Sequence[UnitScore]) -> list[Finding]:
    """All findings about which units there are and how they fit together."""
    return [
        *_codes(reading), *_levels(reading), *_names(units), *_missing_groups(edition, units),
        *_no_dossiers(units), *_copied(units), *_wholes(units),
    ]  # fmt: skip


def _codes(reading: Reading) -> Iterator[Finding]:
    """Codes that are not of the portal's form: units are matched by them."""
    seen: set[str] = set()
    unnamed: list[str] = []
    for row in _rows(reading):
        key = row.unit.key
        if key in seen:
            continue
        seen.add(key)
        if row.unit.code is None and not PORTAL_ID.fullmatch(key):
            unnamed.append(row.unit.name or key)
        elif not CODE.fullmatch(key):
            yield Finding(Level.DOUBTFUL, "strange_code", {"unit": key}, row.place)
    if unnamed:
        yield Finding(Level.NOTE, "no_codes", {"count": len(unnamed), "example": unnamed[0]})


def _levels(reading: Reading) -> Iterator[Finding]:
    """Units of which nothing tells whether they are departments, communes or provinces."""
    unknown = [unit for unit in unit_refs(reading).values() if has_no_level(unit)]
    if unknown:
        fields = {"count": len(unknown), "example": unknown[0].name or unknown[0].key}
        yield Finding(Level.DOUBTFUL, "no_level", fields)


def _rows(reading: Reading) -> Iterator[IndicatorRow | GroupRow]:
    yield from reading.rows
    yield from reading.groups


def _names(units: Sequence[UnitScore]) -> Iterator[Finding]:
    """One name under two codes of the same parent."""
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        if unit.name:
            codes[parent_of(unit.unit), folded(unit.name)].append(unit.unit)
    for (_, _), found in codes.items():
        if len(found) > 1:
            yield Finding(Level.DOUBTFUL, "same_name", {"units": ", ".join(found)})


def _missing_groups(edition: Edition, units: Sequence[UnitScore]) -> Iterator[Finding]:
    """Groups of which nothing is there: they are unknown, not 0."""
    lacking: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        known = {edition.indicator(item.code).group for item in unit.indicators}
        for group in edition.group_by_code:
            if group not in known and group not in unit.published_groups:
                lacking[group].append(unit.unit)
    for group, codes in lacking.items():
        fields = {"group": group, "count": len(codes), "of": len(units), "example": codes[0]}
        everywhere = len(codes) == len(units)
        code = "group_missing" if everywhere else "group_missing_some"
        yield Finding(Level.NOTE, code, fields)


def _no_dossiers(units: Sequence[UnitScore]) -> Iterator[Finding]:
    empty = [unit.unit for unit in units if _received(unit) == 0]
    if empty:
        fields = {"count": len(empty), "units": ", ".join(empty[:5])}
        yield Finding(Level.NOTE, "no_dossiers", fields)


def _copied(units: Sequence[UnitScore]) -> Iterator[Finding]:
    """Units with the same counts throughout: one row was copied over another."""
    seen: dict[tuple[object, ...], str] = {}
    for unit in units:
        counts = tuple((item.code, item.numerator, item.denominator) for item in unit.indicators)
        if (_received(unit) or 0) < ENOUGH:
            continue
        if counts in seen:
            fields = {"unit": unit.unit, "other": seen[counts]}
            yield Finding(Level.DOUBTFUL, "copied_unit", fields)
        seen.setdefault(counts, unit.unit)


def _wholes(units: Sequence[UnitScore]) -> Iterator[Finding]:
    """A whole that has fewer dossiers than its parts, or a rate outside of theirs."""
    parts_of: dict[str, list[UnitScore]] = defaultdict(list)
    for unit in units:
        parts_of[parent_of(unit.unit)].append(unit)
    for whole in units:
        code = whole.unit
        ours, theirs = _on_time(whole), [_on_time(part) for part in parts_of.get(code, ())]
        known = [pair for pair in theirs if pair is not None and pair[1]]
        if ours is None or not ours[1] or len(known) < 2:
            continue
        total = sum(received for _, received in known)
        fields = {"unit": code, "count": len(known), "parts": total, "whole": ours[1]}
        if total > ours[1]:
            yield Finding(Level.DOUBTFUL, "parts_above_whole", fields)
        elif total == ours[1]:
            rates = [good / received for good, received in known]
            if not min(rates) <= ours[0] / ours[1] <= max(rates):
                yield Finding(Level.DOUBTFUL, "rate_outside_parts", fields)


def _on_time(unit: UnitScore) -> tuple[float, float] | None:
    for item in unit.indicators:
        if item.code != "ON_TIME" or item.is_rate:
            continue
        if item.numerator is not None and item.denominator is not None:
            return item.numerator, item.denominator
    return None


def _received(unit: UnitScore) -> float | None:
    pair = _on_time(unit)
    return None if pair is None else pair[1]
