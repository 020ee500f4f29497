"""Scenarios to begin with: goals for rates, as data, made into settings of a unit's levers.

A preset names indicators and the rate each should reach: all that can be, the average of the
list, or that of the unit which leads the group. Where a rate is there already nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

from simulator.baseline import Basis, Unit
from simulator.errors import Notice
from simulator.levers import LeverRange, lever_range
from simulator.outlook import Outlook
from simulator.paths import DATA
from simulator.plan_goals import is_offered
from simulator.project import project
from simulator.rank import Peers
from simulator.rule_files import load_edition
from simulator.rules import Edition, Text
from simulator.strict_files import (
    both_languages,
    check_choice,
    check_keys,
    check_tables,
    line_of,
    read_toml,
    refuse_duplicate,
)

PRESETS = DATA / "presets"
SLIGHT = 1e-6


class Rates(StrEnum):
    """Which rate the indicators of a preset should reach."""

    MOST = "most"  # all that can be reached
    AVERAGE = "average"  # the mean rate of the list
    LEADER = "leader"  # that of the unit with the highest score of the group


@dataclass(frozen=True)
class Preset:
    """``indicators``: codes it moves, all of the edition if empty; ``also``: levers that change
    no score in the period but belong to the work."""

    code: str
    name: Text
    note: Text
    rates: Rates
    indicators: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class FromPreset:
    """``settings`` of the levers, and what could not be done or has to be known."""

    settings: Mapping[str, float]
    notices: tuple[Notice, ...]


@cache
def presets(edition_code: str, folder: Path = PRESETS) -> tuple[Preset, ...]:
    """The presets shipped for an edition, none if there is no file; :class:`RulesError` if the
    file is wrong."""
    path = folder / f"{edition_code}.toml"
    if not path.exists():
        return ()
    place: dict[str, Any] = {"file": path.name, "line": 1}
    raw = read_toml(path)
    check_keys(raw, ("edition", "preset"), (), **place)
    check_choice(raw["edition"], (edition_code,), key="edition", **place)
    edition = load_edition(edition_code)
    found: dict[str, Preset] = {}
    for k, entry in enumerate(check_tables(raw["preset"], key="preset", **place)):
        here: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[\[preset\]\]", k)}
        check_keys(entry, ("code", "name", "note", "rates"), ("indicators", "also"), **here)
        code = str(entry["code"])
        refuse_duplicate(code, found, path.name, here["line"])
        found[code] = Preset(
            code=code, name=both_languages(entry, "name", **here),
            note=both_languages(entry, "note", **here),
            rates=Rates(check_choice(entry["rates"], list(Rates), key="rates", **here)),
            indicators=_codes(entry, "indicators", edition.position, here),
            also=_codes(entry, "also", edition.lever_by_code, here),
        )  # fmt: skip
    return tuple(found.values())


def _codes(
    entry: Mapping[str, Any], key: str, known: Iterable[str], place: Mapping[str, Any]
) -> tuple[str, ...]:
    return tuple(check_choice(code, list(known), key=key, **place) for code in entry.get(key, ()))


def from_preset(
    preset: Preset, edition: Edition, unit: Unit, ahead: Outlook | None, peers: Peers | None
) -> FromPreset:
    """Settings that bring ``unit`` to the rates of ``preset``, as far as that can still be."""
    notices: list[Notice] = []
    codes = preset.indicators or tuple(item.code for item in edition.indicators)
    wanted = dict.fromkeys(codes, 1.0)
    if preset.rates is not Rates.MOST:
        listed = () if peers is None else (*peers.units, unit)
        wanted, told = _rates(preset.rates, edition, codes, listed)
        notices += told
    settings: dict[str, float] = {}
    for code, rate in wanted.items():
        ranges = [
            lever_range(edition, unit, lever, ahead)
            for lever in edition.levers
            if lever.indicator == code and is_offered(lever)
        ]
        settings |= _toward(rate, [bounds for bounds in ranges if bounds.usable])
    for code in preset.also:
        bounds = lever_range(edition, unit, edition.lever_by_code[code], ahead)
        if bounds.usable and bounds.high > 0:
            settings[code] = bounds.high
    unknown = [
        code for code in codes
        if unit.evidence[edition.position[code]].basis is Basis.UNKNOWN
    ]  # fmt: skip
    if unknown:
        notices.append(Notice("preset_unpublished", {"indicators": ", ".join(unknown)}))
    kept = {code: settings[code] for code in edition.lever_by_code if settings.get(code)}
    project(edition, unit, kept, None, ahead)
    return FromPreset(kept, tuple(notices))


def _toward(rate: float, ranges: list[LeverRange]) -> dict[str, float]:
    """Changes that bring an indicator to ``rate``, the levers one after the other."""
    if not ranges:
        return {}
    first = ranges[0]
    enough = min(rate, first.cap_percent / 100) * first.denominator - first.numerator
    settings = {}
    for bounds in ranges:
        step = 0.01 if bounds.basis is Basis.RATE else 1.0
        change = ceil(enough / step - SLIGHT) * step
        # The end of what can be reached need not be whole.
        change = bounds.high if change > bounds.high - SLIGHT else round(change, 2)
        if change > 0:
            settings[bounds.lever.code] = change
            enough -= change
    return settings


def _rates(
    which: Rates, edition: Edition, codes: Iterable[str], listed: tuple[Unit, ...]
) -> tuple[dict[str, float], list[Notice]]:
    """Rate of each indicator in the list, and who leads."""
    found, leaders, unknown = {}, {}, []
    for code in codes:
        position = edition.position[code]
        group = edition.indicators[position].group
        rates = {
            unit.code: unit.evidence[position].numerator / unit.evidence[position].denominator
            for unit in listed
            if unit.evidence[position].basis in (Basis.COUNTS, Basis.RATE)
            and unit.evidence[position].denominator
        }
        if not rates:
            unknown.append(code)
        elif which is Rates.AVERAGE:
            found[code] = sum(rates.values()) / len(rates)
        else:
            known = [unit for unit in listed if unit.code in rates]
            leader = max(known, key=lambda unit: (unit.groups.get(group) or 0, unit.code))
            found[code] = rates[leader.code]
            leaders[group] = leader.short_name
    notices = [Notice("preset_no_rates", {"indicators": ", ".join(unknown)})] if unknown else []
    if leaders:
        names = "; ".join(f"{group}: {name}" for group, name in leaders.items())
        notices.append(Notice("preset_leaders", {"leaders": names}))
    return found, notices
