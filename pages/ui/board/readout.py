"""What the thumb of a lever says at every stop: the change, and where it leads to."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.numbers import shown_percent
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.response import Curve

PERCENT_DECIMALS = 1


def readout(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> dict[str, Any]:
    """What the thumb says: the change, and where it leads to as count and rate."""
    unit = say(f"unit.{bounds.count_unit}")
    moved = say("board.change", change="{change}", unit=unit)
    if not bounds.moves_own_numerator:
        if not bounds.lever.moves:
            moved += f" · {say('method.nothing')}"
        return {"words": {"still": moved, "moved": moved}}
    rates = _rates(curve.counts.tobytes(), curve.wholes.tobytes())
    rate = "{rate}%"
    if bounds.basis is Basis.RATE:
        words = {"still": rate, "moved": f"{moved} → {rate}"}
        return {"words": words, "rates": rates}
    count = say("board.count", count="{count}", unit=unit, rate=rate)
    if bounds.coming:
        count = say("board.count_ahead", count=count, ahead="{ahead}%")
    return {
        "aheadRates": _ahead_rates(view, bounds, curve),
        "words": {
            "still": count,
            "moved": say("board.moved", change="{change}", count=count),
            "taken": say("board.taken", change="{change}", taken="{taken}", count=count),
        },
        "rates": rates,
        "counts": differences(curve.counts),
    }


# A move changes the counts of one or two indicators; the rates of all others are as before.
@lru_cache(maxsize=512)
def _rates(counts: bytes, wholes: bytes) -> list[int]:
    """Rates in tenths of a percent, as they are shown, from two arrays of counts."""
    percent = 100 * np.frombuffer(counts) / np.frombuffer(wholes)
    shown = [shown_percent(rate, PERCENT_DECIMALS) for rate in percent.tolist()]
    return differences(np.array(shown) * 10**PERCENT_DECIMALS)


def _ahead_rates(view: View, bounds: LeverRange, curve: Curve) -> list[int] | None:
    """Rates of the cases still to come, in tenths of a percent."""
    if not bounds.coming:
        return None
    # A lever for those to come leaves those that came as they are.
    past, k = view.projection.past, view.edition.position[bounds.lever.indicator]
    good, coming = curve.counts - past.numerators[k], curve.wholes - past.denominators[k]
    return _rates(good.tobytes(), coming.tobytes())


def differences(values: npt.NDArray[Any]) -> list[int]:
    """First value, then differences between neighbours, as whole numbers."""
    whole = np.rint(values).astype(np.int64)
    steps = whole.copy()
    steps[1:] -= whole[:-1]
    listed: list[int] = steps.tolist()
    return listed
