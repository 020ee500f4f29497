"""``python -m simulator report``: files, archives, refusals; nothing half-written."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document

import simulator
from simulator import cli_report, cli_report_files, library, scenario_files
from simulator.cli import main
from simulator.links import to_params
from simulator.reports.documents.templates import shipped_template
from simulator.reports.order import Part
from simulator.scenario import Scenario
from simulator.store import NewVersion, open_store
from simulator.store.location import FOLDER_VARIABLE
from tests.paths import PROJECT

PHU_THO = ["report", "--baseline", "phutho-2026-ytd", "--set", "ON_TIME=+3000"]
PAGE = ["--parts", "page", "--day", "2026-10-12"]


def scenario(name: str = "Phương án của tôi") -> NewVersion:
    baseline = library.load("phutho-2026-ytd")
    chosen = Scenario(baseline.id, "H44", (("ON_TIME", 3000.0),), until="2026-12-31")
    return NewVersion(
        name, "Nguyễn Văn A", "", baseline.edition.code, baseline.id, baseline.fingerprint, "H44",
        to_params(chosen, baseline.edition, baseline.fingerprint),
    )  # fmt: skip


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that a mistake is told with."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def text_of(file: Path) -> str:
    document = Document(io.BytesIO(file.read_bytes()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


def test_figures_and_changes_become_files_in_a_new_folder(tmp_path, capsys):
    out = tmp_path / "a" / "b"
    assert main([*PHU_THO, *PAGE, "--until", "2026-12-31", "--out", str(out)]) == 0
    (file,) = out.iterdir()
    assert file.name == "766_H44_2026-09-26_2026-ytd_mo-phong-phu-tho_tom-tat_vi.docx"
    assert str(file) in capsys.readouterr().out
    text = text_of(file)
    assert "ngày 12 tháng 10 năm 2026" in text
    assert "61,89" in text


def test_a_unit_alone_is_taken_from_the_newest_figures_that_hold_it(tmp_path, capsys):
    report = ["report", "--unit", "H44", "--set", "ON_TIME=+3000", *PAGE, "--out"]
    assert main([*report, str(tmp_path)]) == 0
    assert [file.name for file in tmp_path.iterdir()] == [
        "766_H44_2026-10-10_2026-ytd_mo-phong-phu-tho_tom-tat_vi.docx"
    ]
    capsys.readouterr()
    assert "'H999'" in refused(capsys, "report", "--unit", "H999", "--out", str(tmp_path / "x"))


def test_lines_of_the_letterhead_and_an_own_template_can_be_given(tmp_path):
    document = Document(io.BytesIO(shipped_template(Part.PAGE, "vi")))
    document.sections[0].footer.paragraphs[0].text = "Mẫu riêng"
    document.save(str(tmp_path / "own.docx"))
    out = tmp_path / "out"
    own = ["--template", f"page={tmp_path / 'own.docx'}", "--place", "Việt Trì"]
    assert main([*PHU_THO, *PAGE, *own, "--out", str(out)]) == 0
    (file,) = out.iterdir()
    assert "Việt Trì, ngày 12 tháng 10" in text_of(file)
    footer = Document(str(file)).sections[0].footer
    assert footer.paragraphs[0].text == "Mẫu riêng"


def test_an_archive_is_made_and_checked_again(tmp_path, capsys):
    file = tmp_path / "all.zip"
    assert main([*PHU_THO, "--parts", "workbook,tables", "--zip", str(file)]) == 0
    assert main(["report", "--check", str(file)]) == 0
    assert "đều khớp" in capsys.readouterr().out
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("x.txt", "x")
    assert main(["report", "--check", str(file), "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["intact"] is False
    assert "x.txt" in told["differences"][0]


def test_a_text_in_place_of_an_archive_and_an_impossible_manifest_are_told(tmp_path, capsys):
    text = tmp_path / "a.txt"
    text.write_text("chữ", encoding="utf-8")
    assert "ZIP" in refused(capsys, "report", "--check", str(text))
    assert "ZIP" in refused(capsys, "report", "--check", str(text), "--format", "json")
    assert "không phải tệp" in refused(capsys, "report", "--check", str(tmp_path))
    file = tmp_path / "all.zip"
    for form in ("1e999", "NaN", "null", '"x"', "[]"):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(
                "manifest.json", f'{{"kind": "index-766-reports", "format": {form}, "files": []}}'
            )
        assert "manifest.json" in refused(capsys, "report", "--check", str(file)), form


def test_a_file_of_the_app_and_a_saved_scenario_are_made_side_by_side(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    file = tmp_path / "one.json"
    file.write_bytes(scenario_files.written(scenario("Từ tệp")))
    kept = open_store().scenarios.create(scenario("Đã lưu"))
    out = tmp_path / "out"
    arguments = ["report", "--scenario", str(file), "--scenario", f"{kept.scenario_id}.1"]
    assert main([*arguments, "--parts", "workbook", "--out", str(out), "--format", "json"]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["01_tu-tep", "02_da-luu"]
    told = json.loads(capsys.readouterr().out)
    assert [one["size"] for one in told["files"]] == [
        Path(one["file"]).stat().st_size for one in told["files"]
    ]
    assert told["warnings"] == []


def test_a_saved_scenario_that_is_not_there_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
    said = refused(capsys, "report", "--scenario", "0123456789ab", "--out", str(tmp_path / "out"))
    assert "0123456789ab" in said
    assert not (tmp_path / "kept").exists()


def test_nothing_is_overwritten_unless_it_is_asked_for(tmp_path, capsys):
    arguments = [*PHU_THO, *PAGE, "--out", str(tmp_path)]
    assert main(arguments) == 0
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"mine")
    capsys.readouterr()
    assert "--overwrite" in refused(capsys, *arguments)
    assert file.read_bytes() == b"mine"
    assert main([*arguments, "--overwrite"]) == 0
    assert file.read_bytes() != b"mine"


def test_an_archive_that_is_there_is_refused_before_anything_is_made(tmp_path, monkeypatch, capsys):
    file = tmp_path / "all.zip"
    file.write_bytes(b"mine")
    monkeypatch.setattr(cli_report, "make", None)
    assert "all.zip" in refused(capsys, *PHU_THO, *PAGE, "--zip", str(file))


@pytest.mark.parametrize("when", ["write_bytes", "replace"])
def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path, monkeypatch, capsys, when):
    whole = getattr(Path, when)

    def full(path: Path, *arguments: object) -> object:
        if "bang-tinh" in path.name:
            raise OSError(28, "No space left on device")
        return whole(path, *arguments)

    monkeypatch.setattr(cli_report_files.Path, when, full)
    out = tmp_path / "new" / "out"
    said = refused(capsys, *PHU_THO, "--parts", "page,workbook", "--out", str(out))
    assert "No space left on device" in said
    assert "bang-tinh" in said
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")
    said = refused(capsys, *PHU_THO, *PAGE, "--out", str(tmp_path / "file" / "out"))
    assert "file" in said


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*PHU_THO], "--out"),
        (["report", "--out", "x"], "kịch bản"),
        ([*PHU_THO, "--scenario", "a.json", "--out", "x"], "--scenario"),
        ([*PHU_THO, "--parts", "papers", "--out", "x"], "announcement_tables"),
        ([*PHU_THO, "--parts", ",", "--out", "x"], "phần"),
        ([*PHU_THO, "--day", "12/10/2026", "--out", "x"], "2026-11-22"),
        ([*PHU_THO, "--template", "tables=a.docx", "--out", "x"], "tables=a.docx"),
        ([*PHU_THO, "--template", "page=none.docx", "--out", "x"], "none.docx"),
        (["report", "--scenario", "none.json", "--out", "x"], "none.json"),
        (["report", "--check", "none.zip"], "none.zip"),
        (["report", "--check", "/dev/null"], "tệp ZIP"),
        (["report", "--check", "."], "hồ sơ báo cáo"),
    ],
)
def test_a_mistake_is_one_line_in_vietnamese_and_makes_nothing(
    arguments, told, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert told in refused(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


def test_reports_speak_vietnamese_unless_another_language_is_asked_for(tmp_path, capsys):
    assert "Chưa có nơi lưu" in refused(capsys, *PHU_THO)
    assert "no place" in refused(capsys, *PHU_THO, "--lang", "en")


def test_other_commands_do_not_wait_for_what_writes_documents():
    source = (PROJECT / "simulator" / "cli.py").read_text(encoding="utf-8")
    assert "from simulator.cli_report import" not in source


def test_the_version_of_the_program_is_that_of_the_newest_entry_of_the_changelog():
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert newest is not None
    assert newest[1] == simulator.__version__
