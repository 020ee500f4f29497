"""Classes that are out of reach, and until when they were not, in words."""

from __future__ import annotations

from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reach import Ceilings, Reachable


def classes_gone(view: View, reach: Reachable, known: Ceilings, say: Speech) -> list[str]:
    """Classes that no effort can reach any more, and until when they could be."""
    best = reach.ceiling.after.total
    if best is None:
        return []
    sentences = []
    for item in view.edition.classes:
        until = known.reachable_until(round(100 * item.lowest))
        out_of_reach = round(100 * item.lowest) > best + reach.unpublished_room
        if out_of_reach and until is not None:
            key = "class_gone" if until >= reach.outlook.period.first else "class_never"
            sentences.append(
                say(
                    f"plan.{key}", name=say.name(item.name), points=say.count(item.lowest),
                    until=format_date(until.isoformat()),
                )
            )  # fmt: skip
    return sentences
