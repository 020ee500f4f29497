"""Arithmetic of the formulas to the last bit, in LibreOffice, on the cases where care is needed."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path

import xlsxwriter

from simulator.outlook import half_up as whole_cases
from simulator.reports.workbook.live import Live, exact_floor, half_up, rounded
from simulator.score import indicator_hundredths
from tests.reports.calc import Calc
from tests.reports.spreadsheet import dice

SEED = 766


def test_points_are_cut_exactly_where_they_lie_on_a_half(calc, tmp_path):
    cases = [
        (good, all_cases, maximum, cap)
        for maximum, cap in ((6, 100.0), (4, 100.0), (2, 100.0), (20, 100.0), (2, 80.0),
                             (6, 50.0), (6, 90.0))
        for all_cases in (*range(1, 400), 800, 1200, 4000)
        for good in range(0, all_cases + 1, 1 if all_cases < 400 else 7)
        if (2 * maximum * good * 10_000) % int(all_cases * cap) == 0
        and 2 * maximum * good * 10_000 // int(all_cases * cap) % 2
        and good * 100 <= cap * all_cases
    ]  # fmt: skip
    assert (1, 48, 6, 100.0) in cases and (8, 32, 2, 80.0) in cases
    chance = dice(SEED)
    cases = [(1, 48, 6, 100.0), (8, 32, 2, 80.0), *chance.sample(cases, 2500)]
    cases += [(chance.randint(0, d), d, 6, 90.0) for d in chance.sample(range(1, 10**6), 500)]
    raw = [f"=MIN(C{k}*(A{k}/B{k}*100)/D{k},C{k})*100+0.5" for k in range(1, len(cases) + 1)]
    cut = [f"={exact_floor(Live(f'E{k}', 0.5)).text}" for k in range(1, len(cases) + 1)]
    plain = [f"=INT(E{k})" for k in range(1, len(cases) + 1)]
    found = computed(calc, tmp_path, cases, [raw, cut, plain])
    wanted = [indicator_hundredths(*case[:2], *case[2:]) for case in cases]
    assert [row[1] for row in found] == wanted
    # What a formula without this care would give.
    assert sum(row[2] != score for row, score in zip(found, wanted, strict=True)) > 100


def test_good_cases_to_come_are_rounded_as_the_engine_does(calc, tmp_path):
    chance = dice(SEED)
    values = [(chance.randint(0, 128 * 40) / 128,) for _ in range(400)]
    values += [(chance.randint(0, d) / d * chance.randint(0, 10**6),)
               for d in chance.sample(range(1, 10**6), 1500)]  # fmt: skip
    values += [(7.999999999999999,), (0.0000005,), (123456.9999999,)]
    formulas = [f"={rounded(Live(f'A{k}', value)).text}" for k, (value,) in enumerate(values, 1)]
    found = computed(calc, tmp_path, values, [formulas])
    assert [row[0] for row in found] == [round(value, 6) for (value,) in values]


def test_cases_to_come_are_whole_and_halves_go_up(calc, tmp_path):
    chance = dice(SEED)
    cases = [(chance.randint(0, 10**7), chance.randint(1, 10**7), chance.randint(0, 10**6))
             for _ in range(1000)]  # fmt: skip
    cases += [(k, 2 * d, d) for k in range(1, 20) for d in (1, 7, 48, 999_999)]
    formulas = [
        f"={half_up(Live(f'A{k}', p) * Live(f'C{k}', d), Live(f'B{k}', q)).text}"
        for k, (p, q, d) in enumerate(cases, 1)
    ]
    found = computed(calc, tmp_path, cases, [formulas])
    assert [row[0] for row in found] == [whole_cases(Fraction(p, q) * d) for p, q, d in cases]


def computed(calc: Calc, folder: Path, rows: list, columns: list[list[str]]) -> list[list[float]]:
    """What LibreOffice makes of ``columns`` of formulas beside ``rows`` of numbers."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("S")
    width = len(rows[0])
    for k, row in enumerate(rows):
        sheet.write_row(k, 0, row)
        for column, formulas in enumerate(columns, width):
            sheet.write_formula(k, column, formulas[k])
    book.close()
    path = folder / "cells.xlsx"
    path.write_bytes(stream.getvalue())
    calc.open(path)
    letters = "ABCDEFGH"
    where = f"{letters[width]}1:{letters[width + len(columns) - 1]}{len(rows)}"
    (found,) = calc.read([("S", where)])
    calc.close()
    return found
