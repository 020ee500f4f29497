"""The rules on a sheet: maxima, caps, groups, classes, couplings. Formulas refer to these cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.reports.workbook.live import Live, live, total
from simulator.reports.workbook.page import Page
from simulator.rules import AtZero, Edition

WIDTHS = [42.0, 22.0, 9.0, 11.0, 12.0, 27.0, 84.0, 9.0, 9.0]
MAXIMUM, CAP, EMPTY, COPIES = 2, 3, 4, 7


@dataclass(frozen=True)
class Rules:
    """Cells of the rules, in the order of the edition; maxima in points, caps in percent.

    ``empty``: points without cases; ``lowest``, ``names``: ranges of the classes;
    ``inputs``, ``copies``: ranges of what can be changed and of what it was.
    """

    maxima: list[Live]
    caps: list[Live]
    empty: list[Live]
    groups: Mapping[str, Live]
    lowest: str
    names: str
    thresholds: list[Live]
    class_names: list[Live]
    inputs: str
    copies: str


def rules_sheet(page: Page, edition: Edition) -> Rules:
    """Write ``edition``; one row per indicator."""
    said, name = page.book.said, page.book.say.name
    page.put(0, 0, said("rules_title"), "title")
    facts = said("rules_of", title=name(edition.title), source=name(edition.source))
    page.wide(1, 0, 6, facts, "note")
    keys = ("indicator", "group", "maximum", "cap", "at_zero", "status", "source")
    page.row_of(3, 0, [said(key) for key in keys], "head")
    page.row_of(3, COPIES, [said("copy_maximum"), said("copy_cap")], "head", "small")
    maxima, caps, empty = _indicators(page, edition, 4)
    row = 4 + len(edition.indicators)
    inputs = page.span(4, MAXIMUM, row - 1, CAP)
    copies = page.span(4, COPIES, row - 1, COPIES + 1)
    # The head of the first table belongs to no other.
    page.pages_from([row + 1])
    groups, row = _groups(page, edition, maxima, row + 1)
    first, count = row + 2, len(edition.classes)
    page.row_of(row + 1, 0, [said("classes"), said("from_points")], "head")
    thresholds, names = [], []
    for k, item in enumerate(edition.classes, first):
        names.append(page.put(k, 0, name(item.name), "text"))
        thresholds.append(page.put(k, 1, item.lowest, "rate"))
    _couplings(page, edition, first + count + 1)
    page.layout(WIDTHS)
    page.sheet.freeze_panes(4, 1)
    page.sheet.print_area(0, 0, first + count + 2 + len(edition.couplings), 6)
    return Rules(
        maxima, caps, empty, groups,
        page.span(first, 1, first + count - 1, 1), page.span(first, 0, first + count - 1, 0),
        thresholds, names, inputs, copies,
    )  # fmt: skip


def _indicators(
    page: Page, edition: Edition, top: int
) -> tuple[list[Live], list[Live], list[Live]]:
    say = page.book.say
    maxima, caps, empty = [], [], []
    for row, item in enumerate(edition.indicators, top):
        page.put(row, 0, say.name(item.name), "text")
        page.put(row, 1, say.name(edition.group_by_code[item.group].name), "text")
        maxima.append(page.put(row, MAXIMUM, item.maximum, "count", "input"))
        caps.append(page.put(row, CAP, item.cap_percent, "rate", "input"))
        full = maxima[-1] if item.at_zero is AtZero.FULL else live(0)
        empty.append(page.put(row, EMPTY, full, "count"))
        told = page.book.said("verified", count=item.verified_cases)
        page.put(
            row, 5, told if item.status == "verified" else say(f"method.{item.status}"), "text"
        )
        page.put(row, 6, "; ".join(filter(None, map(say.name, (item.source, item.note)))), "text")
        page.put(row, COPIES, item.maximum, "count", "small")
        page.put(row, COPIES + 1, item.cap_percent, "rate", "small")
        points = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
        page.rule(row, MAXIMUM, "maximum_error", points)
        percent = {"validate": "decimal", "criteria": "between", "minimum": 0.01, "maximum": 100}
        page.rule(row, CAP, "cap_error", percent)
    return maxima, caps, empty


def _groups(
    page: Page, edition: Edition, maxima: list[Live], top: int
) -> tuple[dict[str, Live], int]:
    said = page.book.said
    page.row_of(top, 0, [said("group"), said("group_code"), said("maximum")], "head")
    found = {}
    for row, group in enumerate(edition.groups, top + 1):
        page.put(row, 0, page.book.say.name(group.name), "text")
        page.put(row, 1, group.portal_code, "text")
        parts = [maxima[k] for k in edition.group_positions[group.code]]
        found[group.code] = page.put(row, MAXIMUM, total(parts), "count")
    return found, top + 1 + len(edition.groups)


def _couplings(page: Page, edition: Edition, top: int) -> None:
    say = page.book.say
    page.put(top, 0, page.book.said("couplings"), "part")
    for row, coupling in enumerate(edition.couplings, top + 1):
        first, second = (edition.indicator(code) for code in (coupling.indicator, coupling.partner))
        page.put(row, 0, say.name(first.name), "text")
        page.put(row, 1, f"{say(f'method.{coupling.kind.value}')}: {say.name(second.name)}", "text")
        page.wide(row, 2, 6, say.name(coupling.text), "text")
