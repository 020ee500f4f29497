"""A what-if as a workbook with live formulas: it goes on without the app, with the same digits."""

from __future__ import annotations

from datetime import datetime

from simulator.numbers import format_date
from simulator.reports.subject import Subject
from simulator.reports.workbook.bounds import Situation, bounds_of
from simulator.reports.workbook.calculation_sheet import calculation_sheet
from simulator.reports.workbook.help_sheet import help_sheet
from simulator.reports.workbook.inputs_sheet import inputs_sheet
from simulator.reports.workbook.levers_sheet import is_closed, levers_sheet, write_bounds
from simulator.reports.workbook.page import Book
from simulator.reports.workbook.peers_sheet import peers_sheet
from simulator.reports.workbook.result_sheet import result_sheet
from simulator.reports.workbook.rules_sheet import rules_sheet

# What somebody opens first, how to use it, what can be changed, and what it is computed by.
SHEETS = ("result", "help", "levers", "inputs", "peers", "calculation", "rules")


def workbook(subject: Subject) -> bytes:
    """The XLSX file of ``subject``, in its language.

    Every formula carries the value the app computes, for programs that do not recalculate.
    """
    view = subject.view
    captured = format_date(view.baseline.captured_at)
    left = f"{view.unit.name} · {subject.content.name}"
    right = subject.say("workbook.captured_at", captured=captured) if captured else ""
    # The same what-if is the same file, whenever it is made.
    created = datetime.fromisoformat(f"{view.edition.valid_from}T00:00:00")
    book = Book(subject.say, left, right, created)
    pages = {key: book.page(key) for key in SHEETS}
    rules = rules_sheet(pages["rules"], view.edition)
    inputs = inputs_sheet(pages["inputs"], view)
    levers = levers_sheet(pages["levers"], view)
    calculated = calculation_sheet(
        pages["calculation"], pages["inputs"], view, inputs, levers, rules
    )
    here = Situation(view, inputs, calculated.coming)
    open_levers = [lever for lever in view.levers if not is_closed(view.ranges[lever.code])]
    bounds = {lever.code: bounds_of(here, lever) for lever in open_levers}
    write_bounds(pages["levers"], levers, view, bounds)
    listed = peers_sheet(pages["peers"], view, calculated.levels)
    result_sheet(pages, subject, inputs, levers, rules, calculated, listed)
    help_sheet(pages["help"], subject)
    return book.content()
