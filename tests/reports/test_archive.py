"""Archives of reports: what they hold, and what checking one finds."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256

import pytest

import simulator
from simulator import library, scenario_files
from simulator.errors import DataError
from simulator.peers_mode import DRAWS
from simulator.reports import archive as archives
from simulator.reports.archive import README, archive, check
from simulator.reports.made import File
from simulator.reports.make import Made
from simulator.reports.names import file_name
from simulator.reports.order import Order, Part
from simulator.scenario import Scenario
from simulator.text import explain, say
from tests.reports.papers import DAY, EIGHT, PHU_THO, UNTIL, saved

AHEAD = Scenario(PHU_THO, "H44", EIGHT, until=UNTIL, seed=7)
FILES = (File("a.docx", b"docx"), File("bieu-do/b.png", bytes(1000)))
MADE = Made(FILES, ("a.docx: chưa có bản PDF.",))


def order(language: str = "vi") -> Order:
    return Order((saved(AHEAD, language, "Phương án 1").content,), (Part.PAPER,), language, DAY)


@cache
def packed() -> bytes:
    return archive(order(), MADE).content


def read(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def changed(change: Callable[[dict[str, bytes]], None]) -> bytes:
    files = read(packed())
    change(files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        for name, content in files.items():
            found.writestr(name, content)
    return stream.getvalue()


def test_an_archive_holds_everything_sorted_with_the_day_of_the_documents():
    with zipfile.ZipFile(io.BytesIO(packed())) as found:
        assert found.testzip() is None
        assert found.namelist() == [
            README, "a.docx", "bieu-do/b.png", "kich-ban/01_phuong-an-1.json", "manifest.json",
        ]  # fmt: skip
        assert {one.date_time for one in found.infolist()} == {(2026, 10, 12, 0, 0, 0)}


def test_equal_orders_are_equal_archives():
    first, second = archive(order(), MADE), archive(order(), MADE)
    assert first == second
    assert first.name == "766_H44_2026-09-26_2026-ytd_phuong-an-1_ho-so_vi.zip"


def test_the_manifest_tells_what_everything_was_made_from():
    told = json.loads(read(packed())["manifest.json"])
    baseline = library.load(PHU_THO)
    assert (told["format"], told["language"], told["day"]) == (1, "vi", "2026-10-12")
    assert told["program"]["version"] == simulator.__version__
    assert told["edition"] == "2026-portal"
    (scenario,) = told["scenarios"]
    assert scenario["name"] == "Phương án 1"
    assert scenario["baseline"]["fingerprint"] == baseline.fingerprint
    assert scenario["baseline"]["fingerprint_when_saved"] == baseline.fingerprint
    assert scenario["baseline"]["captured_at"] == "2026-09-26"
    assert (scenario["seed"], scenario["draws"], scenario["unit"]["code"]) == (7, DRAWS, "H44")
    assert scenario["parameters"]["ON_TIME"] == "3000"
    assert told["not_made"] == ["a.docx: chưa có bản PDF."]
    listed = {one["name"]: (one["size"], one["sha256"]) for one in told["files"]}
    assert listed["bieu-do/b.png"] == (1000, sha256(bytes(1000)).hexdigest())
    assert set(listed) == set(read(packed())) - {"manifest.json"}


def test_the_scenarios_in_it_open_again_as_they_were():
    assert scenario_files.read(read(packed())["kich-ban/01_phuong-an-1.json"]) == order().chosen[0]


@pytest.mark.parametrize(("language", "word"), [("vi", "HỒ SƠ BÁO CÁO"), ("en", "ARCHIVE OF")])
def test_the_readme_opens_in_any_editor_and_names_the_scenarios(language, word):
    text = read(archive(order(language), MADE).content)[README]
    assert text.startswith(b"\xef\xbb\xbf" + word.encode())
    assert b"\r\n" in text
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert "1. Phương án 1".encode() in text
    assert b"26/09/2026" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_readme_lists_every_file_by_part_and_what_it_is(language):
    subject = saved(AHEAD, language, "Phương án 1")
    table = say(language, "report_tables.needed")
    chart = f"3-{say(language, 'report_files.chart_waterfall')}"
    # In another order than that of the parts.
    names = [
        f"x/{file_name(subject, Part.TABLES, 'csv', f'08-{table}')}",
        f"x/{file_name(subject, Part.CHARTS, 'svg', chart)}",
        file_name(subject, Part.ANNOUNCEMENT_TABLES, "xlsx"), file_name(subject, Part.PAPER, "pdf"),
    ]  # fmt: skip
    made = Made(tuple(File(name, b"") for name in names))
    text = read(archive(order(language), made).content)[README].decode("utf-8-sig")
    lines = text.split("\r\n")
    found = [next(k for k, line in enumerate(lines) if line.startswith(f"- {name}: "))
             for name in names]  # fmt: skip
    assert found == sorted(found, reverse=True)
    whats = [table, say(language, "report_files.told_waterfall"),
             say(language, "reports.step_announcement_tables"),
             say(language, "reports.step_paper")]  # fmt: skip
    for k, what, ending in zip(found, whats, ("csv", "svg", "xlsx", "pdf"), strict=True):
        form = say(language, f"report_files.form_{ending}")
        assert lines[k].endswith(f": {what} ({form})")
    for part in (Part.PAPER, Part.TABLES):
        assert any(line.startswith(say(language, f"reports.part_{part}")) for line in lines)
    assert not any(line.startswith(say(language, "reports.part_workbook")) for line in lines)


def test_a_file_of_another_name_is_listed_too():
    text = read(packed())[README].decode("utf-8-sig")
    assert {"- a.docx", "- bieu-do/b.png"} <= set(text.split("\r\n"))


def test_an_archive_as_it_was_made_has_no_differences():
    assert check(packed()) == ()


def lose(files: dict[str, bytes]) -> None:
    del files["a.docx"]


def add(files: dict[str, bytes]) -> None:
    files["x.docx"] = b"?"


def change_one(files: dict[str, bytes]) -> None:
    files["a.docx"] = b"DOCX"


def lengthen(files: dict[str, bytes]) -> None:
    files["bieu-do/b.png"] += b"0"


@pytest.mark.parametrize(
    ("change", "code", "file"),
    [
        (lose, "report_archive_missing", "a.docx"),
        (add, "report_archive_extra", "x.docx"),
        (change_one, "report_archive_changed", "a.docx"),
        (lengthen, "report_archive_changed", "bieu-do/b.png"),
    ],
)
def test_whatever_is_no_longer_as_it_was_made_is_named(change, code, file):
    (found,) = check(changed(change))
    assert (found.code, found.fields) == (code, {"file": file})
    assert file in explain(found, "vi")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_told():
    stream = io.BytesIO(packed())
    with zipfile.ZipFile(stream, "a") as found:
        found.writestr("a.docx", b"another")
    codes = [one.code for one in check(stream.getvalue())]
    assert "report_archive_extra" in codes


def newer(files: dict[str, bytes]) -> None:
    told = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps(told | {"format": 2}).encode()


def endless(files: dict[str, bytes]) -> None:
    told = files["manifest.json"]
    files["manifest.json"] = told.replace(b'"format": 1,', b'"format": 1e999,')


def other(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"kind": "x", "format": 1, "files": []}'


def nothing(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def garbage(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b"["


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 cut", "report_archive_broken"),
        (b"", "report_archive_broken"),
        (changed(newer), "report_archive_newer"),
        (changed(other), "report_archive_other"),
        (changed(endless), "report_archive_other"),
        (changed(nothing), "report_archive_other"),
        (changed(garbage), "report_archive_other"),
    ],
)
def test_a_file_that_is_no_archive_of_reports_is_refused_with_a_sentence(content, code):
    with pytest.raises(DataError) as caught:
        check(content)
    assert caught.value.code == code
    assert len(explain(caught.value, "vi")) > 30


@pytest.mark.parametrize(("name", "most"), [("MOST_BYTES", 900), ("MOST_FILES", 3)])
def test_an_archive_that_would_unpack_to_too_much_is_not_unpacked(monkeypatch, name, most):
    monkeypatch.setattr(archives, name, most)
    with pytest.raises(DataError) as caught:
        check(packed())
    assert caught.value.code == "report_archive_large"


def test_an_entry_that_claims_less_than_it_holds_is_told_as_changed():
    content = packed().replace((1000).to_bytes(4, "little"), (999).to_bytes(4, "little"))
    assert content != packed()
    assert "report_archive_changed" in {one.code for one in check(content)}
