"""What could not be read in one file, up to a number a person can still work through."""

from __future__ import annotations

from simulator.errors import DataError

MOST_PROBLEMS = 2_000


def keep(problems: list[DataError], problem: DataError, file: str) -> None:
    """Add to ``problems``; after the last that fits one says so, and no more are kept."""
    if len(problems) < MOST_PROBLEMS:
        problems.append(problem)
    elif len(problems) == MOST_PROBLEMS:
        problems.append(DataError("input_too_many_problems", file=file, most=MOST_PROBLEMS))
