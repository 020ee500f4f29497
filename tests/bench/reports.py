"""Time to make workbooks and documents, and LibreOffice's recalculation against the engine."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from simulator.project import project, project_many
from simulator.reports.contents import content_of
from simulator.reports.documents.fill import document
from simulator.reports.documents.templates import shipped_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.order import Part
from simulator.reports.workbook.book import workbook
from simulator.scenario import Scenario
from tests.bench.measure import Result, below, median, p95, seconds
from tests.reports.calc import is_here, running_calc
from tests.reports.spreadsheet import Spreadsheet, subject_for

PROVINCES = Scenario("vn-2026-10-10", "H44", (("ON_TIME", 3000.0),), until="2026-12-31")
OWN = Scenario("phutho-2026-ytd", "H44", (("ON_TIME", 3000.0),), until="2026-12-31")
SECONDS_ALLOWED, DOCUMENT_SECONDS_ALLOWED = 1.0, 3.0
DAY = date(2026, 10, 12)
DOCUMENTS = {
    Part.PAPER: "decision paper (DOCX) with five charts and the division among units",
    Part.PAGE: "its one-page version (DOCX)",
    Part.ANNOUNCEMENT: "announcement (DOCX)",
}
WHAT_IFS, PER_TURN, SEED = 1000, 100, 1


def run() -> list[Result]:
    found = []
    for scenario in (PROVINCES, OWN):
        subject = subject_for(scenario)
        samples = seconds(lambda made=subject: workbook(made), 15)
        what = f"workbook with live formulas, {scenario.unit} of `{scenario.baseline}`"
        found.append(below(what, samples, SECONDS_ALLOWED, "s", 2))
    for part, words in DOCUMENTS.items():
        samples = seconds(lambda made=part: _document(made), 7)
        what = f"{words}, {OWN.unit} of `{OWN.baseline}`"
        found.append(below(what, samples, DOCUMENT_SECONDS_ALLOWED, "s", 2))
    return found + (_against_calc() if is_here() else [])


def _document(part: Part) -> bytes:
    """Everything anew but for what the engine remembers of a scenario."""
    subject = subject_for(OWN)
    letterhead = letterhead_of(subject.view.baseline, subject.view.unit, subject.language)
    content = content_of(part, [subject], letterhead, DAY)
    return document(shipped_template(part, subject.language), content)


def _against_calc() -> list[Result]:
    """1,000 what-ifs of three levers each; the three take turns."""
    book = Spreadsheet(subject_for(replace(PROVINCES, settings=())))
    view = book.view
    codes = [code for code, bounds in view.ranges.items() if bounds.usable][:3]
    random = np.random.default_rng(SEED)
    changes = {
        code: np.floor(random.uniform(0, view.ranges[code].high, WHAT_IFS)) for code in codes
    }
    top = book.row("calculation", book.said("part_levels")) + 2 + len(view.edition.groups)
    total = (book.name("calculation"), f"F{top}")
    calc_times, one_times, many_times = [], [], []
    with tempfile.TemporaryDirectory() as folder, running_calc(Path(folder)) as calc:
        calc.open(book.saved(Path(folder)))
        for first in range(0, WHAT_IFS, PER_TURN):
            part = {code: values[first : first + PER_TURN] for code, values in changes.items()}
            settings = [{code: float(part[code][k]) for code in codes} for k in range(PER_TURN)]
            rows = [[(*book.lever(code), one[code]) for code in codes] for one in settings]
            start = perf_counter()
            read = calc.whatifs(rows, [total])
            calc_times.append((perf_counter() - start) / PER_TURN)
            start = perf_counter()
            ours = [project(view.edition, view.unit, one, None, view.outlook) for one in settings]
            one_times.append((perf_counter() - start) / PER_TURN)
            start = perf_counter()
            many = project_many(view.edition, view.unit, part, view.outlook)
            many_times.append((perf_counter() - start) / PER_TURN)
            totals = [one[0][0][0] for one in read]
            assert totals == [one.after.total for one in ours] == list(many.total)
        calc.close()
    return [
        _shown("a what-if by LibreOffice: levers written, recalculated, total read", calc_times),
        _shown("the same by `project`", one_times),
        _shown("the same by `project_many`, 100 at once", many_times),
        _ratio("LibreOffice / `project`", calc_times, one_times),
        _ratio("LibreOffice / `project_many`", calc_times, many_times),
    ]


def _shown(what: str, samples: list[float]) -> Result:
    return Result(what, f"{1e6 * median(samples):,.0f} µs", f"{1e6 * p95(samples):,.0f} µs")


def _ratio(what: str, slow: list[float], fast: list[float]) -> Result:
    ratios = [one / other for one, other in zip(slow, fast, strict=True)]
    return Result(f"ratio {what}, {WHAT_IFS:,} what-ifs", f"{median(ratios):,.0f}×", "—")
