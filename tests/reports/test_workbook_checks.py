"""What the workbook says of cells that the app would refuse, one wrong cell at a time."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from simulator.scenario import Scenario
from simulator.text import say
from tests.reports.calc import CELL, Calc
from tests.reports.spreadsheet import Spreadsheet, subject_for

END = "2026-12-31"
CHECKS = ("check", "check_levers", "check_counts", "check_peers")


def opened(calc: Calc, folder: Path, scenario: Scenario) -> Spreadsheet:
    book = Spreadsheet(subject_for(scenario))
    calc.open(book.saved(folder))
    return book


@pytest.fixture
def book(calc, tmp_path):
    own = Scenario("phutho-2026-ytd", "H44", (("ON_TIME", 3000.0),), until=END)
    yield opened(calc, tmp_path, own)
    calc.close()


def told(book: Spreadsheet, key: str) -> str:
    figure = book.subject.say.points(book.view.projection.after.total)
    return say("vi", f"workbook.{key}", figure=figure)


def verdicts(book: Spreadsheet, calc: Calc, rows: list[list[CELL]]) -> list[list[Any]]:
    """What the four checks say after each of ``rows`` was written."""
    cells = [book.check(key) for key in CHECKS]
    return [[cell[0][0] for cell in read] for read in calc.whatifs(rows, cells)]


def test_a_zero_in_an_empty_cell_and_an_emptied_cell_are_changes_not_errors(book, calc):
    inflow, peer = book.inflow("dossier"), book.peer("H20")
    rows = [[(*inflow, 0.0)], [(*inflow, None)], [(*peer, None)]]
    found = [one[0] for one in verdicts(book, calc, rows)]
    assert found == [told(book, key) for key in
                         ("check_touched", "check_agrees", "check_touched")]  # fmt: skip


def test_counts_that_the_app_refuses_are_not_called_valid(book, calc):
    good, cases = (book.count("PAY_DOSSIER", column) for column in "BC")
    known = book.view.unit.evidence[book.view.edition.position["PAY_DOSSIER"]]
    wrong = [
        (good, None), (good, "abc"), (good, 1000.5), (good, -5000.0), (good, 1e9),
        (cases, None), (cases, "abc"), (cases, 1e16),
    ]  # fmt: skip
    back = {good: known.numerator, cases: known.denominator}
    rows = [row for cell, value in wrong for row in ([(*cell, value)], [(*cell, back[cell])])]
    found = [one[2] for one in verdicts(book, calc, rows)]
    assert found[::2] == [told(book, "check_wrong")] * len(wrong)
    assert found[1::2] == [told(book, "check_right")] * len(wrong)


def test_an_inflow_that_the_app_refuses_or_leaves_out_is_told_as_such(book, calc):
    amounts = {-100.0: "wrong", 10.5: "wrong", "abc": "wrong", 1e9: "absurd", 0.0: "right",
               None: "right"}  # fmt: skip
    rows = [[(*book.inflow("dossier"), amount)] for amount in amounts]
    found = [one[2] for one in verdicts(book, calc, rows)]
    assert found == [told(book, f"check_{key}") for key in amounts.values()]


def test_a_unit_without_a_total_is_below_all_and_the_list_is_told_to_be_wrong(book, calc):
    place = book.row("result", say("vi", "headline.class")) + 1
    ranges = [book.check("check_peers"), (book.name("result"), f"B{place}:C{place}")]
    rows = [[(*book.peer("H20"), value)] for value in (None, "a", -1.0, 101.0, 0.0)]
    found = [(one[0][0][0], one[1][0]) for one in calc.whatifs(rows, ranges)]
    wrong, right = told(book, "check_peers_wrong"), told(book, "check_right")
    assert [one[0] for one in found] == [wrong, wrong, wrong, wrong, right]
    last = found[-1][1]
    assert all(isinstance(rank, float | int) for _, ranks in found for rank in ranks)
    assert [found[0][1], found[1][1]] == [last, last]


def test_one_bad_cell_leaves_the_check_readable(book, calc):
    cells = [
        (book.count("PAY_DOSSIER", "B"), "abc"), (book.lever("ON_TIME"), "xyz"),
        (book.rule("PAY_DOSSIER", "C"), "x"), (book.rule("PAY_DOSSIER", "D"), 0.0),
        (book.rule("PAY_DOSSIER", "D"), None),
    ]  # fmt: skip
    ((good,), (lever,), (top,), (cap,)) = (
        row[0] for row in calc.read([cells[k][0] for k in (0, 1, 2, 3)])
    )
    back = [good, lever, top, cap, cap]
    rows = [row for (cell, value), old in zip(cells, back, strict=True)
            for row in ([(*cell, value)], [(*cell, old)])]  # fmt: skip
    found = verdicts(book, calc, rows)
    broken, agrees = told(book, "check_broken"), told(book, "check_agrees")
    assert [one[0] for one in found] == [broken, agrees] * len(cells)
    assert found[2][1] == told(book, "check_beyond")
    assert not any(word in (None, "") for one in found for word in one)


def test_the_maximum_of_the_total_is_the_sum_of_the_maxima(book, calc):
    row = book.row("result", say("vi", "workbook.total"))
    cell = (book.name("result"), f"E{row}")
    assert calc.read([cell])[0][0][0] == 100
    now = calc.read([book.rule("ON_TIME", "C")])[0][0][0]
    calc.write([(*book.rule("ON_TIME", "C"), now - 2)])
    assert calc.read([cell])[0][0][0] == 98


def test_bounds_are_shown_in_whole_cases_inwards_and_the_exact_ones_are_taken(book, calc):
    parts = 0
    for code, known in book.view.ranges.items():
        if not known.usable:
            continue
        low, high = (calc.read([book.lever(code, column)])[0][0][0] for column in "CD")
        assert (low, high) == (math.ceil(known.low), math.floor(known.high)), code
        for end in (known.low, known.high):
            parts += end != int(end)
            assert verdicts(book, calc, [[(*book.lever(code), end)]])[0][1] == told(
                book, "check_within"
            )
        calc.write([(*book.lever(code), 0)])
    assert parts > 5
