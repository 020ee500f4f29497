"""What both ways of moving levers say of a lever; no Streamlit inside."""

from __future__ import annotations

from simulator.levers import LeverRange
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Lever
from simulator.stops import nice_step


def unusable_reason(view: View, lever: Lever, say: Speech) -> str:
    """Why a lever cannot be used; full marks without any case are said first."""
    reason = say(f"reasons.{view.ranges[lever.code].reason}")
    sentence = reason[:1].upper() + reason[1:]
    item = view.edition.indicator(lever.indicator)
    full = view.projection.before.indicators[view.edition.position[lever.indicator]]
    if full == 100 * item.maximum:
        return f"{say('levers.full_without_cases')} {sentence}"
    return sentence


def entry_example(bounds: LeverRange, say: Speech) -> str:
    """What can be typed for a lever, shown in its empty field."""
    example = say.count(max(nice_step(bounds.high, 1) * 10, 1), sign=True)
    by_rate = bounds.moves_own_numerator and bounds.denominator
    return say("levers.exact_rate" if by_rate else "levers.exact_count", count=example)
