"""Checks of files before they are used: every finding by an example, and whole real files."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from simulator.baseline_files import load_baseline
from simulator.checks import Level, Report, check_files
from simulator.checks.earlier import earlier_findings
from simulator.cli import main
from simulator.readers import read_bytes
from simulator.rule_files import load_edition
from simulator.text import catalogue
from tests.paths import PROJECT

EDITION = load_edition("2026-portal")
HEADER = "unit,name,code,numerator,denominator,score"


def table(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


def checked(tmp_path: Path, content: str | bytes, name: str = "a.csv", **about: str) -> Report:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return check_files([path], EDITION, **about)


def codes(report: Report, level: Level | None = None) -> list[str]:
    return [item.code for item in report.findings if level in (None, item.level)]


FULL = table(
    "H44,Phú Thọ,ON_TIME,528684,597918,17.68",
    "H44,Phú Thọ,ORIGINAL_RESULT_AVAILABLE,433356,597918,4.35",
)


def test_right_figures_have_only_what_is_missing_as_notes(tmp_path):
    report = checked(tmp_path, FULL)
    assert report.is_usable
    assert (report.reproduced, report.published) == (2, 2)
    assert set(codes(report)) == {"group_missing"}
    assert {item.level for item in report.findings} == {Level.NOTE}


@pytest.mark.parametrize(
    ("code", "level", "rows"),
    [
        ("score_differs", Level.DOUBTFUL, ["H44,,ON_TIME,528684,597918,17.86"]),
        ("coupling_broken", Level.DOUBTFUL,
         ["H44,,PETITION_PROCESSING_ON_TIME,5,10,", "H44,,PETITION_HANDLING_SATISFACTION,7,10,"]),
        ("other_refresh", Level.DOUBTFUL,
         ["H44,,ON_TIME,50,1000,", "H44,,ORIGINAL_RESULT_AVAILABLE,50,1011,"]),
        ("strange_code", Level.DOUBTFUL, ["000.25.331H53,,ON_TIME,50,100,"]),
        ("same_name", Level.DOUBTFUL,
         ["H44.01,Sở Y tế,ON_TIME,5,10,", "H44.02,Sở Y  tế,ON_TIME,6,10,"]),
        ("copied_unit", Level.DOUBTFUL,
         ["H44.01,A,ON_TIME,93,100,", "H44.02,B,ON_TIME,93,100,"]),
        ("no_dossiers", Level.NOTE, ["H44.01,A,ON_TIME,0,0,"]),
        ("parts_above_whole", Level.DOUBTFUL,
         ["H44,,ON_TIME,90,100,", "H44.01,A,ON_TIME,50,60,", "H44.02,B,ON_TIME,40,60,"]),
        ("rate_outside_parts", Level.DOUBTFUL,
         ["H44,,ON_TIME,99,120,", "H44.01,A,ON_TIME,30,60,", "H44.02,B,ON_TIME,40,60,"]),
        ("group_missing_some", Level.NOTE,
         ["H44.01,A,ON_TIME,5,10,", "H44.02,B,PAY_DOSSIER,5,10,"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_found(tmp_path, code, level, rows):
    report = checked(tmp_path, table(*rows))
    assert code in codes(report, level)
    for finding in report.findings:
        for language in ("vi", "en"):
            sentence = finding.sentence(language, EDITION)
            assert "{" not in sentence and not re.search(r"\b[A-Z]+_[A-Z_]+\b", sentence)


def scores(*rows: str) -> str:
    return "\n".join(["unit,CKMB,TDGQ,ONLINE,TTTT,MDSH,MDHL,total", *rows]) + "\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # Bến Cầu 2023: one decimal each, 0.11 apart: rounding.
        ("H53.1,0,16.6,6.8,2.1,11,17,53.4", []),
        # Na Rì 2023: four groups are above the printed total.
        ("H03.1,12.3,18.5,,,6.5,18,46.63", ["parts_above_total"]),
        ("H03.1,12.3,18.5,1,1,6.5,18,58.9", ["total_above_parts"]),
        # Two groups missing: their sum says nothing about the total.
        ("H03.1,12.3,18.5,,,6.5,18,60.9", []),
    ],
)
def test_groups_are_held_against_the_total_as_exactly_as_they_are_printed(tmp_path, row, expected):
    report = checked(tmp_path, scores(row))
    assert [code for code in codes(report) if "total" in code] == expected
    assert report.is_usable == ("parts_above_total" not in expected)


def test_every_mistake_of_a_file_is_named_and_the_rest_is_read(tmp_path):
    report = checked(tmp_path, table(
        "H44,,ON_TIME,5,10,", "H45,,ON_TIME,11,10,", "H46,,ON_TIME,x,10,", "H47,,CARS,1,10,",
        "H48,,ON_TIME,6,10,",
    ))  # fmt: skip
    assert not report.is_usable
    said = [item.sentence("vi", EDITION) for item in report.of(Level.WRONG)]
    assert ["dòng 3" in said[0], "dòng 4" in said[1], "dòng 5" in said[2]] == [True] * 3
    assert [unit.unit for unit in report.units] == ["H44", "H48"]


def test_every_metric_of_a_response_is_read_past_a_broken_one(tmp_path):
    metrics = [
        {"code": "PUBLISH_ON_TIME", "numerator": 3, "denominator": 2},
        {"code": "PUBLIC_CONTENT_FULL", "numerator": 87, "denominator": 89, "score": 1.96},
    ]
    content = json.dumps({"code": "OK", "data": {"evaluation": [
        {"departmentCode": "H44", "metrics": metrics}]}})  # fmt: skip
    report = checked(tmp_path, content, "a.json")
    assert len(report.of(Level.WRONG)) == 1
    assert "metrics[0]" in report.of(Level.WRONG)[0].sentence("vi", EDITION)
    assert [item.code for item in report.units[0].indicators] == ["PUBLIC_CONTENT_FULL"]


def packed(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def test_a_zip_is_read_file_by_file_and_foreign_files_are_named(tmp_path):
    two = table("H45,,ON_TIME,6,10,")
    report = checked(tmp_path, packed(one__csv=FULL, two__csv=two, why__docx="x"), "all.zip")
    assert [unit.unit for unit in report.units] == ["H44", "H45"]
    assert "all.zip/why.docx" in report.of(Level.WRONG)[0].sentence("vi", EDITION)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 cut", "không mở được tệp nén"),
        (packed(), "tệp rỗng"),
        (packed(in__zip="x"), "tệp nén nằm trong tệp nén"),
        (packed(big__csv="0" * 200_000_001), "quá lớn"),
        (packed(**{f"f{k}__csv": FULL for k in range(501)}), "quá lớn"),
    ],
    ids=["cut", "empty", "nested", "bomb", "many"],
)
def test_an_archive_that_cannot_be_used_is_one_sentence(tmp_path, content, sentence):
    report = checked(tmp_path, content, "a.zip")
    assert not report.is_usable
    (finding,) = report.of(Level.WRONG)
    assert re.search(sentence, finding.sentence("vi", EDITION))


VIETNAMESE = """Mã đơn vị;Tên đơn vị;Cấp;Chỉ tiêu;Tử số;Mẫu số;Điểm;;
H44;UBND tỉnh Phú Thọ;Tỉnh;Hồ sơ giải quyết đúng hạn;528.684;597.918;17,68;;
H44;UBND tỉnh Phú Thọ;Tỉnh;ORIGINAL_RESULT_AVAILABLE;433356;597918;4,35;;
H44;UBND tỉnh Phú Thọ;Tỉnh;Tiến độ giải quyết;;;17,68;;
"""


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("excel.csv", b"\xef\xbb\xbf" + VIETNAMESE.encode()),
        ("pasted.txt", VIETNAMESE.replace(";", "\t").encode()),
        ("unicode.txt", VIETNAMESE.replace(";", "\t").encode("utf-16")),
        ("decomposed.tsv", unicodedata.normalize("NFD", VIETNAMESE.replace(";", "\t")).encode()),
    ],
)
def test_a_sheet_of_a_vietnamese_office_is_read_as_it_is_written(tmp_path, name, content):
    report = checked(tmp_path, content, name)
    assert report.is_usable
    (unit,) = report.units
    assert [(item.code, item.numerator, item.published) for item in unit.indicators] == [
        ("ON_TIME", 528_684, 1768), ("ORIGINAL_RESULT_AVAILABLE", 433_356, 435),
    ]  # fmt: skip
    assert unit.published_groups == {"TDGQ": 1768}
    assert report.reading.rows[0].unit.level == "province"


def test_group_scores_under_their_vietnamese_names_are_read(tmp_path):
    sheet = (
        "Mã đơn vị;Đơn vị;Công khai, minh bạch (18);Tiến độ giải quyết (20);Dịch vụ trực tuyến;"
        "Thanh toán trực tuyến;Số hóa hồ sơ;Mức độ hài lòng;Tổng điểm\n"
        "H44;Phú Thọ;7,96;17,68;8,56;6,67;9,59;11,43;61,89\n"
    )
    (unit,) = checked(tmp_path, sheet).units
    assert (sum(unit.published_groups.values()), unit.published_total) == (6189, 6189)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("597,918", "có thể là 597918 hoặc 597,9180"),
        ("hơn 500", "không phải số lượng"),
        ("12,5", "không phải số lượng"),
        ("=1+1", "không phải số lượng"),
    ],
)
def test_what_could_be_two_numbers_is_asked_and_what_is_none_refused(tmp_path, cell, sentence):
    report = checked(tmp_path, VIETNAMESE.replace("597.918", cell))
    said = report.of(Level.WRONG)[0].sentence("vi", EDITION)
    assert "dòng 2, cột Mẫu số" in said and sentence in said


def old(**changed: object) -> dict[str, object]:
    unit = {"ROW_STT": "1", "ID": "7", "TEN": "Sở Y tế", "MA_COQUAN": "H44.07", "CAPDONVIID": "1",
            "CKMB": "8,5", "TDGQ": "17.42", "CLGQ": "11.5", "TTTT": "6", "MDHL": "16", "MDSH": "",
            "TONG_SCORE": "70,1"}  # fmt: skip
    return unit | changed


def test_the_older_list_is_read_with_its_strings(tmp_path):
    report = checked(tmp_path, json.dumps([old()]), "old.json")
    (unit,) = report.units
    assert (unit.unit, unit.name, unit.published_total) == ("H44.07", "Sở Y tế", 7010)
    # CLGQ is the online service, TTTT the payment; the empty digitisation is unknown, not 0.
    assert unit.published_groups == {
        "CKMB": 850, "TDGQ": 1742, "ONLINE": 1150, "TTTT": 600, "MDHL": 1600,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"CLGQ": "6", "TTTT": "11.5"}, "đổi chỗ"),
        ({"TDGQ": "21"}, "TDGQ"),
        ({"TDGQ": "17,42 điểm"}, "TDGQ"),
        ({"MA_COQUAN": None, "ID": None}, "[0]"),
        ({"TEN": ["x"]}, "TEN"),
    ],
)
def test_mistakes_in_the_older_list_are_named(tmp_path, changed, sentence):
    report = checked(tmp_path, json.dumps([old(**changed), old(MA_COQUAN="H44.08")]), "old.json")
    assert sentence in report.of(Level.WRONG)[0].sentence("vi", EDITION)
    assert report.units[-1].unit == "H44.08"


@pytest.mark.parametrize(
    ("about", "code", "level"),
    [
        ({"period": "2026-ytd"}, "capture_unknown", Level.NOTE),
        ({"captured_at": "2026-10-10"}, "period_unreadable", Level.WRONG),
        ({"period": "2026-13", "captured_at": "2026-10-10"}, "period_unreadable", Level.WRONG),
        ({"period": "2026-ytd", "captured_at": "10/10"}, "period_unreadable", Level.WRONG),
        ({"period": "2026-11", "captured_at": "2026-10-10"}, "captured_before_period", Level.WRONG),
        ({"period": "2026-ytd", "captured_at": "2026-11-01"}, "captured_tomorrow", Level.WRONG),
        ({"period": "2026-ytd", "captured_at": "2026-10-01"}, "capture_stale", Level.DOUBTFUL),
        ({"period": "2026-ytd", "captured_at": "2026-10-10"}, "period_open", Level.NOTE),
    ],
)
def test_the_day_of_the_capture_is_checked(tmp_path, about, code, level):
    report = checked(tmp_path, FULL, today="2026-10-20", **about)
    assert code in codes(report, level)


def test_of_a_closed_period_no_age_is_counted(tmp_path):
    report = checked(tmp_path, FULL, today="2026-10-20", period="2026-08", captured_at="2026-09-05")
    assert not {"capture_stale", "period_open"} & set(codes(report))


def test_the_command_prints_everything_and_its_exit_code_says_whether_it_can_be_loaded(
    tmp_path, capsys
):
    path = tmp_path / "a.csv"
    path.write_text(FULL, encoding="utf-8")
    assert main(["check", str(path), "--lang", "vi"]) == 0
    assert "Dùng được: 1 đơn vị; tái lập đúng 2/2 điểm đã in." in capsys.readouterr().out
    path.write_text(table("H44,,ON_TIME,11,10,"), encoding="utf-8")
    assert main(["check", str(path), "--format", "json"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert report["usable"] is False
    assert report["findings"][0]["level"] == "wrong"
    assert report["findings"][0]["code"] == "input_above"
    assert main(["check", str(tmp_path / "none.csv")]) == 2
    assert "none.csv" in capsys.readouterr().out


def test_every_finding_has_a_sentence():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "simulator/checks").glob("*.py")
    )
    raised = set(re.findall(r"Finding\(\s*Level\.\w+, \"(\w+)\"", source))
    known = {
        key.removeprefix("findings.") for key in catalogue("vi") if key.startswith("findings.")
    }
    assert len(raised) >= 14
    assert raised - {"unreadable"} <= known


def test_running_counts_below_those_read_before_are_doubted():
    before = load_baseline("phutho-2026-ytd")
    reading = read_bytes(table("H44,,ON_TIME,150000,184513,").encode(), "month.csv", EDITION)
    [finding] = earlier_findings(reading, before)
    assert (finding.level, finding.code) == (Level.DOUBTFUL, "counts_below_earlier")
    assert (finding.fields["before"], finding.fields["now"]) == (597918, 184513)
    newer = read_bytes(table("H44,,ON_TIME,550000,650000,").encode(), "year.csv", EDITION)
    assert earlier_findings(newer, before) == []
