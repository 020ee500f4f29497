"""Names of units, and sentences of the engine that name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.allocation import Allocation
from simulator.allocation_units import REST
from simulator.baseline import Unit
from simulator.errors import Notice, ScenarioError
from simulator.numbers import format_number
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import Standing
from simulator.text import explain

# Below so many hours a decimal says something.
FEW_HOURS = 10
NAMED = 12


def names(units: Iterable[Unit], say: Speech) -> dict[str, str]:
    """Short names of units by code, and what is said of the cases without a unit."""
    return {unit.code: unit.short_name for unit in units} | {REST: say("dividing.rest_name")}


def told(view: View, what: ScenarioError | Notice, known: Mapping[str, str], say: Speech) -> str:
    """A sentence of the engine with the unit by its name; safe in Markdown."""
    fields = dict(what.fields)
    if fields.get("unit") in known:
        fields["unit"] = known[fields["unit"]]
    named = Notice(what.code, fields)
    table = "notices" if isinstance(what, Notice) else "errors"
    return literal(explain(named, say.language, view.edition, table))


def hours(value: float, say: Speech) -> str:
    decimals = 1 if 0 < value < FEW_HOURS and not float(value).is_integer() else 0
    return format_number(value, decimals, say.language)


def counts(pair: tuple[float, float], say: Speech) -> str:
    """``6.000/7.200``; a dash without cases."""
    good, all_ = pair
    return f"{say.count(round(good))}/{say.count(round(all_))}" if all_ else say("unit.unknown")


def place(standing: Standing | None, say: Speech) -> str:
    if standing is None:
        return say("unit.unknown")
    return say("headline.rank_value", rank=standing.rank, of=standing.of)


def places(before: Standing | None, after: Standing | None, say: Speech) -> str:
    """``12 → 9/14``, also where it stays; one place where only one is known."""
    if after is None or before is None:
        return place(after, say)
    return f"{before.rank} → {place(after, say)}"


def listed(found: Iterable[str], say: Speech) -> str:
    """The first names of a list, and how many more there are; safe in Markdown."""
    all_ = list(found)
    shown = literal(", ".join(all_[:NAMED]))
    more = len(all_) - NAMED
    return say("dividing.and_more", names=shown, count=more) if more > 0 else shown


def cut_units(found: Allocation) -> list[Unit]:
    """Units whose shares, set by hand, cannot all count: they lean on another lever."""
    return [
        own.unit
        for own in found.units
        if any(notice.code.startswith("cut_at") for notice in own.projection.notices)
    ]
