"""Loading the shipped baselines of ``data/baselines/<id>/``.

Each folder holds ``baseline.toml`` and the tables of :mod:`simulator.tables`. A folder
that breaks its schema or names an unknown unit, group or indicator is refused.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from simulator.baseline import Baseline, Unit
from simulator.baseline_checks import check_tables
from simulator.baseline_tables import units_of
from simulator.errors import DataError, ScenarioError
from simulator.paths import BASELINES
from simulator.rule_files import load_edition
from simulator.rules import Edition
from simulator.strict_files import both_languages, check_choice, check_keys, read_toml
from simulator.tables import SCHEMAS, read_table

KEYS = ("id", "title", "edition", "period", "period_text", "captured_at", "source", "default_unit")
OPTIONAL_KEYS = ("peers_from", "incomplete_pools", "note", "unit_note", "order")


@cache
def baseline_ids(folder: Path = BASELINES) -> tuple[str, ...]:
    """Ids of the shipped baselines, in the order they are offered."""
    order = {
        path.parent.name: (read_toml(path).get("order", 999), path.parent.name)
        for path in folder.glob("*/baseline.toml")
    }
    return tuple(sorted(order, key=order.__getitem__))


@cache
def load_baseline(baseline_id: str, folder: Path = BASELINES) -> Baseline:
    """Load one shipped baseline; cached, the result is immutable.

    Raises :class:`ScenarioError` if there is none of that id, :class:`DataError` or
    :class:`RulesError` if its files are wrong.
    """
    if baseline_id not in baseline_ids(folder):
        raise ScenarioError(
            "unknown_baseline", baseline=baseline_id, allowed=", ".join(baseline_ids(folder))
        )
    path = folder / baseline_id / "baseline.toml"
    raw = read_toml(path)
    place: dict[str, Any] = {"file": f"{baseline_id}/{path.name}", "line": 1}
    check_keys(raw, KEYS, OPTIONAL_KEYS, **place)
    edition = load_edition(raw["edition"])
    units = _units(path.parent, edition)
    _check_unit(raw["default_unit"], units, "default_unit", place)
    unit_notes = defaultdict(list)
    for note in raw.get("unit_note", []):
        check_keys(note, ("unit", "text"), (), **place)
        _check_unit(note["unit"], units, "unit_note.unit", place)
        unit_notes[note["unit"]].append(both_languages(note, "text", **place))
    return Baseline(
        id=check_choice(raw["id"], (baseline_id,), key="id", **place),
        title=both_languages(raw, "title", **place),
        edition=edition,
        period=raw["period"],
        period_text=both_languages(raw, "period_text", **place),
        captured_at=raw["captured_at"],
        source=raw["source"],
        units=units,
        notes=tuple(both_languages(note, "text", **place) for note in raw.get("note", [])),
        unit_notes={unit: tuple(notes) for unit, notes in unit_notes.items()},
        peers_from=raw.get("peers_from"),
        incomplete_pools=frozenset(raw.get("incomplete_pools", [])),
        default_unit=raw["default_unit"],
        fingerprint=_fingerprint(path.parent),
    )


def _check_unit(code: str, units: Mapping[str, Unit], key: str, place: dict[str, Any]) -> None:
    if code not in units:
        raise DataError("unknown_in_table", column=key, value=code, **place)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _units(folder: Path, edition: Edition) -> dict[str, Unit]:
    tables = {kind: _rows(kind, folder) for kind in SCHEMAS}
    check_tables(tables, folder, edition)
    return units_of(tables, edition)


def _rows(kind: str, folder: Path) -> list[dict[str, Any]]:
    path = folder / f"{kind}.csv"
    if kind != "units" and not path.exists():
        return []
    rows: list[dict[str, Any]] = read_table(kind, path).to_pylist()
    return rows
