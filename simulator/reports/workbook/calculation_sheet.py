"""The whole chain on one sheet: counts, cases to come, levers, couplings, points, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.presentation.view import View
from simulator.reports.workbook.chain import write_chain
from simulator.reports.workbook.coming import write_coming
from simulator.reports.workbook.inputs_sheet import Inputs
from simulator.reports.workbook.levels import Levels, write_levels
from simulator.reports.workbook.levers_sheet import Levers
from simulator.reports.workbook.live import Live
from simulator.reports.workbook.page import Page
from simulator.reports.workbook.rules_sheet import Rules
from simulator.reports.workbook.scoring import write_scores
from simulator.rules import Lever, Reach

Pair = tuple[Live, Live]
WIDTHS = [48.0, *([15.0] * 9)]


@dataclass(frozen=True)
class Calculated:
    """``before``, ``after``: hundredths of the known indicators by position; ``coming``: cases
    still to come, empty if the scenario does not look ahead."""

    before: Mapping[int, Live]
    after: Mapping[int, Live]
    levels: Levels
    coming: Mapping[int, Pair]


def calculation_sheet(
    page: Page, entry: Page, view: View, inputs: Inputs, levers: Levers, rules: Rules
) -> Calculated:
    """Write the chain; ``entry``: the sheet of the inputs."""
    said, edition = page.book.said, view.edition
    page.put(0, 0, said("calculation_title"), "title")
    page.wide(1, 0, len(WIDTHS) - 1, said("calculation_note"), "note")
    starts = {k: pair for k in range(len(edition.indicators)) if (pair := inputs.known(k))}
    coming: dict[int, Pair] = {}
    row, tops = 3, []
    if view.outlook is None:
        changes = _changes(view, levers, lambda lever: True)
        counts, row = write_chain(
            page, row, said("part_whole"), edition, view.unit, starts, changes, _kind(view, False)
        )
    else:
        coming, row = write_coming(page, row, view, inputs, entry)
        tops.append(row + 1)
        past = _changes(view, levers, lambda lever: lever.reach is not Reach.COMING)
        so_far, row = write_chain(
            page, row + 1, said("part_past"), edition, view.unit, starts, past, _kind(view, False)
        )
        tops.append(row + 1)
        ahead = _changes(view, levers, lambda lever: lever.reach is Reach.COMING)
        more, row = write_chain(
            page, row + 1, said("part_ahead"), edition, view.unit, coming, ahead, "part_count"
        )
        counts = {
            k: (so_far[k][0] + more[k][0], so_far[k][1] + more[k][1]) for k in starts
        }  # fmt: skip
    tops.append(row + 1)
    before, row = write_scores(
        page, row + 1, said("part_before"), edition, starts, rules, _kind(view, False)
    )
    tops.append(row + 1)
    kind = _kind(view, view.outlook is not None)
    after, row = write_scores(page, row + 1, said("part_after"), edition, counts, rules, kind)
    levels, row = write_levels(page, row + 1, view, before, after, rules)
    page.layout(WIDTHS, (3, 1))
    page.sheet.repeat_rows(0)
    # Each block has a head of its own, which no other page can repeat.
    page.pages_from(tops)
    return Calculated(before, after, levels, coming)


def _kind(view: View, is_broken: bool) -> str:
    """How good cases look: whole, or with decimals where there can be some."""
    has_rates = any(item.denominator == 100 and item.numerator % 1 for item in view.unit.evidence)
    return "part_count" if is_broken or has_rates else "count"


def _changes(
    view: View, levers: Levers, chosen: Callable[[Lever], bool]
) -> list[tuple[Lever, Live]]:
    return [(lever, levers.changes[lever.code]) for lever in view.levers if chosen(lever)]
