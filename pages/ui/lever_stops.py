"""What the stops of a native slider say, and the strip of marks below; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Sequence

from pages.ui.view import Speech
from simulator.baseline import Basis
from simulator.levers import LeverRange

# Two marks nearer than this part of the slider stand on two lines.
LEGIBLE = 0.3


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


def marks(bounds: LeverRange, stops: Sequence[float], say: Speech) -> str:
    """The strip under a slider: where now and the cap are. Only numbers and own words."""
    spots = [("now", stops.index(0.0), say("levers.now"))]
    if bounds.moves_own_numerator:
        cap = round(bounds.change_to_cap, 6)
        if cap in stops:
            text = say("levers.cap", rate=say.cap(bounds.cap_percent))
            spots.append(("cap", stops.index(cap), text))
    last = max(len(stops) - 1, 1)
    near = len(spots) == 2 and abs(spots[0][1] - spots[1][1]) < LEGIBLE * last
    ticks = "".join(
        f'<span class="lever-mark lever-mark-{kind}{" lever-mark-right" * (spot * 2 > last)}'
        f'{" lever-mark-below" * (near and kind == "cap")}" '
        f'style="left:{spot / last * 100:.2f}%">{text}</span>'
        for kind, spot, text in spots
    )
    return f'<div class="lever-marks{" lever-marks-tall" * near}">{ticks}</div>'
