"""Scores and rates printed in a row for as many names, assigned in their order or asked."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.errors import Place
from simulator.readers.publication.context import Context, note_period, unit_at
from simulator.readers.publication.figures import percent, points
from simulator.readers.publication.gathering import Gathering, Points
from simulator.readers.publication.losses import is_no_rate, is_no_score
from simulator.readers.publication.passages import Passage
from simulator.readers.publication.period import named_periods, period_of_figure
from simulator.readers.publication.respectively import (
    Figures,
    assigned,
    figures_in_rows,
    groups_of,
    rates_named,
)
from simulator.readers.publication.units import Mention, listed_units
from simulator.readers.publication.words import (
    NATIONAL,
    OTHER_INDEX,
    RATE_FACTS,
    TARGET,
    Label,
    is_of_other_period,
    maximum_of,
)
from simulator.readers.records import TOTAL, UnitRef
from simulator.rules import Edition

Span = tuple[int, int]


def read_rows(
    passage: Passage, sentence: Span, labels: Sequence[Label], named: Sequence[Mention],
    edition: Edition, context: Context, found: Gathering,
) -> list[Span]:  # fmt: skip
    """Read the scores in a row of one sentence; returns where all of them stand."""
    looked_at = []
    since, end = sentence
    for row in figures_in_rows(passage, *sentence):
        looked_at.append((row.start, row.end))
        place = passage.place(max(since, row.start - 60), row.end)
        if _is_result(passage, sentence[0], since, row, context, place, found):
            groups = groups_of(labels, since, row.start)
            units = listed_units(passage.text, since, row.start)
            if not groups:
                groups = groups_of(labels, row.end, end)[:1]
            if not groups and set(row.maxima) == {maximum_of(TOTAL, edition)}:
                groups = [TOTAL]
            unit = unit_at(passage, sentence[0], row.start, named, context)
            pairs = assigned(row, units, groups, unit)
            if pairs is None or not _fit(row, pairs, edition):
                found.problem("publication_respectively", place, count=len(row.items),
                              names=max(len(units), len(groups)))  # fmt: skip
            else:
                is_average = bool(NATIONAL.search(passage.plain, since, row.start))
                _keep(row, pairs, is_average, place, found)
        since = row.end
    return looked_at


def _is_result(
    passage: Passage, begin: int, since: int, row: Figures, context: Context, place: Place,
    found: Gathering,
) -> bool:  # fmt: skip
    """False for targets, losses and figures of another index or period; each is told."""
    before = passage.plain[begin : row.start]
    if OTHER_INDEX.search(before):
        found.note("other_index_not_read", place)
        return False
    if TARGET.search(before[-80:]):
        found.note("target_not_read", place)
        return False
    if is_no_score(passage, begin, since, row.start, row.end, found):
        return False
    if is_of_other_period(passage.plain[since : row.start], before):
        found.note("other_period_not_read", place)
        return False
    return not _is_of_other(passage, begin, row, context, place, found)


def _is_of_other(
    passage: Passage, begin: int, row: Figures, context: Context, place: Place, found: Gathering
) -> bool:
    period = period_of_figure(passage, named_periods(passage), begin, row.start, row.end)
    if not context.is_other(period):
        return False
    note_period(period, context, place, found)
    return True


def _fit(row: Figures, pairs: Sequence[tuple[UnitRef, str]], edition: Edition) -> bool:
    return all(
        maximum in (0, maximum_of(group, edition))
        for maximum, (_, group) in zip(row.maxima, pairs, strict=True)
    )


def _keep(
    row: Figures, pairs: Sequence[tuple[UnitRef, str]], is_average: bool, place: Place,
    found: Gathering,
) -> None:  # fmt: skip
    for item, maximum, (unit, group) in zip(row.items, row.maxima, pairs, strict=True):
        value = points(item)
        if value is None:
            found.problem("publication_score_unclear", place)
        else:
            found.points.append(Points(unit, group, value, maximum or None, is_average, place))


def read_rate_rows(
    passage: Passage, sentence: Span, edition: Edition, context: Context, found: Gathering
) -> list[Span]:
    """Read rates in a row, of several units and one indicator; returns where they stand."""
    looked_at = []
    since, _ = sentence
    for row in figures_in_rows(passage, *sentence, is_rate=True):
        looked_at.append((row.start, row.end))
        place = passage.place(max(since, row.start - 60), row.end)
        before = passage.plain[since : row.start]
        if TARGET.search(before[-150:]):
            found.note("target_not_read", place)
        elif is_of_other_period(before, before) or NATIONAL.search(before):
            found.note("other_period_not_read", place)
        elif not (
            is_no_rate(passage, sentence[0], row.start, row.end, found)
            or _is_of_other(passage, sentence[0], row, context, place, found)
        ):
            units = listed_units(passage.text, since, row.start)
            _keep_rates(row, units, rates_named(before), place, edition, found)
        since = row.end
    return looked_at


def _keep_rates(
    row: Figures, units: Sequence[UnitRef], codes: set[str], place: Place, edition: Edition,
    found: Gathering,
) -> None:  # fmt: skip
    if len(units) != len(row.items) or len(codes) != 1:
        found.problem("publication_respectively", place, count=len(row.items),
                      names=max(len(units), len(codes)))  # fmt: skip
        return
    code = next(iter(codes))
    for unit, item in zip(units, row.items, strict=True):
        value = percent(item)
        if value is not None and code in RATE_FACTS:
            found.fact(unit, code, value, "percent", place)
        elif value is not None and code in edition.position:
            found.rate(unit, code, value, place)
