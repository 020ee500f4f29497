"""The first sheet: what to change where, and what comes out, compared with what the app found."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.numbers import format_date
from simulator.presentation import figures
from simulator.presentation.view import View
from simulator.reports.subject import Subject
from simulator.reports.workbook.calculation_sheet import Calculated
from simulator.reports.workbook.checks import write_checks
from simulator.reports.workbook.inputs_sheet import Inputs
from simulator.reports.workbook.levels import Level, class_of, points
from simulator.reports.workbook.levers_sheet import Levers
from simulator.reports.workbook.live import Live, choose, total
from simulator.reports.workbook.page import Page
from simulator.reports.workbook.peers_sheet import Places
from simulator.reports.workbook.rules_sheet import Rules

WIDTHS = [36.0, 15.0, 15.0, 15.0, 12.0, 16.0, 3.0, 40.0]
LAST, WORDS = 5, 7
# Sheets that somebody goes to from here, and columns whose names tell what to change there.
LEADS = ("levers", "inputs", "peers", "help")
CHANGED = ("change", "numerator", "denominator", "total")


def result_sheet(
    pages: Mapping[str, Page], subject: Subject, inputs: Inputs, levers: Levers, rules: Rules,
    calculated: Calculated, listed: Places | None,
) -> None:  # fmt: skip
    """Write the results, the check and what a reader must know; ``pages``: all sheets by key."""
    page, view = pages["result"], subject.view
    page.wide(0, 0, LAST, page.book.said("result_title", unit=view.unit.name), "title", "foreign")
    row = _guide(page, pages, has_list=listed is not None)
    row = _facts(page, subject, row + 1)
    row = _table(page, row + 1, view, calculated, rules, listed)
    row = write_checks(page, row + 1, LAST, WORDS, view, inputs, levers, rules, calculated, listed)
    if subject.warnings:
        page.put(row + 1, 0, page.book.said("caveats"), "part")
        row += 2
        for warning in subject.warnings:
            page.wide(row, 0, LAST, f"– {warning}", "line")
            row += 1
    page.layout(WIDTHS)
    # The sentences of the checks, most of which do not hold: nobody should read them as told.
    page.sheet.set_column(WORDS, WORDS + 1, None, None, {"hidden": True})
    page.sheet.set_portrait()
    page.sheet.fit_to_pages(1, 1)
    page.sheet.print_area(0, 0, row, LAST)


def _guide(page: Page, pages: Mapping[str, Page], *, has_list: bool) -> int:
    """What the workbook is for and what can be changed where; the row below."""
    said = page.book.said
    page.put(1, 0, said("colour_input"), "text", "sample")
    page.wide(1, 1, LAST, said("guide"), "text")
    columns = {key: said(key) for key in CHANGED}
    leads = [key for key in LEADS if has_list or key != "peers"]
    for row, key in enumerate(leads, 2):
        page.link(row, 0, said("guide_sheet", sheet=pages[key].name), pages[key], "text")
        page.wide(row, 1, LAST, said(f"guide_{key}", **columns), "text")
    return 2 + len(leads)


def _facts(page: Page, subject: Subject, row: int) -> int:
    """Whose figures these are, of when, and of which scenario; the row below."""
    view, content, said, say = subject.view, subject.content, page.book.said, page.book.say
    captured = format_date(view.baseline.captured_at) or say("unit.unknown")
    facts = [
        ("period", say.name(view.baseline.period_text)), ("captured", captured),
        ("figures_of", view.baseline.source), ("edition", say.name(view.edition.title)),
        ("scenario", content.name), ("author", content.author), ("scenario_note", content.note),
        ("way", _way(page, view)),
    ]  # fmt: skip
    for key, text in facts:
        if text:
            page.wide(row, 1, LAST, text, "line", "foreign")
            page.put(row, 0, said(key), "label")
            row += 1
    return row


def _way(page: Page, view: View) -> str:
    say, ahead = page.book.say, view.outlook
    if ahead is None:
        return say("headline.mode")
    last = format_date(ahead.period.last.isoformat())
    return say("tables.way_ahead", last=last, coming=figures.inflow_words(ahead, say))


def _table(
    page: Page, top: int, view: View, calculated: Calculated, rules: Rules, listed: Places | None
) -> int:
    said, say = page.book.said, page.book.say
    keys = ("now", "after", "change_points", "maximum", "app_after")
    page.row_of(top, 0, [said("result"), *(said(key) for key in keys)], "head")
    levels, projection = calculated.levels, view.projection
    title = said("total_estimate" if view.edition.estimate else "total")
    full, unknown = total(list(rules.groups.values())), say("unit.unknown")
    _level(page, top + 1, title, levels.total, full, projection.after.total, "bold")
    page.put(top + 2, 0, say("headline.class"), "text", "bold")
    for column, score in ((1, levels.total.now), (2, levels.total.after)):
        name = unknown if score is None else class_of(score, rules)
        page.put(top + 2, column, name, "middle", "bold")
    reached = projection.after.score_class
    page.put(top + 2, 5, unknown if reached is None else say.name(reached.name), "middle", "small")
    _rank(page, top + 3, view, listed)
    row = top + 5
    for group in view.edition.groups:
        level, app = levels.groups[group.code], projection.after.groups[group.code]
        _level(page, row, say.name(group.name), level, rules.groups[group.code], app)
        row += 1
    for line in (top + 2, top + 3, top + 4):
        for column in (3, 4):
            if not (line == top + 3 and listed is not None):
                page.put(line, column, "", "middle")
    return row


def _level(
    page: Page, row: int, title: str, level: Level, maximum: Live, app: int | None, *kinds: str
) -> None:
    page.put(row, 0, title, "text", *kinds)
    unknown = page.book.say("unit.unknown")
    for column, score in ((1, points(level.now)), (2, points(level.after))):
        page.put(row, column, unknown if score is None else score, *_look(score), *kinds)
    change = points(level.change)
    assert change is not None
    page.put(row, 3, change, "gain", *kinds)
    page.put(row, 4, maximum, "count", *kinds)
    shown = unknown if app is None else app / 100
    page.put(row, 5, shown, "middle" if app is None else "points", "small")


def _look(score: Live | None) -> tuple[str]:
    return ("middle",) if score is None else ("points",)


def _rank(page: Page, row: int, view: View, listed: Places | None) -> None:
    """Places now and after, and whether others have the same total."""
    said, unknown = page.book.said, page.book.say("unit.unknown")
    count = 1 + len(view.peers.totals) if view.peers else 0
    page.put(row, 0, said("rank", count=count) if count else said("rank_none"), "text", "bold")
    page.put(row + 1, 0, said("tie"), "text")
    if listed is None:
        for column in (1, 2, 5):
            page.put(row, column, unknown, "middle")
            page.put(row + 1, column, "", "middle")
        return
    word = page.put(row + 1, WORDS, page.book.say("headline.tied_note"), "small")
    page.put(row, 1, listed.now, "count", "bold")
    page.put(row, 2, listed.after, "count", "bold")
    page.put(row, 3, listed.now - listed.after, "change", "bold")
    page.put(row, 4, listed.count, "count")
    standing = view.projection.after.standing
    assert standing is not None
    page.put(row, 5, standing.rank, "count", "small")
    page.put(row + 1, 1, choose(listed.tied_now, word, ""), "middle")
    page.put(row + 1, 2, choose(listed.tied_after, word, ""), "middle")
    shown = page.book.say("headline.tied_note") if standing.tied else ""
    page.put(row + 1, 5, shown, "middle", "small")
