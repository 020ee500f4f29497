"""Numbers in and out: Vietnamese and English habits, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.numbers import (
    format_certainty,
    format_count,
    format_number,
    format_percent,
    format_points,
    parse_number,
    parse_percent,
    plain_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("3000", 3000),
        ("3.000", 3000),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("+3000", 3000),
        ("-200", -200),
        ("−200", -200),
        ("–200", -200),
        ("+3.000", 3000),
        ("1234,5", Fraction(2469, 2)),
        ("95.5", Fraction(191, 2)),
        ("0,5", Fraction(1, 2)),
        ("0.125", Fraction(1, 8)),
        ("0,125", Fraction(1, 8)),
        ("12,3456", Fraction(123456, 10000)),
        (" 3 000 ", 3000),
        ("3\u00a0000", 3000),
        ("3\u202f000", 3000),
        ("3.000 hồ sơ", 3000),
        ("3.000 ho\u0302\u0300 so\u031b", 3000),  # decomposed, as macOS writes it
        ("5 điểm %", 5),
        ("12 thủ tục", 12),
        ("5 phản ánh, kiến nghị", 5),
        ("007", 7),
    ],
)
def test_what_a_person_types_is_read_as_meant(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "+", "-", "--5", "abc", "nan", "inf", "1e309", "1e5", "0x10", "1_000", "٣", "３",
        "1.23.456", "1.2345.678", "12.34.56", "1,23,456", "1.234,567,890", ".5", "5.", ",", "½",
        "1" * 41, "3000 đồng", "95%", "=5", "1 + 1",
    ],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text):
    with pytest.raises(ScenarioError) as error:
        parse_number(text)
    assert error.value.code == "not_a_number"


@pytest.mark.parametrize(
    ("text", "whole", "decimal"),
    [
        pytest.param("12,345", "12345", "12.3450", id="12,345"),
        pytest.param("304,285", "304285", "304.2850", id="304,285 accounts in Huế"),
        pytest.param("+1,000", "1000", "1.0000", id="with a sign"),
    ],
)
def test_a_comma_before_three_digits_is_refused_with_both_readings(text, whole, decimal):
    with pytest.raises(ScenarioError) as error:
        parse_number(text)
    assert error.value.code == "ambiguous_number"
    assert error.value.fields == {"value": text, "whole": whole, "decimal": decimal}


def test_both_readings_of_an_ambiguous_number_can_be_typed():
    assert parse_number("12345") == 12345
    assert parse_number("12.3450") == Fraction(12345, 1000)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("95%", 95),
        ("95,5%", Fraction(191, 2)),
        ("95.5 %", Fraction(191, 2)),
        ("95", 95),
        ("12,345%", Fraction(12345, 1000)),
        ("100%", 100),
        ("250%", 250),
    ],
)
def test_a_mark_in_a_rate_is_always_decimal(text, percent):
    assert parse_percent(text) == percent


@pytest.mark.parametrize(
    "text", ["", "%", "95%%", "-5%", "+5%", "nan%", "1e3%", "٣%", "1.2.3%", "abc%", "9" * 41 + "%"]
)
def test_what_is_not_a_rate_is_refused(text):
    with pytest.raises(ScenarioError) as error:
        parse_percent(text)
    assert error.value.code == "not_a_number"


def read(parse: Callable[[str], Fraction], text: str) -> Fraction | ScenarioError:
    try:
        return parse(text)
    except ScenarioError as error:
        return error


@given(st.text(max_size=45) | st.text("0123456789.,+-−% ", max_size=45))
def test_any_text_is_a_number_or_a_typed_error(text):
    for parse in (parse_number, parse_percent):
        assert isinstance(read(parse, text), Fraction | ScenarioError)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["vi", "en"]))
def test_a_formatted_count_reads_back(value, language):
    text = format_count(value, language, sign=True)
    if language == "en" and text.count(",") == 1:
        with pytest.raises(ScenarioError):
            parse_number(text)
    else:
        assert parse_number(text) == value


@given(st.integers(-(10**7), 10**7), st.sampled_from(["vi", "en"]))
def test_formatted_points_read_back(hundredths, language):
    text = format_points(hundredths, 2, language)
    # With both marks (1.234,50) a number is for reading only.
    if abs(hundredths) < 100_000:
        assert parse_number(text) == Fraction(hundredths, 100)


@given(st.integers(-(10**10), 10**10), st.integers(0, 4), st.sampled_from(["vi", "en"]))
def test_format_agrees_with_the_locale_data_of_babel(value, decimals, language):
    numbers = pytest.importorskip("babel.numbers")
    exact = (Decimal(value) / 10**decimals).quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN
    )
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    expected = numbers.format_decimal(exact, format=pattern, locale=language)
    assert format_number(float(exact), decimals, language) == expected.replace("-", "−")


@pytest.mark.parametrize(
    ("hundredths", "decimals", "text"),
    [
        (6189, 2, "61,89"),
        (6189, 1, "61,9"),
        (6185, 1, "61,9"),
        (6184, 1, "61,8"),
        (6150, 0, "62"),
        (-15, 1, "−0,2"),
        (-4, 1, "0,0"),
        (0, 2, "0,00"),
        (10000, 2, "100,00"),
    ],
)
def test_points_round_half_up_on_the_last_decimal_shown(hundredths, decimals, text):
    assert format_points(hundredths, decimals) == text


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (98.595, "98,6%"),
        (100.0, "100,0%"),
        (99.99, "99,9%"),
        (0.001, "0,1%"),
        (0.0, "0,0%"),
        (49.96, "50,0%"),
    ],
)
def test_a_rate_never_shows_all_or_nothing_for_less(percent, text):
    assert format_percent(percent) == text


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_only_all_shows_100_percent_and_only_nothing_shows_0(numerator, denominator, decimals):
    numerator = min(numerator, denominator)
    shown = parse_percent(format_percent(numerator / denominator * 100, "vi", decimals))
    assert (shown == 100) is (numerator == denominator)
    assert (shown == 0) is (numerator == 0)


@pytest.mark.parametrize(
    ("value", "sign", "text"),
    [
        (12345, False, "12.345"),
        (12345, True, "+12.345"),
        (-12345, True, "−12.345"),
        (0, True, "0"),
        (-0.0, True, "0"),
        (-0.001, True, "0,00"),
        (2.5, False, "2,50"),
    ],
)
def test_a_sign_stands_only_before_what_is_not_zero(value, sign, text):
    assert format_count(value, sign=sign) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.8, "80%"), (0.29, "29%"), (0.875, "87,5%"), (0.999, "99,9%"), (0.9999, "99,9%"),
        (0.000001, "0,1%"), (1.0, "100%"),
    ],
)  # fmt: skip
def test_a_certainty_has_a_decimal_only_where_it_needs_one(share, text):
    assert format_certainty(share) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(3000.0, "3000"), (2.5, "2.5"), (0.000001, "0.000001"), (1e9, "1000000000"), (-0.5, "-0.5"),
     (0.0, "0"), (-0.0, "0")],
)  # fmt: skip
def test_links_and_files_write_a_number_without_an_exponent(value, text):
    assert plain_number(value) == text
