"""Place among peers: competition ranking, class, and the points between places.

Scores are whole hundredths of a point, so equal printed totals are ties. The simulated
unit replaces its own row; provinces, departments and communes are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.baseline import Baseline, Unit, model_scores
from simulator.rules import Edition, ScoreClass

POINTS_TO_PASS = 1  # one hundredth more than the one ahead


@dataclass(frozen=True)
class Peers:
    """The other units of a unit's list, highest total first.

    ``totals`` and ``groups`` (code of the unit -> scores in hundredths) are computed once:
    every what-if is compared with them. ``captured_at`` tells when their figures were read
    (it can differ from the unit's). ``idle``: units without any dossier in the period; they
    are listed, but their score says nothing of their work.
    """

    units: tuple[Unit, ...]
    totals: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int | None]]
    baseline_id: str
    captured_at: str
    borrowed: bool = False
    idle: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Standing:
    """Rank of a score among peers: ``1 + number of higher scores``."""

    rank: int
    of: int
    tied: bool
    to_next: int | None  # hundredths needed to pass the next one above; None for the first
    lead: int | None  # hundredths ahead of the next one below; None for the last


def group_scores(
    edition: Edition, unit: Unit, model: Sequence[int | None] | None = None
) -> dict[str, int | None]:
    """Published group scores; a group that was not printed but whose indicators all
    are known is their sum; otherwise None. ``model``: its :func:`model_scores`, if at hand."""
    model = model_scores(edition, unit) if model is None else model
    scores: dict[str, int | None] = {}
    for group, positions in edition.group_positions.items():
        parts = [model[k] for k in positions]
        known = [part for part in parts if part is not None]
        computed = sum(known) if len(known) == len(parts) else None
        scores[group] = unit.groups.get(group, computed)
    return scores


def unit_total(edition: Edition, unit: Unit) -> int | None:
    """Published total; else the sum of the groups if all are known; else None."""
    if unit.total is not None:
        return unit.total
    groups = [score for score in group_scores(edition, unit).values() if score is not None]
    return sum(groups) if len(groups) == len(edition.groups) else None


def peers_of(baseline: Baseline, unit: Unit, load: Callable[[str], Baseline]) -> Peers | None:
    """The units ``unit`` is ranked with, without itself; None if there is no such list.

    Where the baseline lists only the unit itself, the peers of ``baseline.peers_from``
    are used (another capture, marked as borrowed). An incomplete list gives no rank.
    """
    if unit.pool is None or unit.pool in baseline.incomplete_pools:
        return None
    source, borrowed = baseline, False
    if not any(_is_peer(other, unit) for other in baseline.units.values()):
        if baseline.peers_from is None:
            return None
        source, borrowed = load(baseline.peers_from), True
        if unit.pool in source.incomplete_pools:
            return None
    totals = {
        other.code: total
        for other in source.units.values()
        if _is_peer(other, unit) and (total := unit_total(source.edition, other)) is not None
    }
    if not totals:
        return None
    ordered = sorted(totals, key=lambda code: -totals[code])
    return Peers(
        units=tuple(source.units[code] for code in ordered),
        totals=totals,
        groups={code: group_scores(source.edition, source.units[code]) for code in ordered},
        baseline_id=source.id,
        captured_at=source.captured_at,
        borrowed=borrowed,
        idle=frozenset(
            code for code in ordered if source.units[code].has_no_dossiers(source.edition)
        ),
    )


def _is_peer(other: Unit, unit: Unit) -> bool:
    return other.pool == unit.pool and other.code != unit.code


def standing(score: int, others: Mapping[str, int]) -> Standing:
    """Place of ``score`` (hundredths) among ``others``."""
    higher = [other for other in others.values() if other > score]
    lower = [other for other in others.values() if other < score]
    return Standing(
        rank=1 + len(higher),
        of=1 + len(others),
        tied=len(higher) + len(lower) < len(others),
        to_next=min(higher) - score + POINTS_TO_PASS if higher else None,
        lead=score - max(lower) if lower else None,
    )


def standings_many(
    scores: npt.NDArray[np.float64], others: Mapping[str, int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Rank and tie of many ``scores`` (hundredths), each as :func:`standing` gives it."""
    ascending = np.sort(np.fromiter(others.values(), dtype=np.float64))
    not_higher = np.searchsorted(ascending, scores, side="right")
    lower = np.searchsorted(ascending, scores, side="left")
    return 1 + len(ascending) - not_higher, not_higher > lower


def class_of(edition: Edition, total: int) -> ScoreClass:
    """Class of a total in hundredths."""
    return next(item for item in edition.classes if total >= round(item.lowest * 100))


def classes_many(edition: Edition, totals: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Position in ``edition.classes`` (highest first) of each total in hundredths."""
    thresholds = [round(item.lowest * 100) for item in reversed(edition.classes)]
    return len(thresholds) - np.searchsorted(thresholds, totals, side="right")


def to_next_class_many(
    edition: Edition, totals: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Hundredths each total misses to the class above; 0 in the highest."""
    thresholds = np.array([round(item.lowest * 100) for item in edition.classes], dtype=np.float64)
    above = classes_many(edition, totals) - 1
    missing: npt.NDArray[np.float64] = np.where(above < 0, 0.0, thresholds[above] - totals)
    return missing


def to_next_class(edition: Edition, total: int) -> tuple[ScoreClass, int] | None:
    """The class above and the hundredths that are missing; None in the highest."""
    above = [item for item in edition.classes if total < round(item.lowest * 100)]
    return (above[-1], round(above[-1].lowest * 100) - total) if above else None
