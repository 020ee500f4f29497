"""One unit in two spellings, texts that no file can hold, and figures of a single procedure."""

from __future__ import annotations

import json

import pytest

from simulator.checks import Level, check_reading
from simulator.errors import DataError
from simulator.readers import join, joined, read_bytes
from simulator.readers.naming import named, unit_code
from simulator.readers.records import clean_text
from simulator.readers.spelling import unit_name
from simulator.text import LANGUAGES, explain
from tests.paths import PROJECT
from tests.portal_files import response
from tests.workbooks import EDITION, scores

KEPT = PROJECT.parent / "shared" / "data" / "portal" / "phutho" / "dossier-digitized"


def read(text: str, name: str = "a.csv"):
    return read_bytes(text.encode(), name, EDITION)


@pytest.mark.parametrize(
    ("found", "expected"),
    [("Xã Thanh  Thuỷ", "Xã Thanh Thủy"), ("Phường Hoà Bình", "Phường Hòa Bình"),
     ("Xã Khoẻ", "Xã Khỏe"), ("Xã Phú Quý", "Xã Phú Quý"), ("Xã Toàn Thắng", "Xã Toàn Thắng"),
     ("Xã Hoằng Hoá", "Xã Hoằng Hóa"), ("XÃ HOÀ", "XÃ HÒA"), ("Xã Hoặc", "Xã Hoặc"),
     ("Ho\u0301a", "Hóa"), ("", None), (None, None)],
)  # fmt: skip
def test_a_name_has_one_place_of_its_tone_mark(found, expected):
    assert unit_name(found) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [("h44", "H44"), (" h44.07 ", "H44.07"), ("000.00.31.h53", "000.00.31.H53"),
     ("a-b", "a-b"), ("", None)],
)  # fmt: skip
def test_a_code_of_the_portal_is_in_capitals(found, expected):
    assert unit_code(found) == expected


def test_files_with_two_spellings_of_a_unit_are_joined():
    first = read("Đơn vị;Tiến độ giải quyết\nXã Thanh Thuỷ;18\nSở Công Thương;17\n")
    second = read("Đơn vị;Số hóa hồ sơ\nXã Thanh  Thủy;9\nSở Công thương;8\n", "b.csv")
    reading = join([first, second], EDITION)
    assert scores(reading) == {
        ("Xã Thanh Thủy", "TDGQ"): 1800, ("Xã Thanh Thủy", "MDSH"): 900,
        ("Sở Công Thương", "TDGQ"): 1700, ("Sở Công Thương", "MDSH"): 800,
    }  # fmt: skip


def test_codes_in_small_and_capital_letters_are_one_unit():
    text = "Mã đơn vị;Tiến độ giải quyết\nh44.07;18\n"
    other = "Mã đơn vị;Số hóa hồ sơ\nH44.07;9\n"
    assert {key for key, _ in scores(join([read(text), read(other)], EDITION))} == {"H44.07"}


def test_a_code_given_by_a_person_is_in_capitals_too():
    reading = read("Đơn vị;Tiến độ giải quyết\nSở A;18\n")
    assert scores(named(reading, "Sở A", "h44.07", "")) == {("H44.07", "TDGQ"): 1800}


def test_codes_that_differ_by_a_zero_are_doubted_once():
    text = "Mã đơn vị;Tiến độ giải quyết\nH44.1;18\nH44.10;17\n"
    other = "Mã đơn vị;Số hóa hồ sơ;Tiến độ giải quyết\nH44.01;9;18\n"
    reading = joined([read(text), read(other, "b.csv")], EDITION)
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.is_note) == ("codes_alike", False)
    assert doubt.fields == {"code": "H44.1", "other": "H44.01"}
    assert doubt.place.fields["file"] == "b.csv"
    assert joined([reading], EDITION).doubts == (doubt,)


@pytest.mark.parametrize("broken", ["X\ud800", "X\0", "\udfffX"])
def test_half_a_character_is_refused_with_its_place(broken):
    with pytest.raises(DataError) as caught:
        clean_text(broken)
    assert caught.value.code == "text_characters"
    old = json.dumps([{"MA_COQUAN": "H44", "TEN": broken, "TONG_SCORE": "61.9"}])
    (problem,) = read_bytes(old.encode(), "a.json", EDITION).problems
    assert (problem.code, problem.fields["place"].fields["path"]) == ("input_characters", "[0].TEN")
    new = response(overview={"departmentCode": "H44", "departmentName": broken, "metrics": []})
    (problem,) = read_bytes(new, "a.json", EDITION).problems
    assert problem.code == "input_characters"
    for language in LANGUAGES:
        explain(problem, language).encode()


def test_a_pair_of_surrogates_is_one_character():
    assert clean_text(json.loads('"\\ud83d\\ude00"')) == "\U0001f600"


def of_procedure(maximum: int, **data: str) -> bytes:
    metric = {"code": "REUSED_DIGITIZED_DATA", "numerator": 1, "denominator": 2, "score": 1.25}
    unit = {"departmentCode": "H44", "totalScore": 10.68, "totalMaxScore": maximum}
    child = {**unit, "departmentCode": "H44.01", "metrics": [metric]}
    return response(overview={**unit, "metrics": [metric]}, evaluation=[child], **data)


@pytest.mark.parametrize("content", [of_procedure(20), of_procedure(22, formalityCode="1.000123")])
def test_figures_of_a_single_procedure_are_doubted_once(content):
    reading = read_bytes(content, "a.json", EDITION)
    (doubt,) = reading.doubts
    assert (doubt.code, doubt.is_note) == ("single_procedure", False)
    assert doubt.fields == {"file": "a.json", "group": "MDSH"}
    found = check_reading(reading, EDITION).of(Level.DOUBTFUL)
    assert "Số hóa hồ sơ" in found[0].sentence("vi", EDITION)


def test_figures_of_a_whole_unit_are_not_doubted():
    assert read_bytes(of_procedure(22), "a.json", EDITION).doubts == ()


@pytest.mark.skipif(not KEPT.is_dir(), reason="../shared/data is not here")
def test_the_kept_response_of_a_single_procedure_is_doubted():
    for name, expected in (("year-formality", ["single_procedure"]), ("year", [])):
        reading = read_bytes((KEPT / f"{name}.json").read_bytes(), "a.json", EDITION)
        assert [doubt.code for doubt in reading.doubts] == expected
