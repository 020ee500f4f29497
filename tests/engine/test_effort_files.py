"""Own effort values as a file: what is written reads back, what is wrong is said by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.effort import MOST_HOURS, MOST_UNITS, default_effort
from simulator.effort_files import (
    OwnEffort,
    amount_text,
    parse_amount,
    read_own,
    takes_effort,
    write_own,
)
from simulator.errors import DataError, ScenarioError
from simulator.rule_files import editions, load_edition
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION

LEVERS = [lever.code for lever in EDITION.levers if takes_effort(lever)]
HEADER = "Mã đòn bẩy;Giờ công của cơ quan;Tối đa mỗi tháng\n"


def amounts(highest: float) -> st.SearchStrategy[float]:
    """Values as links and files keep them: six decimals."""
    return st.integers(0, int(highest)).map(float) | st.floats(0, highest).map(
        lambda value: round(value, 6)
    )


def read(text: str) -> tuple[OwnEffort, list[tuple[int, str, str]]]:
    own, problems = read_own(text.encode(), "gio-cong.csv", EDITION)
    return own, [(one.line, one.error.code, one.column) for one in problems]


@given(
    st.sampled_from(editions()),
    st.sampled_from(LANGUAGES),
    st.dictionaries(st.sampled_from(LEVERS), amounts(MOST_HOURS)),
    st.dictionaries(st.sampled_from(LEVERS), amounts(MOST_UNITS)),
)
def test_what_is_written_reads_back(code, language, hours, per_month):
    own = OwnEffort(hours, per_month)
    edition = load_edition(code)
    assert read_own(write_own(own, edition, language), "x.csv", edition) == (own, ())


@given(st.sampled_from(LANGUAGES), amounts(MOST_UNITS) | st.sampled_from([1.125, 0.125, 12.5]))
def test_a_number_reads_back_as_it_is_written(language, value):
    assert parse_amount(amount_text(value, language), language) == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comma_and_a_point_both_stand_before_decimals(language):
    assert parse_amount("2,5", language) == parse_amount("2.5", language) == 2.5
    assert parse_amount(" 12 ", language) == 12


def test_thousands_are_read_as_the_language_writes_them():
    assert parse_amount("1.500", "vi") == parse_amount("1,500", "en") == 1500
    with pytest.raises(ScenarioError) as doubt:
        parse_amount("1,500", "vi")
    assert doubt.value.code == "ambiguous_number"


@pytest.mark.parametrize("text", ["abc", "1e5", "nan", "٣", "=1+1", "2,5,1", "--3", "9" * 60])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ScenarioError) as wrong:
        parse_amount(text, "vi")
    assert wrong.value.code == "effort_form"


@pytest.mark.parametrize("text", ["0,0000004", "1,2345678", "0.00000149"])
def test_a_number_finer_than_what_is_kept_is_refused(text):
    with pytest.raises(ScenarioError) as wrong:
        parse_amount(text, "vi")
    assert wrong.value.code == "effort_too_fine"
    assert parse_amount("0,000001", "vi") == 0.000001
    assert parse_amount("999999999,123456", "vi") == 999999999.123456
    sentence = explain(wrong.value, "vi")
    assert text.replace(".", ",") in sentence
    assert "bội số của 0,000001" in sentence


def test_the_file_shows_the_example_beside_what_is_empty():
    text = write_own(OwnEffort({"ON_TIME": 2.5}), EDITION, "vi").decode("utf-8-sig")
    rows = [line.split(";") for line in text.splitlines()]
    assert rows[0] == [
        "Mã đòn bẩy", "Đòn bẩy", "Đơn vị tính", "Giờ công ví dụ", "Giờ công của cơ quan",
        "Tối đa mỗi tháng",
    ]  # fmt: skip
    assert [row[0] for row in rows[1:]] == LEVERS
    assert ["ON_TIME", "Giải quyết đúng hạn thêm hồ sơ", "hồ sơ", "1,5", "2,5", ""] in rows
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_values_of_another_language_and_order_of_columns_read_the_same():
    own, problems = read('Most a month,Lever code,Own hours\n"1,500",ON_TIME,2.5\n')
    assert (own, problems) == (OwnEffort({"ON_TIME": 2.5}, {"ON_TIME": 1500}), [])


def test_blank_lines_and_columns_and_unfilled_rows_say_nothing():
    own, problems = read(HEADER.strip() + ";;\n\nON_TIME;;;;\nPAY_DOSSIER;0,5;;;\n")
    assert (own, problems) == (OwnEffort({"PAY_DOSSIER": 0.5}), [])


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("NOTHING;1;", "effort_file_lever", ""),
        ("=cmd|' /C calc'!A0;1;", "effort_file_lever", ""),
        ("OPEN_SLIPPED;1;", "effort_file_lever", ""),
        (";1;2", "effort_file_lever", ""),
        ("PAY_DOSSIER;2;", "effort_file_twice", ""),
        ("ON_TIME;1", "effort_file_length", ""),
        ("ON_TIME;1;2;3", "effort_file_length", ""),
        ("ON_TIME;many;", "effort_form", "hours"),
        ("ON_TIME;=cmd();", "effort_form", "hours"),
        ("ON_TIME;;1,500", "ambiguous_number", "per_month"),
        ("ON_TIME;-3;", "effort_out_of_range", "hours"),
        ("ON_TIME;10001;", "effort_out_of_range", "hours"),
        ("ON_TIME;;-1", "effort_out_of_range", "per_month"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(row, code, column):
    own, problems = read(HEADER + "PAY_DOSSIER;0,5;\n" + row + "\nPAY_PROCEDURE;3;\n")
    assert problems == [(3, code, column)]
    assert own.hours == {"PAY_DOSSIER": 0.5, "PAY_PROCEDURE": 3}


def test_both_cells_of_a_row_are_judged():
    assert read(HEADER + "ON_TIME;a;b\n")[1] == [
        (2, "effort_form", "hours"), (2, "effort_form", "per_month"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "input_empty"),
        (b"PK\x03\x04rest", "input_is_workbook"),
        ("Mã đòn bẩy;x".encode("utf-16-be"), "input_encoding"),
        ("Đòn bẩy;Giờ công của cơ quan\nA;1\n".encode(), "effort_file_columns"),
        ((HEADER.strip() + ";Lạ\nON_TIME;1;;2\n").encode(), "effort_file_columns"),
        ((HEADER.strip() + ";Own hours\nON_TIME;1;;2\n").encode(), "effort_file_columns"),
        ((HEADER + 'ON_TIME;"1\n').encode(), "csv_broken"),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(content, code):
    with pytest.raises(DataError) as wrong:
        read_own(content, "x.csv", EDITION)
    assert wrong.value.code == code
    for language in LANGUAGES:
        assert explain(wrong.value, language, EDITION)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADER + text).encode()))
def test_any_file_gives_values_or_typed_errors(content):
    try:
        own, _ = read_own(content, "x.csv", EDITION)
    except DataError:
        return
    default_effort(EDITION.code).with_own(own.hours, own.per_month)
