"""Cases still to come, as formulas of those so far: the rules of ``simulator.outlook``.

Cases to come per case so far are a fraction of two whole numbers, so that other counts lead to
the cases to come that the app finds.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from simulator.baseline import Basis
from simulator.outlook import ABSURD, COUNTED_BY
from simulator.presentation.view import View
from simulator.reports.workbook.inputs_sheet import Inputs, mark
from simulator.reports.workbook.live import (
    Live,
    choose,
    every,
    half_up,
    highest,
    is_number,
    live,
    number_in,
    rounded,
)
from simulator.reports.workbook.marks import FINE, LEFT_OUT, REFUSED, is_count
from simulator.reports.workbook.page import Page
from simulator.rules import Flow
from simulator.scenario import MONTHS, outlook_of

Pair = tuple[Live, Live]
# A moment to the microsecond: beyond this, products with counts are not whole in a double.
FINEST = 10**8
KEYS = ("indicator", "all_so_far", "good_so_far", "all_coming", "good_unrounded", "good_coming")


def write_coming(
    page: Page, top: int, view: View, inputs: Inputs, entry: Page
) -> tuple[dict[int, Pair], int]:
    """Good and all cases still to come by position, for all that is known; the row below.

    ``entry``: the sheet of the inputs, where the inflows that are used are told.
    """
    said = page.book.said
    assert view.outlook is not None
    page.put(top, 0, said("part_growth"), "part")
    titles = ("flow", "growth_pace", "growth_pace_of", "growth", "growth_of")
    page.row_of(top + 1, 0, [said(title) for title in titles], "head")
    growth = {
        flow: _growth(page, row, view, inputs, flow, entry)
        for row, flow in enumerate(COUNTED_BY, top + 2)
    }
    for flow, (row, column) in inputs.coming.items():
        if flow in inputs.so_far:
            entry.put(row, column, half_up_of(growth[flow], inputs.so_far[flow]), "count")
        else:
            entry.put(row, column, page.book.say("unit.unknown"), "middle")
    row = top + len(COUNTED_BY) + 3
    page.put(row, 0, said("part_coming"), "part")
    page.row_of(row + 1, 0, [said(key) for key in KEYS], "head")
    found = {}
    row += 2
    for k, item in enumerate(view.edition.indicators):
        known = inputs.known(k)
        if known is None:
            continue
        page.put(row, 0, page.book.say.name(item.name), "text")
        counts = view.unit.evidence[k].basis is Basis.COUNTS
        flow_growth = growth.get(item.flow) if counts else None
        found[k] = _to_come(page, row, known, flow_growth)
        row += 1
    return found, row


def half_up_of(growth: Pair, cases: Live) -> Live:
    """Whole cases to come for ``cases`` so far."""
    return half_up(growth[0] * cases, growth[1])


def _growth(
    page: Page, row: int, view: View, inputs: Inputs, flow: Flow, entry: Page
) -> Pair:  # fmt: skip
    """Cases to come per case so far: by the pace or by recent months, and as it is used."""
    ahead = view.outlook
    assert ahead is not None
    page.put(row, 0, page.book.say(f"horizon.flow_{flow.value}"), "text")
    elapsed = ahead.period.elapsed_days
    pace = ahead.period.remaining_days / elapsed if elapsed else Fraction(0)
    pace = pace.limit_denominator(FINEST)
    top = page.put(row, 1, pace.numerator, "count")
    bottom = page.put(row, 2, pace.denominator, "count")
    so_far, typed = inputs.so_far.get(flow), inputs.typed.get(flow)
    used, used_of = top, bottom
    months = _months(view, flow)
    if so_far is not None and months is not None:
        known = page.put(row, 5, months, "count")
        page.put(row, 6, page.book.said("by_months"), "note")
        used, used_of = choose(so_far > 0, known, top), choose(so_far > 0, so_far, bottom)
    if so_far is not None and typed is not None:
        # More than so many times the pace so far is taken for a slip of the pen.
        likely = number_in(typed) * bottom <= ABSURD * so_far * highest(top, bottom)
        usable = every(is_number(typed), so_far > 0, likely)
        told = choose(is_count(typed), choose(likely, FINE, LEFT_OUT), REFUSED)
        mark(entry, inputs.coming[flow][0], inputs, choose(typed.same(""), FINE, told))
        used = choose(usable, number_in(typed), used)
        used_of = choose(usable, so_far, used_of)
    return page.put(row, 3, used, "count"), page.put(row, 4, used_of, "count")


def _months(view: View, flow: Flow) -> int | None:
    """Cases to come as in recent months; None where the pace so far is used."""
    if view.scenario.pace != MONTHS:
        return None
    untyped = outlook_of(view.baseline, view.unit, replace(view.scenario, inflow=()))
    assert untyped is not None
    item = untyped.inflows[flow]
    return item.coming if item.source == MONTHS else None


def _to_come(page: Page, row: int, known: Pair, growth: Pair | None) -> Pair:
    cases = page.put(row, 1, known[1], "count")
    good = page.put(row, 2, known[0], "count")
    if growth is None:
        more = page.put(row, 3, 0, "count")
        return page.put(row, 5, 0, "part_count"), more
    more = page.put(row, 3, half_up_of(growth, cases), "count")
    raw = page.put(row, 4, choose(cases.same(0), live(0), good / cases * more), "part_count")
    return page.put(row, 5, rounded(raw), "part_count"), more
