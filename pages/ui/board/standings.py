"""Words of the classes and ranks that levers lead to, each sent to the board once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.ui.headline_figures import class_figure, printed_rank, rank_figure
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.response import Curve


class Standings:
    """Words of every class and rank that the curves reach, each sent once."""

    def __init__(self, view: View, say: Speech) -> None:
        self.view, self.say = view, say
        self.classes = [
            asdict(class_figure(view, reached, "{points}", say)) for reached in view.edition.classes
        ]
        self.ranks: list[dict[str, str]] = []
        self._seen: dict[tuple[int, ...], int] = {}

    def class_steps(self, curve: Curve) -> list[list[int]]:
        """``[from stop, position in classes]`` wherever the class changes."""
        if curve.classes is None:
            unknown = asdict(class_figure(self.view, None, "", self.say))
            self.classes = [unknown]
            return [[0, 0]]
        return [[start, int(curve.classes[start])] for start in _steps(curve.classes)]

    def rank_steps(self, curve: Curve) -> list[list[int]]:
        """``[from stop, position in ranks]`` wherever rank, tie or interval changes."""
        ahead = self.view.rank_ahead
        if curve.ranks is None or curve.tied is None or curve.total is None or ahead is None:
            self.ranks = [asdict(printed_rank(self.view, True, self.say))]
            return [[0, 0]]
        places = np.stack([curve.ranks, curve.tied, *ahead.many_ends(curve.total)])
        return [[start, self._rank(*places[:, start].tolist())] for start in _steps(places)]

    def _rank(self, rank: int, tied: int, *ends: int) -> int:
        place = (rank, tied, *ends)
        if place not in self._seen:
            self._seen[place] = len(self.ranks)
            words = rank_figure(self.view, rank, bool(tied), (ends[0], ends[1], ends[2]), self.say)
            self.ranks.append(asdict(words))
        return self._seen[place]


def _steps(values: npt.NDArray[Any]) -> list[int]:
    """Positions where a run of equal columns begins."""
    changes = np.diff(np.atleast_2d(values)).any(axis=0)
    return [0, *(np.flatnonzero(changes) + 1).tolist()]
