"""Words that the screens shorten, as reports write them."""

from __future__ import annotations

from simulator.presentation.speech import Speech

POINTS = ("unit.point", "unit.short_point")


def in_full(text: str, say: Speech) -> str:
    """``text`` with percentage points at its end by their whole name: ``37 điểm phần trăm``."""
    for short in map(say, POINTS):
        if text == short or text.endswith(f" {short}"):
            return text.removesuffix(short) + say("report_tables.point")
    return text
