"""The levers as inputs, each with its bounds as formulas of the counts."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.presentation.view import View
from simulator.reports.in_full import in_full
from simulator.reports.workbook.bounds import Bounds
from simulator.reports.workbook.live import (
    Live,
    anchored,
    choose,
    every,
    is_number,
    number_in,
    rounded,
    some,
    whole,
)
from simulator.reports.workbook.page import BAD, LOCKED, Page

WIDTHS = [36.0, 11.0, 16.0, 16.0, 11.0, 26.0, 27.0, 54.0, 10.0, 11.0, 11.0, 11.0, 11.0]
CHANGE, LOW, HIGH, UNIT, STATE, WHO, HELP, COPY, OUTSIDE, RAW_LOW, RAW_HIGH, UNCUT = range(1, 13)
REASONS = ("lever_without_cases", "lever_no_inflow", "lever_no_room")
# Why a lever cannot be used whatever is typed elsewhere in the workbook.
FOR_GOOD = (
    "lever_unpublished", "lever_period_over", "lever_needs_counts", "lever_open_unknown",
)  # fmt: skip


@dataclass
class Levers:
    """Rows and cells of the levers that are offered.

    ``changes``: the number in each input, for formulas; ``reasons``: cells of the sentences why a
    lever cannot be used now; ``outside``: range of marks (1) of changes beyond the bounds.
    """

    rows: dict[str, int]
    changes: dict[str, Live]
    reasons: dict[str, Live]
    beyond: Live
    watched: tuple[str, str]
    outside: str


def levers_sheet(page: Page, view: View) -> Levers:
    """Write the levers and their changes; :func:`write_bounds` completes the rows."""
    said, say = page.book.said, page.book.say
    page.put(0, 0, said("levers_title"), "title")
    key = "levers_whole" if view.outlook is None else "levers_ahead"
    page.wide(1, 0, HELP, said(key), "note")
    titles = ("lever", "change", "low", "high", "unit", "state", "who", "help")
    page.row_of(3, 0, [said(title) for title in titles], "head")
    technical = ("copy", "outside", "unrounded_low", "unrounded_high", "unrounded")
    page.row_of(3, COPY, [said(title) for title in technical], "head", "small")
    rows: dict[str, int] = {}
    row = 4
    for group in view.edition.groups:
        page.band(row, HELP, say.name(group.name), group.colour)
        row += 1
        for lever in view.levers:
            if view.edition.indicator(lever.indicator).group == group.code:
                rows[lever.code] = row
                row += 1
    changes = {code: _change(page, rows[code], view, code) for code in rows}
    last = row - 1
    page.put(row + 1, 0, said("reasons"), "small")
    reasons = {
        reason: page.put(k, 0, say(f"reasons.{reason}"), "small")
        for k, reason in enumerate(REASONS, row + 2)
    }
    beyond = page.put(row + 2 + len(REASONS), 0, said("lever_beyond"), "small")
    page.sheet.print_area(0, 0, last, HELP)
    watched = (page.span(4, CHANGE, last, CHANGE), page.span(4, COPY, last, COPY))
    return Levers(rows, changes, reasons, beyond, watched, page.span(4, OUTSIDE, last, OUTSIDE))


def is_closed(bounds: LeverRange) -> bool:
    """True if no number typed in the workbook makes the lever usable."""
    never = bounds.basis is Basis.NONE and bounds.reason == "lever_without_cases"
    return never or bounds.reason in FOR_GOOD


def _change(page: Page, row: int, view: View, code: str) -> Live:
    say, bounds = page.book.say, view.ranges[code]
    page.put(row, 0, say.name(bounds.lever.name), "text")
    page.put(row, UNIT, in_full(say(f"unit.{bounds.count_unit}"), say), "middle")
    page.put(row, WHO, say.name(bounds.lever.responsible), "text")
    page.put(row, HELP, say.name(bounds.lever.help), "text")
    change = view.projection.settings.get(code, 0.0)
    page.put(row, COPY, change, "count", "small")
    kinds = ("rate",) if bounds.basis is Basis.RATE else ("change",)
    return page.put(row, CHANGE, change, *kinds, "closed" if is_closed(bounds) else "input")


def write_bounds(page: Page, levers: Levers, view: View, bounds: dict[str, Bounds]) -> None:
    """Bounds, validations and why a lever cannot be used; no ``bounds``: it never can."""
    for code, row in levers.rows.items():
        known, found = view.ranges[code], bounds.get(code)
        if found is None:
            for column in (LOW, HIGH):
                page.put(row, column, page.book.say("unit.unknown"), "middle", "closed")
            page.put(row, STATE, page.book.say(f"reasons.{known.reason}"), "text", "closed")
            marked = number_in(levers.changes[code]).differs(0)
            page.put(row, OUTSIDE, choose(marked, 1, 0), "count", "small")
        else:
            _bounds(page, row, levers, known, found, levers.changes[code])
    _looks(page, min(levers.rows.values()), max(levers.rows.values()))
    page.layout(WIDTHS, (4, 1))


def _bounds(
    page: Page, row: int, levers: Levers, known: LeverRange, found: Bounds, change: Live
) -> None:
    is_rate = known.basis is Basis.RATE
    kind = "rate" if is_rate else "count"
    low = page.put(row, RAW_LOW, found.low, kind, "small")
    high = found.high
    if found.is_broken:
        high = rounded(page.put(row, UNCUT, high, kind, "small"))
    high = page.put(row, RAW_HIGH, high, kind, "small")
    # Nobody types parts of files: whole ones inwards. The exact bounds are taken all the same.
    is_cut = found.is_broken and not is_rate
    page.put(row, LOW, -whole(-low) if is_cut else low, kind)
    page.put(row, HIGH, whole(high) if is_cut else high, kind)
    number = number_in(change)
    inside = every(is_number(change), low <= number, number <= high)
    if not is_rate:
        ends = number.same(low), number.same(high)
        inside = every(inside, some(whole(number).same(number), *ends))
    empty = some(change.same(""), change.same(0))
    outside = choose(empty, 0, choose(inside, 0, 1))
    mark = page.put(row, OUTSIDE, outside, "count", "small")
    state = choose(every(low.same(0), high.same(0)), levers.reasons["lever_no_room"], "")
    for reason, condition in reversed(list(found.reasons.items())):
        state = choose(condition, levers.reasons[reason], state)
    page.put(row, STATE, choose(mark.same(1), levers.beyond, state), "text")
    rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    if known.basis is Basis.RATE:
        page.rule(row, CHANGE, "rate_change_error", rule)
    else:
        page.rule(row, CHANGE, "change_error", {"validate": "custom", "value": inside})


def _looks(page: Page, first: int, last: int) -> None:
    """Grey where a lever cannot move now, red beyond its bounds, decimals where there are some."""
    low, high, mark = (anchored(page.cell(first, k, 0)) for k in (RAW_LOW, RAW_HIGH, OUTSIDE))
    page.when(page.span(first, CHANGE, last, CHANGE), mark.same(1), BAD)
    still = every(low.same(0), high.same(0))
    page.when(page.span(first, CHANGE, last, HIGH), still, {"bg_color": LOCKED})
    here = page.cell(first, CHANGE, 0.0)
    broken = every(is_number(here), here.differs(whole(here)))
    page.when(page.span(first, CHANGE, last, HIGH), broken, {"num_format": "#,##0.00####"})
