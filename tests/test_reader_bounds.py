"""Bounds of the readers: what is far too long, too much or hidden ends soon with a sentence."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from simulator.errors import DataError
from simulator.readers import joined, read_bytes
from simulator.readers.header_marks import without_brackets
from simulator.readers.headers import is_sum
from simulator.readers.problems import MOST_PROBLEMS
from simulator.text import LANGUAGES, explain
from tests.workbooks import EDITION, scores, sheet_rows, workbook

SHEET = "xl/worksheets/sheet1.xml"


def refusal(content: bytes, name: str) -> DataError:
    with pytest.raises(DataError) as caught:
        read_bytes(content, name, EDITION)
    for language in LANGUAGES:
        explain(caught.value, language)
    return caught.value


def changed(change, renamed: str = SHEET) -> bytes:
    """A right workbook with its sheet changed, and stored under another name."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(sheet_rows(3)))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == SHEET:
                new.writestr(renamed, change(data))
            else:
                new.writestr(name, data.replace(SHEET.encode(), renamed.encode()).replace(
                    b"worksheets/sheet1.xml", renamed.removeprefix("xl/").encode()
                ))  # fmt: skip
    return stream.getvalue()


@pytest.mark.parametrize("text", ["(" * 100_000, " " * 100_000 + "x", "()" * 50_000 + "x"])
def test_a_long_cell_is_looked_at_quickly(text):
    start = time.perf_counter()
    assert not is_sum(text)
    without_brackets(text)
    without_brackets(text + ")")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Số hóa (22)", "Số hóa"), ("a (b) [c] ", "a (b)"), ("a ((b)", "a"), ("a b)", "a b)"),
     ("(a)", ""), ("a (b) c", "a (b) c")],
)  # fmt: skip
def test_brackets_at_the_end_are_left_out(text, expected):
    assert without_brackets(text) == expected


def test_a_cell_longer_than_a_sheet_allows_is_refused():
    long = "x" * 32_768
    text = f"Đơn vị;Tiến độ giải quyết\nSở A;18\n{long};17\n"
    problem = refusal(text.encode(), "a.csv")
    assert (problem.code, problem.fields["place"].fields["line"]) == ("cell_long", "3")
    inline = b'<c r="B2" t="inlineStr"><is><t>' + long.encode() + b"</t></is></c>"
    content = changed(lambda data: data.replace(
        b"<sheetData>", b'<sheetData><row r="1">' + inline + b"</row>"
    ))  # fmt: skip
    problem = refusal(content, "a.xlsx")
    assert (problem.code, problem.fields["place"].fields["line"]) == ("cell_long", "1")


def test_problems_of_a_file_end_with_one_that_says_so():
    rows = "".join(f"H{k};ba\n" for k in range(MOST_PROBLEMS + 500))
    text = f"Mã đơn vị;Tiến độ giải quyết\n{rows}"
    problems = read_bytes(text.encode(), "a.csv", EDITION).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].code == "input_too_many_problems"
    assert problems[-1].fields == {"file": "a.csv", "most": MOST_PROBLEMS}


def test_contradictions_end_with_one_that_says_so_too():
    rows = "".join(f"H44,ON_TIME,{k},9000\n" for k in range(MOST_PROBLEMS + 500))
    reading = read_bytes(f"unit,code,numerator,denominator\n{rows}".encode(), "a.csv", EDITION)
    problems = joined([reading], EDITION).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[0].code == "input_disagree"
    assert problems[-1].code == "input_too_many_problems"


def test_a_list_without_units_is_one_problem():
    assert refusal(b"[" + b"0," * 500_000 + b"0]", "a.json").code == "json_shape"
    mixed = b'[{"MA_COQUAN": "H44", "TONG_SCORE": "61.9"}' + b",0" * 5_000 + b"]"
    assert len(read_bytes(mixed, "a.json", EDITION).problems) == MOST_PROBLEMS + 1


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.png", "xl/worksheets/sheet1.bin"])
def test_a_sheet_under_another_name_is_searched_for_markup_as_well(name):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    content = changed(lambda data: bomb + data.partition(b"?>")[2], name)
    assert refusal(content, "a.xlsx").code == "workbook_markup"
    blank = changed(lambda data: b" " * (1 << 20) + bomb + data, name)
    assert refusal(blank, "a.xlsx").code == "workbook_markup"
    wide = changed(lambda data: (bomb + b"<x/>").decode().encode("utf-16"), name)
    assert refusal(wide, "a.xlsx").code == "workbook_markup"


def test_elements_that_hold_no_figures_take_no_memory():
    others = b"<y/>" * 200_000
    content = changed(lambda data: data.replace(b"<sheetData>", others + b"<sheetData>"))
    tracemalloc.start()
    reading = read_bytes(content, "a.xlsx", EDITION)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(scores(reading)) == 3 * 7
    assert most < 20_000_000


@pytest.mark.parametrize(
    "added", [b"<y/>" * 1_000_001, b"<y>" * 200 + b"</y>" * 200,
              b'<row r="1"><c r="A1">' + b"<t/>" * 20_001 + b"</c></row>"],
)  # fmt: skip
def test_a_sheet_of_too_many_or_too_deep_elements_is_refused(added):
    content = changed(lambda data: data.replace(b"<sheetData>", b"<sheetData>" + added))
    assert refusal(content, "a.xlsx").code == "sheet_elements"


def test_a_file_with_more_lines_than_a_country_has_is_refused():
    text = "unit,code,numerator,denominator\n" + "H44,ON_TIME,1,2\n" * 300_001
    with pytest.raises(DataError) as refused:
        read_bytes(text.encode(), "all.csv", EDITION)
    assert refused.value.code == "input_too_many_lines"
    assert "300.000" in explain(refused.value, "vi")
