"""The published counts a what-if starts from, and what is still to come, as inputs."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.baseline import Basis, Evidence
from simulator.outlook import COUNTED_BY
from simulator.presentation.view import View
from simulator.reports.workbook.live import Live, anchored, choose, live
from simulator.reports.workbook.marks import are_counts, is_between, is_count, marked
from simulator.reports.workbook.page import BAD, Page
from simulator.rules import Edition, Flow, Indicator
from simulator.score import LARGEST_COUNT
from simulator.text import catalogue

WIDTHS = [48.0, 14.0, 14.0, 11.0, 18.0, 13.0, 56.0, 11.0, 11.0, 11.0]
GOOD, ALL, RATE, BASIS, SCORE, NOTE, COPIES = 1, 2, 3, 4, 5, 6, 7
MARK = COPIES + 2
LAST = NOTE
MOST = int(LARGEST_COUNT) - 1


@dataclass
class Inputs:
    """Cells of the counts, in the order of the edition; None where nothing was published.

    ``typed``: inflows somebody can type, ``so_far``: cases so far they are compared with,
    ``coming``: rows and columns where the used ones are told; ``completed``: finished dossiers;
    ``watched``: ranges of what can be changed, each with that of what it was; ``marks``: of what
    the app would refuse, all in the range ``marked``.
    """

    numerators: list[Live | None]
    denominators: list[Live | None]
    typed: dict[Flow, Live] = field(default_factory=dict)
    so_far: dict[Flow, Live] = field(default_factory=dict)
    coming: dict[Flow, tuple[int, int]] = field(default_factory=dict)
    completed: Live | None = None
    watched: list[tuple[str, str]] = field(default_factory=list)
    marks: list[Live] = field(default_factory=list)
    marked: str = ""

    def known(self, position: int) -> tuple[Live, Live] | None:
        good, cases = self.numerators[position], self.denominators[position]
        return None if good is None or cases is None else (good, cases)


def inputs_sheet(page: Page, view: View) -> Inputs:
    """Write the counts of the unit of ``view``."""
    edition, said = view.edition, page.book.said
    page.put(0, 0, said("inputs_title"), "title")
    page.wide(1, 0, LAST, said("inputs_note"), "note")
    keys = ("indicator", "numerator", "denominator", "rate", "basis", "score", "note")
    page.row_of(3, 0, [said(key) for key in keys], "head")
    page.row_of(3, COPIES, [said("copy"), said("copy"), said("mark")], "head", "small")
    found = Inputs([None] * len(edition.indicators), [None] * len(edition.indicators))
    row = 4
    for group in edition.groups:
        page.band(row, LAST, page.book.say.name(group.name), group.colour)
        for k in edition.group_positions[group.code]:
            row += 1
            _indicator(page, row, edition.indicators[k], view.unit.evidence[k], k, found)
        row += 1
    _watch(page, found, 4, row - 1, ALL)
    row = _more(page, view, row + 1, found)
    found.marked = page.span(4, MARK, row, MARK)
    page.when(page.span(4, GOOD, row, ALL), anchored(page.cell(4, MARK, 0)) > 0, BAD)
    page.layout(WIDTHS, (4, 1))
    page.sheet.fit_to_pages(1, 1)
    page.sheet.print_area(0, 0, row, LAST)
    return found


def _indicator(
    page: Page, row: int, item: Indicator, known: Evidence, position: int, found: Inputs
) -> None:
    say, said = page.book.say, page.book.said
    page.put(row, 0, say.name(item.name), "text")
    if known.basis is Basis.UNKNOWN:
        for column in (GOOD, ALL, RATE):
            page.put(row, column, say("unit.unknown"), "middle", "closed")
        for column in (COPIES, COPIES + 1):
            page.put(row, column, say("unit.unknown"), "middle", "small")
    else:
        _counts(page, row, item, known, position, found)
    page.put(row, BASIS, said(f"basis_{known.basis.value}"), "text")
    if known.published is None:
        page.put(row, SCORE, say("unit.unknown"), "middle")
    else:
        page.put(row, SCORE, known.published / 100, "points")
    page.put(row, NOTE, _note(page, known), "text", "foreign")


def _note(page: Page, known: Evidence) -> str:
    say, said = page.book.say, page.book.said
    told = [said("unpublished")] if known.basis is Basis.UNKNOWN else []
    told += [said("no_cases")] if known.basis is Basis.NONE else []
    told += [said("only_rate")] if known.basis is Basis.RATE else []
    if known.flag and f"flags.{known.flag}" in catalogue(say.language):
        flag = say(f"flags.{known.flag}")
        told.append(flag[:1].upper() + flag[1:])
    elif known.assumed:
        told.append(said("assumed"))
    return " ".join([*told, *([known.note] if known.note else [])])


def _counts(
    page: Page, row: int, item: Indicator, known: Evidence, position: int, found: Inputs
) -> None:
    kinds = {Basis.COUNTS: ("count", "input"), Basis.RATE: ("rate", "input")}
    good_kinds = kinds.get(known.basis, ("count", "closed"))
    all_kinds = good_kinds if known.basis is Basis.COUNTS else ("count", "closed")
    good = page.put(row, GOOD, known.numerator, *good_kinds)
    cases = page.put(row, ALL, known.denominator, *all_kinds)
    found.numerators[position], found.denominators[position] = good, cases
    nothing = live(page.book.say("unit.unknown"))
    page.put(row, RATE, choose(cases.same(0), nothing, good / cases * 100), "rate")
    for column, value in ((COPIES, known.numerator), (COPIES + 1, known.denominator)):
        page.put(row, column, value, good_kinds[0], "small")
    between = {"criteria": "between", "ignore_blank": False}
    if known.basis is Basis.COUNTS:
        whole = {"validate": "integer", **between}
        fields = {"good": page.book.say.name(item.numerator)}
        page.rule(row, GOOD, "good_error", {**whole, "minimum": 0, "maximum": cases}, **fields)
        page.rule(row, ALL, "all_error", {**whole, "minimum": good, "maximum": MOST})
        mark(page, row, found, marked(are_counts(good, cases)))
    elif known.basis is Basis.RATE:
        percent = {"validate": "decimal", **between, "minimum": 0, "maximum": 100}
        page.rule(row, GOOD, "rate_error", percent)
        mark(page, row, found, marked(is_between(good, 0, 100)))


def mark(page: Page, row: int, found: Inputs, what: Live) -> None:
    """Mark what was typed in ``row``."""
    found.marks.append(page.put(row, MARK, what, "count", "small"))


def _more(page: Page, view: View, row: int, found: Inputs) -> int:
    """Finished dossiers, and the cases still to come; the last row."""
    said, ahead = page.book.said, view.outlook
    if ahead is None:
        return row - 2
    finished = view.unit.fact("COMPLETED")
    if finished is not None:
        page.put(row, 0, said("completed"), "text")
        found.completed = page.put(row, GOOD, finished, "count", "input")
        page.put(row, COPIES, finished, "count", "small")
        page.wide(row, ALL, LAST, said("completed_note"), "text")
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}
        page.rule(row, GOOD, "count_error", whole)
        mark(page, row, found, marked(is_count(found.completed)))
        _watch(page, found, row, row, GOOD)
        row += 2
    titles = [said("flow"), said("typed"), said("coming_used"), said("so_far")]
    page.row_of(row, 0, titles, "head")
    page.wide(row, BASIS, LAST, said("how_known"), "head")
    for flow in COUNTED_BY:
        row += 1
        _inflow(page, row, view, flow, found)
    _watch(page, found, row - len(COUNTED_BY) + 1, row, GOOD)
    return row


def _watch(page: Page, found: Inputs, first: int, last: int, column: int) -> None:
    copied = page.span(first, COPIES, last, COPIES + column - GOOD)
    found.watched.append((page.span(first, GOOD, last, column), copied))


def _inflow(page: Page, row: int, view: View, flow: Flow, found: Inputs) -> None:
    say, said = page.book.say, page.book.said
    assert view.outlook is not None
    page.put(row, 0, say(f"horizon.flow_{flow.value}"), "text")
    typed = dict(view.scenario.inflow).get(flow.value)
    counted = _counted(view.edition, view, flow)
    found.coming[flow] = (row, ALL)
    if counted is None or view.outlook.period.is_over:
        page.put(row, GOOD, say("unit.unknown"), "middle", "closed")
        page.put(row, COPIES, say("unit.unknown"), "middle", "small")
        reason = "inflow_over" if view.outlook.period.is_over else "inflow_unknown"
        page.wide(row, BASIS, LAST, said(reason), "text")
    else:
        kinds = ("count", "input")
        put = page.blank(row, GOOD, *kinds) if typed is None else page.put(row, GOOD, typed, *kinds)
        found.typed[flow] = put
        if typed is not None:
            page.put(row, COPIES, typed, "count", "small")
        whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST}
        page.rule(row, GOOD, "count_error", whole)
        page.wide(row, BASIS, LAST, said("inflow_note"), "text")
    if counted is None:
        page.put(row, RATE, say("unit.unknown"), "middle")
        return
    cases = found.denominators[counted]
    assert cases is not None
    found.so_far[flow] = page.put(row, RATE, cases, "count")


def _counted(edition: Edition, view: View, flow: Flow) -> int | None:
    """The indicator whose cases tell how many of this kind there were, the first of counts."""
    positions = [edition.position[code] for code in COUNTED_BY[flow]]
    return next((k for k in positions if view.unit.evidence[k].basis is Basis.COUNTS), None)
