"""Counts after the levers, step by step: moves, clamped, coupled; as ``simulator.counts``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.baseline import Unit
from simulator.counts import comparable
from simulator.reports.workbook.live import Live, choose, highest, lowest
from simulator.reports.workbook.page import Page
from simulator.rules import CouplingKind, Edition, Lever

Pair = tuple[Live, Live]
NAME, GOOD, ALL, MOVED, MOVED_ALL, CLAMPED, FIRST_COUPLED = range(7)
KEYS = ("indicator", "good_before", "all_before", "good_moved", "all_moved", "good_clamped")


@dataclass(frozen=True)
class _Row:
    """Cells of one indicator before the couplings."""

    row: int
    before: Live
    cases: Live
    clamped: Live


def write_chain(
    page: Page, top: int, title: str, edition: Edition, unit: Unit,
    starts: Mapping[int, Pair], changes: Sequence[tuple[Lever, Live]], kind: str,
) -> tuple[dict[int, Pair], int]:  # fmt: skip
    """One block of rows: ``starts`` (good and all cases by position) under ``changes``.

    Returns the cells after it and the row below it. ``kind``: how good cases look.
    """
    said = page.book.said
    couplings = [
        (how, k, partner)
        for how, k, partner in edition.count_couplings
        if k in starts and partner in starts and comparable(unit, k, partner)
    ]
    steps = max(Counter(k for _, k, _ in couplings).values(), default=0)
    page.put(top, 0, title, "part")
    coupled = [said("good_coupled", step=k + 1) for k in range(steps)]
    titles = [*(said(key) for key in KEYS), *coupled, said("good_after")]
    page.row_of(top + 1, 0, titles, "head")
    rows = {}
    for row, k in enumerate(starts, top + 2):
        rows[k] = _moved_row(page, row, k, edition, starts[k], changes, kind)
        for column in range(FIRST_COUPLED, FIRST_COUPLED + steps):
            page.blank(row, column, kind)
    coupled_to = _coupled(page, couplings, rows, kind)
    after = {
        k: (page.put(at.row, FIRST_COUPLED + steps, coupled_to[k], kind, "bold"), at.cases)
        for k, at in rows.items()
    }
    return after, top + 2 + len(starts)


def _moved_row(
    page: Page, row: int, position: int, edition: Edition, start: Pair,
    changes: Sequence[tuple[Lever, Live]], kind: str,
) -> _Row:  # fmt: skip
    page.put(row, NAME, page.book.say.name(edition.indicators[position].name), "text")
    before = page.put(row, GOOD, start[0], kind)
    all_before = page.put(row, ALL, start[1], "count")
    moved = _moved(before, "numerator", position, edition, changes)
    good = page.put(row, MOVED, moved, kind)
    moved_all = _moved(all_before, "denominator", position, edition, changes)
    cases = page.put(row, MOVED_ALL, moved_all, "count")
    clamped = page.put(row, CLAMPED, highest(lowest(good, cases), 0), kind)
    return _Row(row, before, cases, clamped)


def _moved(
    start: Live, part: str, position: int, edition: Edition, changes: Sequence[tuple[Lever, Live]]
) -> Live:
    """``start`` and what the levers add, in the order of the edition."""
    found = start
    for lever, change in changes:
        for move in lever.moves:
            if move.part == part and edition.position[move.indicator] == position:
                size = change if abs(move.by) == 1 else change * abs(move.by)
                found = found + size if move.by > 0 else found - size
    return found


def _coupled(
    page: Page, couplings: Sequence[tuple[CouplingKind, int, int]], rows: Mapping[int, _Row],
    kind: str,
) -> dict[int, Live]:  # fmt: skip
    """Good cases once the couplings hold, in the order of the rules; a column for each step."""
    now = {k: at.clamped for k, at in rows.items()}
    done: Counter[int] = Counter()
    for how, k, partner in couplings:
        shift = now[partner] - rows[partner].before
        if how is CouplingKind.FOLLOW:
            found = highest(lowest(now[k] + shift, rows[k].cases), 0)
        else:
            # An excess that was published stays; the coupling only binds what moves.
            is_excess = rows[k].before > rows[partner].before
            found = lowest(now[k], choose(is_excess, rows[k].before + shift, now[partner]))
        now[k] = page.put(rows[k].row, FIRST_COUPLED + done[k], found, kind)
        done[k] += 1
    return now
