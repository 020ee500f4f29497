"""Taking off what a plan does not need: units of a lever that change no score."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from simulator.plan_choices import Choice
from simulator.project import State

Score = Callable[[Mapping[str, float]], State]


def trimmed(
    settings: Mapping[str, float], choices: Iterable[Choice], score: Score
) -> dict[str, float]:
    """``settings`` with the least change of every one of ``choices`` that gives the same scores.

    ``score``: the exact scores of some settings.
    """
    found = dict(settings)
    for choice in choices:
        first = choice.first_step
        last = math.ceil(round(found.get(choice.code, 0.0) / choice.step, 4))
        same = partial(_is_same, found, score(found), choice, score)
        if first < last and same(last - 1):
            fewer = range(first, last)
            found = _with_steps(found, choice, fewer[bisect_left(fewer, True, key=same)])
    return found


def _is_same(
    settings: Mapping[str, float], wanted: State, choice: Choice, score: Score, steps: int
) -> bool:
    return score(_with_steps(settings, choice, steps)) == wanted


def _with_steps(settings: Mapping[str, float], choice: Choice, steps: int) -> dict[str, float]:
    change = max(round(steps * choice.step, 6), choice.least)
    return {**settings, choice.code: change}
