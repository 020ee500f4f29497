"""What the levers cost: person-hours for one unit, dearer near 100 %, and what a month can take.

The shipped values (``data/effort/<edition>.toml``) are examples and say so; an office puts in its
own. The effort of a lever is convex in its change, so the cheapest units always come first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from simulator.baseline import Basis
from simulator.errors import RulesError, ScenarioError
from simulator.levers import LeverRange
from simulator.paths import DATA
from simulator.rule_files import load_edition
from simulator.rules import Text
from simulator.strict_files import (
    both_languages,
    check_choice,
    check_keys,
    check_number,
    check_tables,
    line_of,
    read_toml,
    refuse_duplicate,
)

EFFORT = DATA / "effort"
MOST_HOURS = 10_000.0
MOST_UNITS = 1e9
OWN = {
    "vi": "Giá trị của cơ quan; chỗ chưa nhập là giá trị ví dụ, chưa đo ở đâu",
    "en": "Values of the office; where it gave none, example values, not measured anywhere",
}


@dataclass(frozen=True)
class LeverEffort:
    """Effort of one lever.

    ``hours``: person-hours for one unit while it is easy; ``steps``: (share of the lever's own
    cases, factor), ascending in both: from that share on one unit costs ``hours * factor``;
    ``per_month``: most units that can be done in a month, None for no limit; ``per_point``: units
    that one percentage point stands for, where only a rate is known; ``note``: why.
    """

    hours: float
    steps: tuple[tuple[float, float], ...] = ()
    per_month: float | None = None
    per_point: float = 1.0
    note: Text | None = None


@dataclass(frozen=True)
class Effort:
    """Effort of every lever of an edition; ``source`` tells whose values they are."""

    levers: Mapping[str, LeverEffort]
    source: Text

    def with_own(self, hours: Mapping[str, float], per_month: Mapping[str, float]) -> Effort:
        """The same with own hours and monthly capacities of some levers (lever -> value).

        Raises :class:`ScenarioError` for an unknown lever, negative or absurd values.
        """
        levers = dict(self.levers)
        for code, value in hours.items():
            _check(code, value, levers, MOST_HOURS)
            # The reason belonged to the example.
            levers[code] = replace(levers[code], hours=float(value), note=None)
        for code, value in per_month.items():
            _check(code, value, levers, MOST_UNITS)
            levers[code] = replace(levers[code], per_month=float(value))
        return self if levers == self.levers else Effort(levers, OWN)


def _check(code: str, value: float, levers: Mapping[str, LeverEffort], highest: float) -> None:
    if code not in levers:
        raise ScenarioError("unknown_lever", lever=code, allowed=", ".join(levers))
    if not (math.isfinite(value) and 0 <= value <= highest):
        raise ScenarioError("effort_out_of_range", lever=code, value=value, highest=int(highest))


@cache
def default_effort(edition_code: str, folder: Path = EFFORT) -> Effort:
    """The example values shipped for an edition; :class:`RulesError` if the file is wrong."""
    path = folder / f"{edition_code}.toml"
    place: dict[str, Any] = {"file": path.name, "line": 1}
    raw = read_toml(path)
    if "values_from" not in raw:
        return _read(raw, path, edition_code)
    check_keys(raw, ("edition", "values_from", "source"), (), **place)
    check_choice(raw["edition"], (edition_code,), key="edition", **place)
    others = sorted(other.stem for other in folder.glob("*.toml") if other != path)
    model = default_effort(check_choice(raw["values_from"], others, key="values_from", **place),
                           folder)  # fmt: skip
    return Effort(model.levers, both_languages(raw, "source", **place))


def _read(raw: dict[str, Any], path: Path, edition_code: str) -> Effort:
    place: dict[str, Any] = {"file": path.name, "line": 1}
    check_keys(raw, ("edition", "source", "steps", "lever"), (), **place)
    check_choice(raw["edition"], (edition_code,), key="edition", **place)
    codes = [lever.code for lever in load_edition(edition_code).levers]
    steps = _steps(raw["steps"], {**place, "line": line_of(path, r"^steps")})
    levers: dict[str, LeverEffort] = {}
    for k, entry in enumerate(check_tables(raw["lever"], key="lever", **place)):
        here: dict[str, Any] = {"file": path.name, "line": line_of(path, r"^\[\[lever\]\]", k)}
        keys = ("code", "hours", "per_point", "note")
        check_keys(entry, keys, ("per_month", "steps"), **here)
        code = check_choice(entry["code"], codes, key="code", **here)
        refuse_duplicate(code, levers, path.name, here["line"])
        levers[code] = LeverEffort(
            hours=check_number(entry["hours"], key="hours", low=0, high=MOST_HOURS, **here),
            steps=_steps(entry["steps"], here) if "steps" in entry else steps,
            per_month=_number(entry, "per_month", here) if "per_month" in entry else None,
            per_point=_number(entry, "per_point", here),
            note=both_languages(entry, "note", **here),
        )
    missing = [code for code in codes if code not in levers]
    if missing:
        raise RulesError("effort_lever_missing", codes=", ".join(missing), file=path.name)
    return Effort(levers, both_languages(raw, "source", **place))


def _number(entry: dict[str, Any], key: str, place: dict[str, Any]) -> float:
    return check_number(entry[key], key=key, low=0, high=MOST_UNITS, open_low=True, **place)


def _steps(value: object, place: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    """Pairs of a rate in percent and a factor, both rising: the effort has to be convex."""
    found: list[tuple[float, float]] = []
    rate, factor = 0.0, 1.0
    for pair in value if isinstance(value, list) else [value]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise RulesError("not_allowed", key="steps", value=value, allowed="[[90, 2], ...]",
                             **place)  # fmt: skip
        rate = check_number(pair[0], key="steps", low=rate, high=100, open_low=True, **place)
        factor = check_number(pair[1], key="steps", low=factor, high=1000, **place)
        found.append((rate / 100, factor))
    return tuple(found)


def segments(bounds: LeverRange, effort: LeverEffort) -> tuple[tuple[float, float], ...]:
    """``(width in units, hours a unit)`` from a change of 0 up to ``bounds.high``, rising.

    The rate that makes units dearer is that of the lever's own cases: of those still to come,
    else of all. The widths add up to ``bounds.high``.
    """
    if not bounds.usable or bounds.high <= 0:
        return ()
    unit = effort.hours * (effort.per_point if bounds.basis is Basis.RATE else 1.0)
    all_, good = (
        (bounds.coming, bounds.good) if bounds.coming else (bounds.denominator, bounds.numerator)
    )
    steps: Sequence[tuple[float, float]] = effort.steps if bounds.moves_own_numerator else ()
    found: list[tuple[float, float]] = []
    done, factor = 0.0, 1.0
    for share, dearer in (*steps, (math.inf, 0.0)):
        until = min(share * all_ - good, bounds.high) if steps else bounds.high
        if until > done:
            found.append((until - done, unit * factor))
            done = until
        factor = dearer
    return tuple(found)


def hours(bounds: LeverRange, effort: LeverEffort, change: float) -> float:
    """Person-hours of a change; lowering a lever costs nothing."""
    spent, left = 0.0, change
    for width, price in segments(bounds, effort):
        part = min(width, left)
        if part <= 0:
            break
        spent += part * price
        left -= part
    return spent
