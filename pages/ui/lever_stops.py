"""What the stops of a native slider say; no Streamlit inside."""

from __future__ import annotations

from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.presentation.speech import Speech


def stop_text(
    bounds: LeverRange, change: float, say: Speech, alone: bool = True, saturates: bool = True
) -> str:
    """What the thumb says: the change, and where the lever is ``alone`` on its count also the
    count and rate it leads to, and saturation. Depends on nothing that a move can change."""
    moved = say.change(change, bounds.basis) if change else ""
    unit = say(f"unit.{bounds.count_unit}")
    if not (alone and bounds.moves_own_numerator and bounds.denominator):
        text = f"{moved or 0} {unit}"
        return text if bounds.lever.moves else f"{text} · {say('method.nothing')}"
    count = bounds.numerator + change
    rate = say.percent(count / bounds.denominator * 100)
    if bounds.basis is Basis.RATE:
        parts = [f"{moved or 0} {unit}", rate]
    elif moved:
        parts = [say("levers.stop", change=moved, count=say.count(round(count)), unit=unit), rate]
    else:
        parts = [f"{say.count(round(count))} {unit}", rate]
    if saturates and change >= bounds.change_to_cap:
        parts.append(say("levers.saturated"))
    return " · ".join(parts)
