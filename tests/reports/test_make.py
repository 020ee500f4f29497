"""Making what was ordered: every part of every scenario, under names that sort."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

import openpyxl
import pytest
from docx import Document

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.errors import DataError, ScenarioError
from simulator.presentation.csv_file import FORMULA_STARTS
from simulator.reports import make as making
from simulator.reports.announcement import annexes
from simulator.reports.documents.templates import shipped_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.make import Made, make
from simulator.reports.names import DETAILED, file_name, folders, told_by, unique
from simulator.reports.on_paper import FONT_SIZE, TURNED
from simulator.reports.order import Order, Part
from simulator.reports.report_tables import about, made_tables
from simulator.reports.sheet_columns import printed_width, shown, widths
from simulator.scenario import Scenario
from simulator.text import LANGUAGES, explain
from tests.reports.papers import DAY, EIGHT, PHU_THO, UNTIL, VN, half_of_all, saved

AHEAD = Scenario(PHU_THO, "H44", EIGHT, until=UNTIL)
LIGHT = (Part.WORKBOOK, Part.ANNOUNCEMENT_TABLES)


def order(*scenarios: Scenario, parts: tuple[Part, ...] = LIGHT, language: str = "vi") -> Order:
    given = scenarios or (AHEAD,)
    contents = tuple(
        saved(one, language, f"Phương án {k}: số hóa").content
        for k, one in enumerate(given, start=1)
    )
    return Order(contents, parts, language, DAY)


def names(made: Made) -> list[str]:
    return [file.name for file in made.files]


@cache
def everything() -> Made:
    return make(order(parts=tuple(Part)))


def content(made: Made, ending: str) -> bytes:
    (found,) = (file.content for file in made.files if file.name.endswith(ending))
    return found


def test_every_part_is_made_under_a_name_that_tells_unit_day_scenario_and_what_it_is():
    made = everything()
    begin = "766_H44_2026-09-26_2026-ytd_phuong-an-1-so-hoa"
    top = [name for name in names(made) if "/" not in name]
    assert top == [
        f"{begin}_ke-hoach_vi.docx", f"{begin}_tom-tat_vi.docx",
        "766_H44_2026-09-26_2026-ytd_thong-bao_vi.docx",
        "766_H44_2026-09-26_2026-ytd_thong-bao-phu-luc_vi.xlsx",
        f"{begin}_bang-tinh_vi.xlsx", f"{begin}_bang-so-lieu_vi.xlsx",
    ]  # fmt: skip
    assert f"bieu-do/{begin}_bieu-do-1-nhom-chi-so_vi.png" in names(made)
    assert f"bieu-do/{begin}_bieu-do-1-nhom-chi-so_vi.svg" in names(made)
    assert f"bang-so-lieu/{begin}_bang-so-lieu-01-diem-sau-nhom-chi-so_vi.csv" in names(made)
    assert made.warnings == ()


def test_documents_and_tables_tell_the_figures_of_the_engine():
    made, view = everything(), saved(AHEAD).view
    after = f"{view.projection.after.total / 100:.2f}".replace(".", ",")
    for ending in ("ke-hoach_vi.docx", "tom-tat_vi.docx"):
        document = Document(io.BytesIO(content(made, ending)))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        assert after in text + "\n".join(cells)
    book = openpyxl.load_workbook(io.BytesIO(content(made, "bang-so-lieu_vi.xlsx")))
    values = [cell.value for row in book["Điểm sáu nhóm chỉ số"].iter_rows() for cell in row]
    assert view.projection.after.total / 100 in values
    assert 61.89 in values
    csv = content(made, "01-diem-sau-nhom-chi-so_vi.csv").decode("utf-8-sig")
    assert f";61,89;{str(view.projection.after.total / 100).replace('.', ',')};" in csv
    assert "UBND tỉnh Phú Thọ" in csv


def test_every_table_of_a_plan_is_there_once():
    found = made_tables(saved(AHEAD))
    keys = [table.key for table in found]
    assert keys == [
        "groups", "indicators", "losses", "facts", "levers", "ranking", "rank_groups", "needed",
        "chances", "priorities", "months_levers", "months_scores", "months_indicators", "reach",
        "units", "units_months",
    ]  # fmt: skip
    chances = next(table for table in found if table.key == "chances").frame
    assert chances["Khả năng (%)"].sum() == pytest.approx(100)
    assert chances["Khả năng từ hạng này trở lên (%)"].iloc[-1] == 100
    levers = next(table for table in found if table.key == "levers").frame
    assert set(levers["Thay đổi"]) >= {3000.0, 20000.0}


def test_what_was_assumed_is_a_table_of_its_own():
    scenario = Scenario(VN, "H44", assumptions=(("ONLINE_SUBMISSION", 1200.0, 3000.0),))
    table = next(one for one in made_tables(saved(scenario)) if one.key == "assumptions")
    rows = table.frame.set_index("Mã")
    assert list(rows.loc["ONLINE_SUBMISSION"])[1:] == [1200.0, 3000.0]


def test_the_sheet_about_a_file_names_figures_day_and_seed():
    told = about(saved(AHEAD))
    assert told["Thời điểm đọc số liệu"] == "26/09/2026"
    assert told["Mã kiểm của bộ số liệu"] == library.load(PHU_THO).fingerprint
    assert "31/12/2026" in told["Cách tính"]
    assert "mã ngẫu nhiên 1" in told["Đơn vị khác"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("baseline", baseline_ids())
def test_tables_of_all_shipped_figures_are_files_without_formulas(baseline, language):
    unit = library.load(baseline).default_unit
    made = make(order(Scenario(baseline, unit), parts=(Part.TABLES,), language=language))
    assert len(made.files) >= 3
    for file in made.files:
        if file.name.endswith(".csv"):
            text = file.content.decode("utf-8-sig")
            assert "nan" not in text.casefold().replace("nang", "").split(";")
            assert not text.startswith(FORMULA_STARTS)


def test_several_scenarios_have_numbered_folders_and_one_paper():
    moved = replace(AHEAD, settings=EIGHT[:1])
    parts = (Part.PAGE, Part.ANNOUNCEMENT_TABLES, Part.WORKBOOK, Part.TABLES)
    made = make(order(AHEAD, moved, parts=parts))
    folders_made = {name.split("/")[0] for name in names(made) if "/" in name}
    assert folders_made == {"01_phuong-an-1-so-hoa", "02_phuong-an-2-so-hoa"}
    top = [name for name in names(made) if "/" not in name]
    assert top == [
        "766_H44_2026-09-26_2026-ytd_phuong-an-1-so-hoa_tom-tat_vi.docx",
        "766_H44_2026-09-26_2026-ytd_thong-bao-phu-luc_vi.xlsx",
    ]


def test_scenarios_of_several_units_have_their_own_announcements():
    made = make(order(Scenario(VN, "H44"), Scenario(VN, "H21"), parts=(Part.ANNOUNCEMENT_TABLES,)))
    assert names(made) == [
        "766_H44_2026-10-10_2026-ytd_thong-bao-phu-luc_vi.xlsx",
        "766_H21_2026-10-10_2026-ytd_thong-bao-phu-luc_vi.xlsx",
    ]  # fmt: skip


def test_names_are_safe_short_and_never_the_same_on_any_disk():
    hostile = ["CON", "a" * 300, "../../etc: <x>|?*", "số hóa. ", "漢字", "NUL.txt", "SỐ HÓA"]
    unit = replace(saved(AHEAD), content=replace(saved(AHEAD).content, name="x" * 120))
    taken: set[str] = set()
    for name in hostile:
        subject = replace(unit, content=replace(unit.content, name=name))
        path = folders([name, name], "vi")[1] + "bang-so-lieu/" + unique(
            file_name(subject, Part.TABLES, "csv", "y " * 60), taken
        )  # fmt: skip
        assert len(path) < 150
        assert path.isascii()
        for piece in PurePosixPath(path).parts:
            assert piece == piece.strip(". ")
            assert not set(piece) & set('<>:"\\|?* ')
            assert piece.partition(".")[0].upper() not in {"CON", "NUL", "AUX", "PRN", ".."}
    assert len(taken) == len(hostile)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_tells_which_part_the_file_is_of(language):
    moved = saved(AHEAD, language)
    still = saved(Scenario(PHU_THO, "H44"), language)
    for part in Part:
        for subject in (moved, still):
            name = file_name(subject, part, "docx", "3-Đóng góp" if part in DETAILED else "")
            assert told_by(f"01_a/{unique(name, {name})}", language)[0] is part
            assert told_by(name.replace(f"_{language}.", f"_{language}-2."), language)[0] is part
    assert told_by(file_name(moved, Part.CHARTS, "png", "3-x y"), language)[1] == "3-x-y"
    assert told_by("a.docx", language) is told_by("01_a/b.json", language) is None


def test_points_of_percent_and_flags_are_written_in_full_in_tables():
    scenario = Scenario("tth-2022", "tth", (("ORIGINAL_RESULT_AVAILABLE", 1.5),))
    found = {table.key: table for table in made_tables(saved(scenario))}
    assert list(found["levers"].frame["Đơn vị tính"]) == ["điểm phần trăm"]
    assert set(found["priorities"].frame["Một phần"]) == {"1 điểm phần trăm"}
    told = set(found["indicators"].frame["Lưu ý chất lượng"].dropna())
    assert "ghi là số hồ sơ, hiểu là tỷ lệ." in told
    assert not [one for one in told if one.isupper()]
    assert found["levers"].frame["Thay đổi"].dtype == "float64"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("baseline", "unit"), [(PHU_THO, "H44"), (VN, "H21")])
def test_all_tables_are_printed_in_letters_that_can_be_read(baseline, unit, language):
    subject = saved(Scenario(baseline, unit, half_of_all(baseline, unit, UNTIL), until=UNTIL),
                    language)  # fmt: skip
    for table in (*made_tables(subject), *annexes.tables(subject)):
        columns = shown(table.frame, table.aside)
        width = printed_width(widths(columns, table.decimals)[: columns.printed])
        assert TURNED / width * FONT_SIZE > 7.2, table.key
        if table.key == "units":
            assert "ON_TIME" in set(table.frame.iloc[:, 4])
            assert list(columns.frame.columns)[columns.printed :] == [table.aside[0]]


def test_steps_are_told_before_they_are_done():
    told: list[tuple[str, int, int]] = []
    make(order(), lambda *step: told.append(step))
    assert told == [("announcement_tables", 0, 2), ("workbook", 1, 2)]


def test_an_order_that_is_cancelled_ends_with_a_code_of_its_own():
    with pytest.raises(ScenarioError) as caught:
        make(order(), is_cancelled=lambda: True)
    assert caught.value.code == "report_cancelled"


def test_a_pdf_that_fails_is_a_warning_and_nothing_else_is_lost(monkeypatch):
    def fails(_: bytes) -> bytes:
        raise DataError("pdf_timeout", seconds=60)

    monkeypatch.setattr(making, "to_pdf", fails)
    made = make(replace(order(parts=(Part.PAGE, Part.WORKBOOK)), with_pdf=True))
    assert [name.rpartition(".")[2] for name in names(made)] == ["docx", "xlsx"]
    (warning,) = made.warnings
    assert warning.startswith("766_H44_2026-09-26_2026-ytd_phuong-an-1-so-hoa_tom-tat_vi.docx:")
    assert "60 giây" in warning


def test_a_pdf_stands_beside_its_document(monkeypatch):
    monkeypatch.setattr(making, "to_pdf", lambda docx: b"%PDF" + docx[:2])
    told: list[str] = []
    ordered = replace(order(parts=(Part.PAGE,)), with_pdf=True)
    made = make(ordered, lambda step, *_: told.append(step))
    assert told == ["page", "pdf"]
    assert [name.rpartition(".")[2] for name in names(made)] == ["docx", "pdf"]
    assert made.files[1].content == b"%PDFPK"


def test_an_own_template_and_an_own_letterhead_are_used():
    document = Document(io.BytesIO(shipped_template(Part.PAGE, "vi")))
    document.sections[0].footer.paragraphs[0].text = "Mẫu riêng của văn phòng"
    stream = io.BytesIO()
    document.save(stream)
    view = saved(AHEAD).view
    letterhead = replace(
        letterhead_of(view.baseline, view.unit, "vi"), authority="SỞ\nCỦA CHÚNG TÔI"
    )
    made = make(
        replace(
            order(parts=(Part.PAGE,)), templates={Part.PAGE: stream.getvalue()},
            letterhead=letterhead,
        )
    )  # fmt: skip
    found = Document(io.BytesIO(made.files[0].content))
    assert found.sections[0].footer.paragraphs[0].text == "Mẫu riêng của văn phòng"
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    assert "CỦA CHÚNG TÔI" in "\n".join(cells)


@pytest.mark.parametrize(
    ("ordered", "code"),
    [
        (replace(order(), chosen=()), "report_no_scenario"),
        (replace(order(), parts=()), "report_no_part"),
        (order(*[AHEAD] * 5), "report_many_scenarios"),
        (order(AHEAD, Scenario("tth-2022", library.load("tth-2022").default_unit)),
         "report_editions"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_made_is_refused_with_a_sentence(ordered, code):
    with pytest.raises(ScenarioError) as caught:
        make(ordered)
    assert caught.value.code == code
    assert len(explain(caught.value, "vi")) > 30


def test_a_unit_without_any_score_has_a_warning_in_place_of_charts(monkeypatch):
    monkeypatch.setattr(making.pictures, "charts", lambda subject: ())
    made = make(order(parts=(Part.CHARTS,)))
    assert made.files == ()
    assert "Phương án 1: số hóa" in made.warnings[0]
