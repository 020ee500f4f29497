"""Scenarios to begin with: goals for rates, as data, made into settings of a unit's levers.

A preset names indicators and the rate each should reach: that of full marks, the average of the
list, or that of the unit which leads the group (:mod:`simulator.preset_rates`). No rate is brought
beyond that of full marks, and where it is there already nothing is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Any

from simulator.baseline import Basis, Unit
from simulator.errors import Notice
from simulator.levers import LeverRange, lever_range, open_dossiers
from simulator.outlook import Outlook
from simulator.paths import DATA
from simulator.plan_choices import is_offered
from simulator.preset_rates import Rates, rates_of
from simulator.project import project, projected
from simulator.rank import Peers
from simulator.rule_files import load_edition
from simulator.rules import Edition, Lever, Text
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
    """Settings that bring ``unit`` to the rates of ``preset``, as far as that can still be.

    They are within the bounds of their levers, and no lever gets more than its indicator takes.
    """
    notices: list[Notice] = []
    codes = [
        item.code
        for item in edition.indicators
        if item.code in preset.indicators or not preset.indicators
    ]
    unknown = [code for code in codes if not unit.knows(edition.position[code])]
    # Without cases there is nothing to raise, whatever the list does.
    codes = [code for code in codes if unit.evidence[edition.position[code]].denominator]
    wanted = dict.fromkeys(codes, 1.0)
    if preset.rates is not Rates.MOST:
        listed = () if peers is None else (unit, *peers.units)
        wanted, notices = rates_of(preset.rates, edition, codes, listed)
    settings: dict[str, float] = {}
    for code, rate in wanted.items():
        settings = _toward(rate, code, settings, edition, unit, ahead)
    for code in preset.also:
        settings |= _also(edition.lever_by_code[code], edition, unit, ahead, notices)
    if unknown:
        notices.append(Notice("preset_unpublished", {"indicators": ", ".join(unknown)}))
    if not settings:
        notices.append(Notice("preset_nothing"))
    kept = {code: settings[code] for code in edition.lever_by_code if code in settings}
    project(edition, unit, kept, None, ahead)
    return FromPreset(kept, tuple(notices))


def _toward(
    rate: float, code: str, settings: dict[str, float],
    edition: Edition, unit: Unit, ahead: Outlook | None,
) -> dict[str, float]:  # fmt: skip
    """``settings`` and those that bring one indicator to ``rate``, its levers one after the other.

    What they reach is looked up after each: others move the same indicator (a file on time is a
    satisfied one) or hold it back (what is digitised has an electronic result).
    """
    position = edition.position[code]
    rate = min(rate, edition.indicators[position].cap_percent / 100)
    counts = None
    for lever in edition.levers:
        if lever.indicator != code or not is_offered(lever):
            continue
        bounds = lever_range(edition, unit, lever, ahead)
        if not bounds.usable or bounds.high <= 0:
            continue
        counts = counts or projected(edition, unit, settings, None, ahead).counts
        before = counts.numerators[position]
        change = _step(bounds, rate * counts.denominators[position] - before)
        if change <= 0:
            break
        trial = {**settings, lever.code: change}
        counts = projected(edition, unit, trial, None, ahead).counts
        lost = before + change - counts.numerators[position]
        if lost > SLIGHT:
            step = _step_of(bounds)
            change = max(round(floor((change - lost) / step + SLIGHT) * step, 2), 0.0)
        if change:
            settings = {**settings, lever.code: change}
    return settings


def _step(bounds: LeverRange, wanted: float) -> float:
    """``wanted`` as a change the lever can take: up to whole steps, at most to its end."""
    step = _step_of(bounds)
    change = ceil(wanted / step - SLIGHT) * step
    # The end of what can be reached need not be whole.
    return bounds.high if change > bounds.high - SLIGHT else round(change, 2)


def _step_of(bounds: LeverRange) -> float:
    """A case, or a hundredth of a percentage point."""
    return 0.01 if bounds.basis is Basis.RATE else 1.0


def _also(
    lever: Lever, edition: Edition, unit: Unit, ahead: Outlook | None, notices: list[Notice]
) -> dict[str, float]:
    """A lever of open dossiers as far as it goes, where it is known how many are open."""
    bounds = lever_range(edition, unit, lever, ahead)
    if not bounds.usable or bounds.high <= 0:
        return {}
    still_open = open_dossiers(edition, unit)
    if still_open is None:
        notices.append(Notice("preset_open_unknown", {"lever": lever.code}))
        return {}
    most = min(bounds.high, still_open)
    return {lever.code: most} if most else {}
