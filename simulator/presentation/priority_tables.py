"""Rows of priorities: to draw and to download, numbers inside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from simulator.baseline import Basis
from simulator.combinations import Pair
from simulator.effective_weights import PartWeight
from simulator.first_steps import FirstSteps
from simulator.levers import LeverRange
from simulator.numbers import format_number
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.priorities import Priority, Until

# In which order levers can be read; the first is the usual one.
ORDERS: dict[str, Callable[[Priority], float]] = {
    "per_hour": lambda one: -(one.per_100_hours or 0.0),
    "gain": lambda one: -one.gain,
    "hours": lambda one: one.hours,
    "places": lambda one: -(one.places or 0),
}
# Below so many hours a decimal says something.
FEW_HOURS = 10


def units(change: float, bounds: LeverRange, say: Speech) -> str:
    """How many units: whole cases, or percentage points of a rate."""
    return say.count(round(change, 2) if bounds.basis is Basis.RATE else round(change))


def hours_text(hours: float, say: Speech) -> str:
    decimals = 1 if 0 < hours < FEW_HOURS and not float(hours).is_integer() else 0
    return format_number(hours, decimals, say.language)


def priorities_table(
    view: View, found: Sequence[Priority], say: Speech, *, moving: bool
) -> pd.DataFrame:
    """One row per lever in the order of ``found``; chances where the peers are ``moving``."""
    rows = []
    for number, one in enumerate(found, start=1):
        bounds = one.bounds
        row: dict[str, object] = {
            "priorities.number": number,
            "tables.lever": say.name(bounds.lever.name),
            "tables.code": one.lever,
            "tables.group": say.name(view.edition.group_by_code[one.group].name),
            "priorities.gain": one.gain / 100,
            "priorities.added": _units(one.added, bounds),
            "tables.unit": say(f"unit.short_{bounds.count_unit}"),
            "priorities.hours": round(one.hours, 1),
            "priorities.per_100_hours": _per_100_hours(one),
            "priorities.ease": _ease(one, say),
            "priorities.portion": say(
                "priorities.portion_words", count=say.count(one.portion),
                unit=say(f"unit.short_{bounds.count_unit}"),
            ),
            "priorities.first_points": one.first / 100,
            "priorities.average": round(one.average / 100, 4),
        }  # fmt: skip
        if one.ranks is not None:
            row["priorities.places"] = one.places
            row["priorities.place_after"] = "{} → {}".format(*one.ranks)
        if moving and one.chances is not None:
            row["priorities.chance"] = round(100 * one.chances[1], 1)
        row["priorities.until"] = until_words(view, one, say)
        row["tables.note"] = "; ".join(_notes(one, say))
        rows.append(row)
    return named(rows, say)


def _units(change: float, bounds: LeverRange) -> float:
    return round(change, 2) if bounds.basis is Basis.RATE else round(change)


def _per_100_hours(one: Priority) -> float | None:
    value = one.per_100_hours
    return None if value is None or math.isinf(value) else round(value / 100, 4)


def _ease(one: Priority, say: Speech) -> str:
    return say("unit.unknown") if one.ease is None else say(f"priorities.ease_{one.ease}")


def until_words(view: View, one: Priority, say: Speech) -> str:
    """Where a lever ends: ``đủ điểm từ 80%``."""
    cap = view.edition.indicator(one.bounds.lever.indicator).cap_percent
    if one.until is Until.CAP:
        return say("priorities.until_cap", cap=say.cap(cap))
    return say(f"priorities.until_{one.until}")


def _notes(one: Priority, say: Speech) -> list[str]:
    notes = [] if one.stock_known else [say("priorities.stock")]
    return [*notes, *([say("priorities.locked")] if one.locked else [])]


def steps_table(view: View, found: FirstSteps, say: Speech) -> pd.DataFrame:
    """The steps with what each brings on top of those before."""
    rows = []
    for number, step in enumerate(found.steps, start=1):
        row: dict[str, object] = {
            "priorities.number": number,
            "tables.lever": say.name(step.bounds.lever.name),
            "tables.code": step.lever,
            "priorities.added": _units(step.added, step.bounds),
            "tables.unit": say(f"unit.short_{step.bounds.count_unit}"),
            "tables.points": step.gain / 100,
            "priorities.hours": round(step.hours, 1),
            "tables.total": None if step.total is None else step.total / 100,
            "tables.responsible": say.name(step.bounds.lever.responsible),
        }
        if step.ranks is not None:
            row["priorities.place_after"] = "{} → {}".format(*step.ranks)
        rows.append(row)
    return named(rows, say)


def weights_table(names: Iterable[str], parts: Iterable[PartWeight], say: Speech) -> pd.DataFrame:
    """Nominal and effective weights, largest effective first."""
    rows: list[dict[str, object]] = [
        {
            "tables.name": name,
            "priorities.nominal": round(100 * part.nominal, 1),
            "priorities.share": None if part.share is None else round(100 * part.share, 1),
            "priorities.correlation": part.correlation and round(part.correlation, 2),
            "priorities.level": part.mean and round(100 * part.mean / part.maximum, 1),
            "priorities.spread": None if part.spread is None else round(part.spread / 100, 2),
            "priorities.units": part.units,
        }
        for name, part in sorted(
            zip(names, parts, strict=True), key=lambda pair: -(pair[1].share or 0.0)
        )
    ]
    return named(rows, say)


def pairs_table(view: View, pairs: Iterable[Pair], say: Speech) -> pd.DataFrame:
    """Pairs of levers with what they bring alone and together."""
    lever = view.edition.lever_by_code
    rows: list[dict[str, object]] = [
        {
            "priorities.one": say.name(lever[pair.levers[0]].name),
            "priorities.other": say.name(lever[pair.levers[1]].name),
            "priorities.one_alone": pair.alone[0] / 100,
            "priorities.other_alone": pair.alone[1] / 100,
            "priorities.together": pair.together / 100,
            "priorities.extra": pair.extra / 100,
            "priorities.why": why(pair, say),
        }
        for pair in pairs
    ]
    return named(rows, say)


def why(pair: Pair, say: Speech) -> str:
    """The rules that tie a pair, or the maximum it runs into."""
    if pair.couplings:
        return " ".join(say.name(coupling.text) for coupling in pair.couplings)
    return say("priorities.pair_same" if pair.same else "priorities.pair_cap")


def named(rows: Sequence[dict[str, object]], say: Speech) -> pd.DataFrame:
    """A table whose columns are named by the keys of ``rows``; missing figures are empty."""
    table = pd.DataFrame(rows)
    return table.rename(columns={column: say(str(column)) for column in table.columns})
