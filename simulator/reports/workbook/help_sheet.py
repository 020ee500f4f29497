"""How to use the workbook, what it leaves out, and what it was made of."""

from __future__ import annotations

from simulator import __version__
from simulator.reports.subject import Subject
from simulator.reports.workbook.page import Page

WIDTHS = [26.0, 110.0]
LINES = (
    "help_change", "help_locked", "help_colours", "help_check", "help_anchor", "help_exact",
    "help_bounds", "help_unpublished", "help_peers",
)  # fmt: skip
LEFT_OUT = ("left_rank", "left_months", "left_division", "left_search")


def help_sheet(page: Page, subject: Subject) -> None:
    """Write it."""
    said, view = page.book.said, subject.view
    page.put(0, 0, said("help_title"), "title")
    row = _lines(page, 2, LINES)
    page.put(row + 1, 0, said("left_title"), "part")
    row = _lines(page, row + 2, LEFT_OUT)
    page.put(row + 1, 0, said("made_title"), "part")
    facts = [
        ("version", f"766 {__version__}"), ("edition", view.edition.code),
        ("baseline", view.baseline.id), ("unit", view.unit.code),
        ("fingerprint", view.baseline.fingerprint), ("seed", str(view.scenario.seed)),
    ]  # fmt: skip
    for k, (key, text) in enumerate(facts, row + 2):
        page.put(k, 0, said(key), "label")
        page.put(k, 1, text, "line", "foreign")
    page.put(2, 0, said("colour_input"), "text", "sample")
    page.put(3, 0, said("colour_locked"), "text")
    page.put(4, 0, said("colour_closed"), "text", "closed")
    page.layout(WIDTHS)


def _lines(page: Page, top: int, keys: tuple[str, ...]) -> int:
    for row, key in enumerate(keys, top):
        page.put(row, 1, page.book.said(key), "line")
    return top + len(keys)
