"""Stops of a slider, what they say, and the strip of marks below; no Streamlit inside."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pages.ui.view import Speech
from simulator.baseline import Basis
from simulator.levers import LeverRange

# A slider has at most about this many stops; exact values are typed.
STOPS = 200
# Below the present state a slider shows this part of all cases, and as much below the cap.
SHOWN_BELOW = 0.1
# Two marks nearer than this part of the slider stand on two lines.
LEGIBLE = 0.3


def nice_step(span: float, smallest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides ``span`` into about STOPS."""
    raw = max(span / STOPS, smallest)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= raw * 0.999)


def slider_stops(bounds: LeverRange, *typed: float) -> list[float]:
    """Changes the slider offers: round steps, its ends, now (0), the cap, and ``typed`` values."""
    low = bounds.low
    if bounds.denominator:
        below = bounds.denominator * SHOWN_BELOW
        low = max(bounds.low, min(-below, bounds.change_to_cap - below))
        low = max(bounds.low, float(math.floor(low)))
    step = nice_step(bounds.high - low, 0.01 if bounds.basis is Basis.RATE else 1)
    first, last = math.ceil(low / step), math.floor(bounds.high / step)
    stops = {round(k * step, 6) for k in range(first, last + 1)}
    stops |= {
        low,
        bounds.high,
        0.0,
        *(value for value in typed if bounds.low <= value <= bounds.high),
    }
    if bounds.moves_own_numerator and low <= bounds.change_to_cap <= bounds.high:
        stops.add(round(bounds.change_to_cap, 6))
    return sorted(stops)


def stop_text(
    bounds: LeverRange, change: float, say: Speech, alone: bool = True, saturates: bool = True
) -> str:
    """What the thumb says: the change, and where the lever is ``alone`` on its count also the
    count and rate it leads to, and saturation. Depends on nothing that a move can change."""
    moved = say.count(change, sign=True) if change else ""
    unit = say(f"unit.{bounds.count_unit}")
    if not (alone and bounds.moves_own_numerator and bounds.denominator):
        text = f"{moved or 0} {unit}"
        return text if bounds.lever.moves else f"{text} · {say('method.nothing')}"
    count = bounds.numerator + change
    rate = say.percent(count / bounds.denominator * 100)
    if bounds.basis is Basis.RATE:
        parts = [f"{moved or 0} {unit}", rate]
    elif moved:
        parts = [say("levers.stop", change=moved, count=say.count(count), unit=unit), rate]
    else:
        parts = [f"{say.count(count)} {unit}", rate]
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
