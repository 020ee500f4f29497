"""Mixed-integer models: columns, rows and sums of them, solved by HiGHS.

Sums know the interval they can lie in, so that what can never bind is left out.

Reference: Q. Huangfu, J. A. J. Hall, Parallelizing the dual revised simplex method (2018),
doi:10.1007/s12532-017-0130-5.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Differences below this are the noise of sums of doubles.
SLIGHT = 1e-9
OPTIONS: Mapping[str, object] = {
    "output_flag": False, "threads": 1, "random_seed": 0,
    # Gaps that are the noise of the solver's own sums.
    "mip_abs_gap": 1e-5, "mip_rel_gap": 1e-9,
    # Of little use on models this small.
    "mip_allow_restart": False, "mip_heuristic_run_feasibility_jump": False,
}  # fmt: skip
# Every model is solved in both ways: a solver that works with doubles can call a solution the best
# that is not. Limits of nodes instead of time, so that answers do not depend on the machine.
WAYS: tuple[Mapping[str, object], ...] = (
    {"mip_max_nodes": 500},
    {"mip_max_nodes": 500, "presolve": "off", "random_seed": 1},
)


@dataclass(frozen=True)
class Sum:
    """``constant + sum of factor * column``, and the bounds ``low`` and ``high`` of its value."""

    constant: float
    factors: Mapping[int, float]
    low: float
    high: float

    @property
    def is_constant(self) -> bool:
        return not self.factors


@dataclass(frozen=True)
class Solution:
    """The values of the columns, and what no solution can undercut (or exceed)."""

    values: tuple[float, ...]
    bound: float

    def value(self, what: Sum) -> float:
        return what.constant + sum(factor * self.values[k] for k, factor in what.factors.items())


class MixedModel:
    """Columns and rows of one model; it can be solved again after rows were added or moved."""

    def __init__(self) -> None:
        self._low: list[float] = []
        self._high: list[float] = []
        self._whole: list[bool] = []
        self._rows: list[Mapping[int, float]] = []
        self._row_low: list[float] = []
        self._row_high: list[float] = []

    def column(self, low: float, high: float, whole: bool = False) -> Sum:
        """A new unknown within ``[low, high]``."""
        self._low.append(low)
        self._high.append(high)
        self._whole.append(whole)
        return Sum(0.0, {len(self._low) - 1: 1.0}, low, high)

    def total(self, parts: Iterable[tuple[float, Sum]], constant: float = 0.0) -> Sum:
        """``constant`` and the sum of factor times part."""
        factors: dict[int, float] = {}
        for factor, part in parts:
            constant += factor * part.constant
            for k, value in part.factors.items():
                factors[k] = factors.get(k, 0.0) + factor * value
        factors = {k: value for k, value in factors.items() if value}
        ends = [(value * self._low[k], value * self._high[k]) for k, value in factors.items()]
        return Sum(
            constant, factors,
            constant + math.fsum(min(pair) for pair in ends),
            constant + math.fsum(max(pair) for pair in ends),
        )  # fmt: skip

    def difference(self, first: Sum, second: Sum) -> Sum:
        return self.total([(1.0, first), (-1.0, second)])

    def row(self, what: Sum, low: float = -math.inf, high: float = math.inf) -> int:
        """Ask that ``low <= what <= high``; returns the number of the row."""
        self._rows.append(what.factors)
        self._row_low.append(low - what.constant)
        self._row_high.append(high - what.constant)
        return len(self._rows) - 1

    def move_row(self, row: int, constant: float, low: float, high: float = math.inf) -> None:
        """Give a row other bounds; ``constant`` is that of the sum it was made of."""
        self._row_low[row], self._row_high[row] = low - constant, high - constant

    def smallest(self, parts: Sequence[Sum]) -> Sum:
        """At most the smallest of ``parts``; equal to it wherever more is better."""
        kept: list[Sum] = []
        for part in parts:
            if any(self.difference(part, other).low >= -SLIGHT for other in kept):
                continue
            kept = [
                other for other in kept if self.difference(other, part).low < -SLIGHT
            ] + [part]  # fmt: skip
        if len(kept) == 1:
            return kept[0]
        found = self.column(min(part.low for part in kept), min(part.high for part in kept))
        for part in kept:
            self.row(self.difference(found, part), high=0.0)
        return found

    def not_below_zero(self, what: Sum) -> Sum:
        """At most the larger of ``what`` and 0."""
        if what.low >= -SLIGHT:
            return what
        if what.high <= 0:
            return Sum(0.0, {}, 0.0, 0.0)
        found, flag = self.column(0.0, what.high), self.column(0, 1, whole=True)
        above = self.total([(1.0, found), (-1.0, what), (-what.low, flag)])
        self.row(above, high=-what.low)
        self.row(self.total([(1.0, found), (-what.high, flag)]), high=0.0)
        return found

    def relaxed(self, objective: Sum, maximise: bool = False) -> Solution | None:
        """The best where whole columns may lie in between: a bound, at once."""
        answer = self._solved(objective, maximise, {"solve_relaxation": True})
        return None if answer is None else answer[1]

    def solve(self, objective: Sum, maximise: bool = False) -> Solution | None:
        """The best solution of several ways of solving; None if none of them has any.

        Its bound is the most careful one: where the ways do not agree, nothing is proved beyond.
        """
        sign = -1.0 if maximise else 1.0
        answers = [self._solved(objective, maximise, way) for way in WAYS]
        found = [answer for answer in answers if answer is not None]
        solved = [(value, one) for value, one in found if one is not None]
        if not solved:
            return None
        best = min(solved, key=lambda item: sign * item[0])[1]
        return Solution(best.values, sign * min(sign * one.bound for _, one in solved))

    def _solved(
        self, objective: Sum, maximise: bool, way: Mapping[str, object]
    ) -> tuple[float, Solution | None] | None:
        # Loaded when first needed: starting the app or the command line needs no solver.
        import highspy

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in {**OPTIONS, **way}.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._as_highs(highspy, objective, maximise))
        solver.run()
        status, statuses = solver.getModelStatus(), highspy.HighsModelStatus
        if status == statuses.kInfeasible:
            return None
        info = solver.getInfo()
        value = info.objective_function_value
        is_whole = any(self._whole) and not way.get("solve_relaxation")
        bound = info.mip_dual_bound if is_whole else value
        solution = Solution(tuple(solver.getSolution().col_value), bound)
        has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return value, solution if has_values else None

    def _as_highs(self, highspy: Any, objective: Sum, maximise: bool) -> Any:
        """The model in the solver's own form, by rows."""
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._low), len(self._rows)
        costs = np.zeros(len(self._low))
        for k, factor in objective.factors.items():
            costs[k] = factor
        model.col_cost_, model.offset_ = costs, objective.constant
        model.col_lower_, model.col_upper_ = np.array(self._low), np.array(self._high)
        model.row_lower_, model.row_upper_ = np.array(self._row_low), np.array(self._row_high)
        kinds = highspy.HighsVarType
        model.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in self._whole
        ]
        model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row) for row in self._rows)])
        matrix.index_ = np.array([k for row in self._rows for k in row], dtype=np.int32)
        matrix.value_ = np.array([value for row in self._rows for value in row.values()])
        return model
