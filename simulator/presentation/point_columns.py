"""Which columns of tables are points: those have the decimals of the edition."""

from __future__ import annotations

from simulator.presentation.speech import Speech

# All other figures are counts, rates or as published.
POINTS = ("now", "after", "change_points", "mean", "best", "points", "lost", "total")
REACH = ("now", "floor", "line", "ceiling")


def point_columns(say: Speech) -> set[str]:
    """Names of the columns in points, in the language of ``say``."""
    found = {say(f"tables.{column}") for column in POINTS} | set(say.group_names)
    return found | {say(f"plan.{column}") for column in REACH}
