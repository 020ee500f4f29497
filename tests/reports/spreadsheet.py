"""A workbook as somebody uses it: cells found by what is written beside them.

Figures are asked of LibreOffice and of the engine in the same form, so that tests compare both.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from simulator.baseline import Unit, model_scores
from simulator.baseline_files import load_baseline
from simulator.levers import lever_range
from simulator.links import to_params
from simulator.outlook import Outlook
from simulator.presentation.view import View
from simulator.project import projected
from simulator.rank import Peers, group_scores, unit_total
from simulator.reports.subject import Subject, subject_of
from simulator.reports.workbook.book import workbook
from simulator.rules import Edition
from simulator.scenario import Scenario
from simulator.store import NewVersion
from simulator.text import say
from tests.reports.calc import CELL, RANGE, Calc

NAMES = {"name": "Phương án thử", "author": "Nguyễn Văn An", "note": ""}


def subject_for(scenario: Scenario, language: str = "vi", **names: str) -> Subject:
    """``scenario`` as it would be saved."""
    baseline = load_baseline(scenario.baseline)
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    told = NAMES | names
    return subject_of(
        NewVersion(
            told["name"], told["author"], told["note"], baseline.edition.code, baseline.id,
            baseline.fingerprint, scenario.unit, params,
        ),
        language,
    )  # fmt: skip


def dice(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 - nothing secret


@dataclass(frozen=True)
class Figures:
    """What a what-if leads to, in hundredths of a point; texts as they are shown.

    ``indicators``: before and after of those that are known, ``groups``: now, after and change of
    the six groups and the total (None: not known); ``place``: now and after.
    """

    indicators: list[tuple[float, float]]
    groups: list[tuple[float | None, float | None, float]]
    classes: tuple[str, str]
    place: tuple[Any, Any]
    tied: tuple[Any, Any]
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)


def expected(
    edition: Edition, unit: Unit, settings: Mapping[str, float], peers: Peers | None,
    outlook: Outlook | None, language: str,
) -> Figures:  # fmt: skip
    """What the engine finds."""
    found = projected(edition, unit, settings, peers, outlook)
    before, after = found.before, found.after
    both = zip(before.indicators, after.indicators, strict=True)
    groups = [
        (before.groups[group.code], after.groups[group.code], found.group_change[group.code])
        for group in edition.groups
    ]
    unknown = say(language, "unit.unknown")
    states = (before, after)
    classes = tuple(unknown if s.score_class is None else s.score_class.name[language]
                    for s in states)  # fmt: skip
    note = say(language, "headline.tied_note")
    ranges = {
        lever.code: lever_range(edition, unit, lever, outlook)
        for lever in edition.levers
        if lever.whole or outlook is not None
    }
    return Figures(
        [(now, then) for now, then in both if now is not None and then is not None],
        [*groups, (before.total, after.total, found.total_change)],
        classes,
        tuple(unknown if s.standing is None else s.standing.rank for s in states),
        tuple(note if s.standing and s.standing.tied else "" for s in states),
        {code: (one.low, one.high) for code, one in ranges.items()},
    )


class Spreadsheet:
    """The workbook of ``subject``, and where its cells are."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.view, self.language = subject, subject.view, subject.language
        self.content = workbook(subject)
        # Texts and formulas of each sheet by rows; without formats, which take long to read.
        book = load_workbook(BytesIO(self.content), read_only=True)
        self.cells = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def saved(self, folder: Path) -> Path:
        path = folder / "workbook.xlsx"
        path.write_bytes(self.content)
        return path

    def cached(self) -> dict[tuple[str, int, int], Any]:
        """Sheet, row and column (from 0) of every formula, with the value that is kept with it."""
        read = BytesIO(self.content)
        values = {
            sheet.title: list(sheet.iter_rows(values_only=True))
            for sheet in load_workbook(read, read_only=True, data_only=True)
        }
        return {
            (title, y, x): "" if values[title][y][x] is None else values[title][y][x]
            for title, rows in self.cells.items()
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
            if isinstance(cell, str) and cell.startswith("=")
        }

    def name(self, key: str) -> str:
        return say(self.language, f"workbook.sheet_{key}")

    def rows(self, key: str) -> list[tuple[Any, ...]]:
        return self.cells[self.name(key)]

    def said(self, key: str) -> str:
        return say(self.language, f"workbook.{key}")

    def row(self, key: str, text: str, after: int = 0) -> int:
        """The first row below ``after`` that begins with ``text``."""
        firsts = [row[0] if row else None for row in self.rows(key)]
        assert text in firsts[after:], f"no row of {key} begins with {text}"
        return firsts.index(text, after) + 1

    def lever(self, code: str, column: str = "B") -> RANGE:
        name = self.view.edition.lever_by_code[code].name[self.language]
        return self.name("levers"), f"{column}{self.row('levers', name, 4)}"

    def count(self, code: str, column: str) -> RANGE:
        name = self.view.edition.indicator(code).name[self.language]
        return self.name("inputs"), f"{column}{self.row('inputs', name, 4)}"

    def rule(self, code: str, column: str) -> RANGE:
        name = self.view.edition.indicator(code).name[self.language]
        return self.name("rules"), f"{column}{self.row('rules', name, 4)}"

    def peer(self, code: str) -> RANGE:
        codes = [row[3] if len(row) > 3 else None for row in self.rows("peers")]
        return self.name("peers"), f"E{codes.index(code) + 1}"

    def inflow(self, flow: str) -> RANGE:
        top = self.row("inputs", self.said("flow"))
        name = say(self.language, f"horizon.flow_{flow}")
        return self.name("inputs"), f"B{self.row('inputs', name, top)}"

    def check(self, key: str) -> RANGE:
        return self.name("result"), f"B{self.row('result', self.said(key))}"

    @cached_property
    def offered(self) -> list[str]:
        return [lever.code for lever in self.view.levers]

    @cached_property
    def ranges(self) -> list[RANGE]:
        """What :meth:`figures` is made of."""
        known = sum(self.view.unit.knows(k) for k in range(len(self.view.edition.indicators)))
        calculation, result = self.name("calculation"), self.name("result")
        tops = [
            self.row("calculation", self.said(f"part_{one}")) + 2 for one in ("before", "after")
        ]
        blocks = [(calculation, f"G{top}:G{top + max(known, 1) - 1}") for top in tops]
        top = self.row("calculation", self.said("part_levels")) + 2
        levels = (calculation, f"E{top}:G{top + len(self.view.edition.groups)}")
        label = self.row("result", say(self.language, "headline.class"))
        levers = enumerate(self.rows("levers"), 1)
        last = max(k for k, row in levers if len(row) > 1 and row[1] is not None)
        bounds = (self.name("levers"), f"A5:M{last}")
        return [*blocks, levels, (result, f"B{label}:C{label + 2}"), bounds]

    def figures(self, read: Sequence[Any]) -> Figures:
        """What LibreOffice finds, from the values of :attr:`ranges`."""
        before, after, levels, (classes, place, tied), levers = read
        names = {self.view.edition.lever_by_code[code].name[self.language]: code
                 for code in self.offered}  # fmt: skip
        unknown = say(self.language, "unit.unknown")
        indicators = [(one[0], two[0]) for one, two in zip(before, after, strict=True)]
        return Figures(
            [pair for pair in indicators if pair != ("", "")],
            [tuple(None if cell == unknown else cell for cell in row) for row in levels],
            tuple(classes), tuple(place), tuple(tied),
            {names[row[0]]: tuple(0.0 if cell == "" else cell for cell in row[10:12])
             for row in levers if row[0] in names},
        )  # fmt: skip

    def changed(
        self, settings: Mapping[str, float], before: Mapping[str, float] | None = None
    ) -> list[CELL]:
        """The levers of ``settings``, those that were moved ``before`` at rest (None: all)."""
        codes = self.offered if before is None else [*before, *settings]
        return [(*self.lever(code), settings.get(code, 0.0)) for code in dict.fromkeys(codes)]

    def engine(self, settings: Mapping[str, float], **other: Any) -> Figures:
        """What the engine finds; ``other``: edition, unit, peers or outlook in place of ours."""
        view: View = self.view
        asked = {"edition": view.edition, "unit": view.unit, "peers": view.peers,
                 "outlook": view.outlook} | other  # fmt: skip
        return expected(settings=settings, language=self.language, **asked)


def asked(book: Spreadsheet, calc: Calc, rows: Sequence[Sequence[CELL]]) -> list[Figures]:
    """What LibreOffice finds after each of ``rows`` was written."""
    return [book.figures(read) for read in calc.whatifs(rows, book.ranges)]


def recounted(
    edition: Edition, unit: Unit, counts: Mapping[str, tuple[float, float]],
    rules: Edition | None = None,
) -> Unit:  # fmt: skip
    """``unit`` with other counts, or by other ``rules``: what the rules do not explain of its
    published scores stays."""
    evidence = tuple(
        replace(known, numerator=counts[item.code][0], denominator=counts[item.code][1])
        if item.code in counts else known
        for item, known in zip(edition.indicators, unit.evidence, strict=True)
    )  # fmt: skip
    other = replace(unit, evidence=evidence)
    old, new = model_scores(edition, unit), model_scores(rules or edition, other)
    moved = {
        group: sum((new[k] or 0) - (old[k] or 0) for k in positions)
        for group, positions in edition.group_positions.items()
    }
    levels = group_scores(edition, unit).items()
    total = unit_total(edition, unit)
    return replace(
        other,
        groups={group: level + moved[group] for group, level in levels if level is not None},
        total=None if total is None else total + sum(moved.values()),
    )
