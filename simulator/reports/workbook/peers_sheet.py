"""The units a unit is ranked with: totals as inputs, the own row live, places by formulas."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.baseline import Unit
from simulator.caveats import no_list_reason
from simulator.errors import Notice
from simulator.numbers import format_date
from simulator.presentation.view import View
from simulator.rank import Peers
from simulator.reports.workbook.levels import Levels, is_tied, points, rank_of
from simulator.reports.workbook.live import Live, choose, is_number
from simulator.reports.workbook.marks import is_between, marked
from simulator.reports.workbook.page import Page
from simulator.summary import places
from simulator.text import explain

PLACE, PLACE_NOW, NAME, CODE, TOTAL, GROUPS = range(6)
FULL = 100


@dataclass(frozen=True)
class Places:
    """The own place in the list: rank and whether others have the same total, now and after.

    ``marks``: of totals that are none, all in the range ``marked``.
    """

    now: Live
    after: Live
    tied_now: Live
    tied_after: Live
    count: int
    watched: tuple[str, str]
    marks: list[Live]
    marked: str


@dataclass(frozen=True)
class _Row:
    """Rows and columns of the list; the technical ones stand right of what is printed."""

    first: int
    last: int
    tie: int
    note: int
    after: int
    now: int
    copy: int
    mark: int


def peers_sheet(page: Page, view: View, levels: Levels) -> Places | None:
    """Write the list; None without one, or where the unit has no total."""
    said = page.book.said
    page.put(0, 0, said("peers_title"), "title")
    widths = [9.0, 9.0, 34.0, 12.0, 11.0, *([11.0] * len(view.edition.groups)), 13.0, 30.0]
    last = len(widths) - 1
    if view.peers is None:
        reason = Notice(no_list_reason(view.baseline, view.unit))
        page.wide(1, 0, last, explain(reason, page.book.say.language, view.edition), "line")
        page.layout(widths)
        return None
    note = said("peers_note", captured=format_date(view.peers.captured_at))
    page.wide(1, 0, last, note, "note")
    keys = ("place_after", "place_now", "unit_name", "unit_code", "total")
    names = [page.book.say.name(group.name) for group in view.edition.groups]
    page.row_of(3, 0, [*(said(key) for key in keys), *names, said("tied"), said("note")], "head")
    technical = [said(key) for key in ("after_h", "now_h", "copy", "mark")]
    page.row_of(3, len(widths), technical, "head", "small")
    found = _list(page, view, view.peers, levels, len(widths))
    page.layout([*widths, 11.0, 11.0, 11.0, 11.0], (4, 3))
    page.sheet.print_area(0, 0, 3 + len(_listed(view, view.peers)), last)
    return found


def _listed(view: View, peers: Peers) -> list[Unit]:
    """Highest total first, the unit itself at its place; without it if it has no total."""
    ordered = [place.unit for place in places(view.projection, peers)]
    return ordered or list(peers.units)


def _list(page: Page, view: View, peers: Peers, levels: Levels, right: int) -> Places | None:
    units, own = _listed(view, peers), view.unit.code
    at = _Row(4, 3 + len(units), right - 2, right - 1, right, right + 1, right + 2, right + 3)
    now: dict[str, Live] = {}
    after: dict[str, Live] = {}
    marks: list[Live] = []
    for row, unit in enumerate(units, at.first):
        is_own = unit.code == own
        bold = ("bold",) if is_own else ()
        page.put(row, NAME, unit.short_name, "text", *bold, "foreign")
        page.put(row, CODE, unit.code, "text", *bold, "foreign")
        idle = page.book.say("ranking.no_dossiers") if unit.code in peers.idle else ""
        page.put(row, at.note, page.book.said("own_row") if is_own else idle, "text", *bold)
        if is_own:
            _own_row(page, row, view, levels, at.copy)
            total_now, total_after = levels.total.now, levels.total.after
            assert total_now is not None and total_after is not None
            now[own] = page.put(row, at.now, total_now, "count", "small")
            after[own] = page.put(row, at.after, total_after, "count", "small")
            continue
        _peer_row(page, row, view, peers, unit.code, at)
        typed = page.cell(row, TOTAL, peers.totals[unit.code] / 100)
        marks.append(page.put(row, at.mark, marked(is_between(typed, 0, FULL)), "count", "small"))
        # What is no number is nobody's total: below all others.
        score = choose(is_number(typed), _hundredths(typed), -1)
        now[unit.code] = page.put(row, at.now, score, "count", "small")
        after[unit.code] = page.put(row, at.after, score, "count", "small")
    ranges = {column: page.span(at.first, column, at.last, column) for column in (at.now, at.after)}
    word = page.put(at.last + 2, at.after, page.book.say("headline.tied_note"), "small")
    for row, unit in enumerate(units, at.first):
        bold = ("bold",) if unit.code == own else ()
        for column, listed, source in ((PLACE, after, at.after), (PLACE_NOW, now, at.now)):
            place = rank_of(listed[unit.code], ranges[source], list(listed.values()))
            page.put(row, column, place, "count", *bold)
        tied = is_tied(after[unit.code], ranges[at.after], list(after.values()))
        page.put(row, at.tie, choose(tied, word, ""), "middle", *bold)
    if own not in after:
        return None
    row = at.first + [unit.code for unit in units].index(own)
    return Places(
        page.cell(row, PLACE_NOW, rank_of(now[own], "", list(now.values())).value),
        page.cell(row, PLACE, rank_of(after[own], "", list(after.values())).value),
        is_tied(now[own], ranges[at.now], list(now.values())),
        is_tied(after[own], ranges[at.after], list(after.values())),
        len(units),
        (
            page.span(at.first, TOTAL, at.last, TOTAL),
            page.span(at.first, at.copy, at.last, at.copy),
        ),
        marks,
        page.span(at.first, at.mark, at.last, at.mark),
    )


def _hundredths(total: Live) -> Live:
    return Live(f"ROUND({total.text}*100,0)", round(total.value * 100))


def _own_row(page: Page, row: int, view: View, levels: Levels, copy: int) -> None:
    total = points(levels.total.after)
    assert total is not None
    own = page.put(row, TOTAL, total, "points", "bold")
    # Computed, not put in: it never differs from what it was.
    page.put(row, copy, own, "points", "small")
    for column, group in enumerate(view.edition.groups, GROUPS):
        score = points(levels.groups[group.code].after)
        if score is None:
            page.put(row, column, page.book.say("unit.unknown"), "middle", "bold")
        else:
            page.put(row, column, score, "points", "bold")


def _peer_row(page: Page, row: int, view: View, peers: Peers, code: str, at: _Row) -> None:
    total = peers.totals[code] / 100
    page.put(row, TOTAL, total, "points", "input")
    page.put(row, at.copy, total, "points", "small")
    rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": FULL}
    page.rule(row, TOTAL, "total_error", rule)
    for column, group in enumerate(view.edition.groups, GROUPS):
        score = peers.groups[code][group.code]
        if score is None:
            page.put(row, column, page.book.say("unit.unknown"), "middle")
        else:
            page.put(row, column, score / 100, "points")
