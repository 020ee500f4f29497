"""Anchored projection: published score + (model after − model before).

The published score wins for "now"; the rules only give the difference. With all counts
known this equals recomputing; where a group's parts are unpublished, the unexplained
remainder stays constant. A group is clamped to [0, its maximum], the total to [0, 100].
With an outlook, "after" is the end of the period: levers then move the do-nothing line.
All scores are whole hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulator.baseline import Unit, model_scores
from simulator.counts import Counts, move_counts
from simulator.errors import Notice
from simulator.lever_settings import check_setting
from simulator.levers import Settings, lever_of, lever_range
from simulator.outlook import Outlook
from simulator.rank import (
    Peers,
    Standing,
    class_of,
    group_scores,
    standing,
    unit_total,
)
from simulator.rules import Edition, Reach, ScoreClass
from simulator.score import Floats, score_unit, totals_many

FULL_TOTAL = 10_000


@dataclass(frozen=True)
class State:
    """Scores of a unit at one moment; None where they are not known."""

    indicators: tuple[int | None, ...]
    groups: Mapping[str, int | None]
    total: int | None
    score_class: ScoreClass | None
    standing: Standing | None


@dataclass(frozen=True)
class Projection:
    """A what-if on one unit: before, after, and what changed.

    ``group_change`` is known even where the group's level is not. ``counts`` are those of all
    cases, ``past`` those of the cases so far (the same but for an outlook).
    """

    edition: Edition
    unit: Unit
    settings: Settings
    counts: Counts
    past: Counts
    before: State
    after: State
    group_change: Mapping[str, int]
    total_change: int
    notices: tuple[Notice, ...]
    outlook: Outlook | None = None

    def is_saturated(self, position: int) -> bool:
        """True if more effort on this indicator earns nothing."""
        score = self.after.indicators[position]
        return score is not None and score >= 100 * self.edition.indicators[position].maximum


def check_settings(
    edition: Edition, unit: Unit, settings: Settings, outlook: Outlook | None = None
) -> dict[str, float]:
    """Return the settings that change something, each within its bounds.

    Raises :class:`ScenarioError` for an unknown lever or a value out of bounds.
    """
    checked = {}
    for code, change in settings.items():
        lever = lever_of(edition, code)
        if change:
            checked[code] = check_setting(lever_range(edition, unit, lever, outlook), change)
    return checked


def project(
    edition: Edition,
    unit: Unit,
    settings: Settings,
    peers: Peers | None = None,
    outlook: Outlook | None = None,
) -> Projection:
    """Project ``unit`` under ``settings``; raises :class:`ScenarioError` on bad settings."""
    settings = check_settings(edition, unit, settings, outlook)
    return projected(edition, unit, settings, peers, outlook)


def projected(
    edition: Edition,
    unit: Unit,
    settings: Settings,
    peers: Peers | None = None,
    outlook: Outlook | None = None,
) -> Projection:
    """:func:`project` without its checks: settings need be neither whole nor within bounds."""
    past, counts = _end_counts(edition, unit, settings, outlook)
    model_before = model_scores(edition, unit)
    model_after = [
        score if unit.knows(k) else None
        for k, score in enumerate(score_unit(edition, counts.numerators, counts.denominators))
    ]
    groups_before = group_scores(edition, unit, model_before)
    groups_after: dict[str, int | None] = {}
    change: dict[str, int] = {}
    for group, positions in edition.group_positions.items():
        moved = sum((model_after[k] or 0) - (model_before[k] or 0) for k in positions)
        level = groups_before[group]
        if level is None:
            groups_after[group], change[group] = None, moved
        else:
            after = min(max(level + moved, 0), 100 * edition.group_by_code[group].maximum)
            groups_after[group], change[group] = after, after - level
    total_before = unit_total(edition, unit)
    total_change = sum(change.values())
    total_after = None
    if total_before is not None:
        total_after = min(max(total_before + total_change, 0), FULL_TOTAL)
        total_change = total_after - total_before
    return Projection(
        edition=edition,
        unit=unit,
        settings=dict(settings),
        counts=counts,
        past=past,
        before=_state(edition, model_before, groups_before, total_before, peers),
        after=_state(edition, model_after, groups_after, total_after, peers),
        group_change=change,
        total_change=total_change,
        notices=(*(outlook.notices if outlook else ()), *counts.notices),
        outlook=outlook,
    )


def _end_counts(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Any],
    outlook: Outlook | None,
    lowest: Callable[[Any, Any], Any] = min,
    highest: Callable[[Any, Any], Any] = max,
) -> tuple[Counts, Counts]:
    """Counts of the cases so far, and of all.

    Ahead, those so far and those still to come are moved apart and couplings hold in each: a
    file of next month cannot lean on what an old one left free.
    """
    if outlook is None:
        counts = move_counts(edition, unit, settings, lowest, highest)
        return counts, counts
    is_coming = {code: edition.lever_by_code[code].reach is Reach.COMING for code in settings}
    past = move_counts(
        edition, unit, {code: settings[code] for code, ahead in is_coming.items() if not ahead},
        lowest, highest,
    )  # fmt: skip
    coming = move_counts(
        edition, outlook.to_come,
        {code: settings[code] for code, ahead in is_coming.items() if ahead}, lowest, highest,
    )  # fmt: skip
    return past, Counts(
        [so_far + more for so_far, more in zip(past.numerators, coming.numerators, strict=True)],
        [
            so_far + more
            for so_far, more in zip(past.denominators, coming.denominators, strict=True)
        ],
        (*past.notices, *coming.notices),
    )


def _state(
    edition: Edition,
    indicators: Sequence[int | None],
    groups: Mapping[str, int | None],
    total: int | None,
    peers: Peers | None,
) -> State:
    return State(
        indicators=tuple(indicators),
        groups=dict(groups),
        total=total,
        score_class=None if total is None else class_of(edition, total),
        standing=None if total is None or peers is None else standing(total, peers.totals),
    )


@dataclass(frozen=True)
class Projections:
    """Many what-ifs on one unit; scores are whole hundredths, one column per what-if.

    ``groups`` and ``total`` are None where the level is not known; ``group_change`` (groups,
    what-ifs) and ``total_change`` always are. ``counts`` hold arrays or single numbers.
    """

    counts: Counts
    groups: Mapping[str, Floats | None]
    group_change: Mapping[str, Floats]
    total: Floats | None
    total_change: Floats


def project_many(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Floats],
    outlook: Outlook | None = None,
) -> Projections:
    """Project many what-ifs of one unit at once, without the checks of :func:`project`.

    ``settings``: lever code -> array of changes, all of one length. Equal to
    :func:`project` bit for bit.
    """
    length = max((len(changes) for changes in settings.values()), default=1)
    _, counts = _end_counts(edition, unit, settings, outlook, np.minimum, np.maximum)
    return scored_many(edition, unit, counts, length)


def scored_many(edition: Edition, unit: Unit, counts: Counts, length: int) -> Projections:
    """What ``counts`` (arrays of ``length``, or single numbers) of one unit lead to."""
    shape = (len(edition.indicators), length)
    numerators, denominators = np.empty(shape), np.empty(shape)
    for k in range(shape[0]):
        numerators[k], denominators[k] = counts.numerators[k], counts.denominators[k]
    scores, _ = totals_many(edition, numerators, denominators)
    before = np.array(score_unit(edition, unit.numerators, unit.denominators))
    levels = group_scores(edition, unit)
    groups: dict[str, Floats | None] = {}
    change: dict[str, Floats] = {}
    for row, (group, positions) in zip(scores, edition.group_positions.items(), strict=True):
        change[group] = row - before[list(positions)].sum()
        level, groups[group] = levels[group], None
        if level is not None:
            highest = 100 * edition.group_by_code[group].maximum
            after = np.clip(level + change[group], 0, highest)
            groups[group], change[group] = after, after - level
    total_change = np.sum(list(change.values()), axis=0)
    before_total, total = unit_total(edition, unit), None
    if before_total is not None:
        total = np.clip(before_total + total_change, 0, FULL_TOTAL)
        total_change = total - before_total
    return Projections(counts, groups, change, total, total_change)
