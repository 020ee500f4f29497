"""The announcement: published figures as they were published, units below ranked and named,
requests that its figures show, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.captures import totals_by_day
from simulator.links import to_params
from simulator.reports.announcement.annexes import annexes, tables
from simulator.reports.announcement.content import SECTIONS, announcement
from simulator.reports.announcement.lists import below, lateness
from simulator.reports.announcement.told import Told, told_of
from simulator.reports.announcement.words import publisher
from simulator.reports.announcement.written import unit_name
from simulator.reports.blocks import Annex, Content, Grid, Heading, Items, Paragraph
from simulator.reports.documents.fill import document
from simulator.reports.documents.templates import shipped_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.order import Part
from simulator.reports.sheet import table_book
from simulator.reports.subject import Subject, subject_of
from simulator.scenario import Scenario
from simulator.store import NewVersion
from simulator.text import LANGUAGES

DAY = date(2026, 11, 22)
GIALAI, VN = "gialai-2026-10-10", "vn-2026-10-10"


def saved(scenario: Scenario, language: str = "vi") -> Subject:
    baseline = library.load(scenario.baseline)
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    content = NewVersion(
        "Kịch bản", "Người lập", "", baseline.edition.code, baseline.id, baseline.fingerprint,
        scenario.unit, params,
    )  # fmt: skip
    return subject_of(content, language)


@cache
def subject(baseline: str, unit: str = "", language: str = "vi") -> Subject:
    return saved(Scenario(baseline, unit or library.load(baseline).default_unit), language)


@cache
def content(baseline: str, unit: str = "", language: str = "vi") -> Content:
    return of(subject(baseline, unit, language))


def of(one: Subject) -> Content:
    letterhead = letterhead_of(one.view.baseline, one.view.unit, one.language)
    return announcement(one, letterhead, DAY)


def words(told: Content, *names: str) -> str:
    """All texts of sections, tables with bars between the cells."""
    lines: list[str] = []
    for name in names or SECTIONS:
        for block in told.sections[name]:
            match block:
                case Items():
                    lines += block.texts
                case Grid():
                    lines += [block.title, " | ".join(block.head), block.note]
                    lines += [" | ".join(row) for row in block.rows]
                case Annex():
                    lines += [block.number, block.title]
                case Heading() | Paragraph():
                    lines.append(block.text)
    return "\n".join(lines)


def sheet(baseline: str, key: str, unit: str = "", language: str = "vi"):
    found = {
        one.sheet.key: one.sheet for one in annexes(told_of(subject(baseline, unit, language)))
    }
    return found[key]


@pytest.mark.parametrize(
    ("baseline", "unit", "printed"),
    [
        ("bencau-2023-02", "", [
            "đạt 53,39/100 điểm", "Công khai, minh bạch: 0,0/18", "Tiến độ giải quyết: 16,6/20",
            "Dịch vụ trực tuyến: 6,8/12", "Thanh toán trực tuyến: 2,1/10", "Số hóa hồ sơ: 11,0/22",
            "Mức độ hài lòng: 17,0/18", "02/10 đơn vị có số liệu có hồ sơ quá hạn, cộng 2 hồ sơ",
            "tháng 02/2023", "20/03/2023",
        ]),
        ("binhthuan-2023", "", [
            "đạt 60,08/100 điểm", "54/63 tỉnh, thành phố",
            "Công khai, minh bạch: 13,3/18 điểm (điểm trung bình cả nước là 13,4/18 điểm)",
            "Dịch vụ trực tuyến: 2,5/12 điểm (điểm trung bình cả nước là 5,0/12 điểm)",
            "Mức độ hài lòng: 17,6/18 điểm (điểm trung bình cả nước là 17,5/18 điểm)",
            "Có 05/06 nhóm thấp hơn điểm trung bình cả nước", "nguồn không ghi ngày công bố",
            "“15/16 đơn vị xếp loại Trung bình”", "“01/16 đơn vị xếp loại Yếu”",
            "Huyện Phú Quý | 8,71/22 | Huyện Hàm Thuận Nam | 3,56/22",
        ]),
        ("tth-2022", "", [
            "đạt 54,1/100 điểm", "28/63 tỉnh, thành phố",
            "Công khai, minh bạch: 8,8/18 điểm (điểm trung bình cả nước là 6,4/18 điểm)",
            "Điểm trung bình cả nước là 53,5/100 điểm", "cao hơn 0,6 điểm",
            "28/30 đơn vị có số liệu có hồ sơ quá hạn, cộng 15.964 hồ sơ",
            "1 | Thành phố Huế | 5.009 | 74,53", "hồ sơ có kết quả điện tử 36,71%",
            "07/09 đơn vị xếp loại Trung bình; 02/09 đơn vị xếp loại Yếu", "Có 04/06 nhóm",
        ]),
        ("nari-2023-10m", "", [
            "đạt 46,63/100 điểm, xếp loại Yếu", "Tiến độ giải quyết: 18,5/20",
            "Dịch vụ trực tuyến: không công bố (điểm tối đa 12)",
            "Nhóm đạt điểm tối đa: Mức độ hài lòng", "hơn 31%",
        ]),
        ("province-2023-11", "", [
            "không nêu tổng điểm, xếp loại và thứ hạng", "Có 04/05 nhóm",
            "Tỷ lệ hồ sơ đúng hạn đã công bố: 81,42%", "573 | 1.733 | 33,1",
        ]),
        ("phutho-2026-ytd", "", [
            "Theo điểm sáu nhóm chỉ số đã công bố, UBND tỉnh Phú Thọ đạt 61,89/100 điểm",
            "Phú Thọ được 62,76 điểm, xếp hạng 12/34", "thì xếp hạng 16/34", "là 61,71/100 điểm",
            "597.918 hồ sơ; 528.684 hồ sơ đúng hạn (88,4%), 69.234 hồ sơ quá hạn",
            "đạt 230/570 phản ánh, kiến nghị", "516 | 1.884 | 27,4 | 1,10 | 4 | 2,90",
            "12/12 đơn vị có số liệu có hồ sơ quá hạn, cộng 5.459 hồ sơ", "chỉ gồm một phần",
        ]),
        ("phutho-2026-08", "", [
            "đạt 59,91/100 điểm", "tháng 8/2026", "đọc ngày 26/09/2026", "Không xếp hạng",
        ]),
        (VN, "H44", [
            "đạt 62,18/100 điểm", "Xếp hạng 19/34 tỉnh, thành phố", "là 62,59/100 điểm",
            "17,81/20 điểm (điểm trung bình cả nước là 17,56/20 điểm)", "thấp hơn 0,41 điểm",
            "670.094 hồ sơ; 596.701 hồ sơ đúng hạn (89,0%), 73.393 hồ sơ quá hạn",
            "03 chỉ tiêu: Dịch vụ công trực tuyến được cung cấp", "10/10/2026 14:00",
        ]),
        (VN, "H21", [
            "28/29 đơn vị có số liệu có hồ sơ quá hạn, cộng 44.061 hồ sơ",
            "120 đơn vị không công bố số hồ sơ", "20 đơn vị có nhiều hồ sơ quá hạn nhất",
            "Sở, ban, ngành: 04/14 đơn vị xếp loại Khá; 07/14 đơn vị xếp loại Trung bình",
            "01 đơn vị không phát sinh hồ sơ trong kỳ", "14 sở, ban, ngành; 135 xã, phường",
        ]),
        (GIALAI, "H21.181", [
            "đạt 66,56/100 điểm", "Có 02/06 nhóm", "Xếp hạng 118/135 xã, phường",
            "11,79/18 điểm (điểm trung bình của 135 xã, phường là 11,79/18 điểm)",
            "đạt 39/4.218 hồ sơ (0,9%, đủ điểm từ 100%), còn thiếu 4.179 hồ sơ",
        ]),
    ],
)  # fmt: skip
def test_published_figures_stand_in_the_text_as_they_were_published(baseline, unit, printed):
    text = words(content(baseline, unit))
    assert [figure for figure in printed if figure not in text] == []


def some_units(baseline: str) -> list[str]:
    """The default unit, and the first of every level."""
    units = library.load(baseline).units.values()
    first = {unit.level: unit.code for unit in reversed(list(units))}
    idle = [unit.code for unit in units if unit.has_no_dossiers(library.load(baseline).edition)]
    return list(dict.fromkeys([library.load(baseline).default_unit, *first.values(), *idle[:1]]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("baseline", baseline_ids())
def test_every_kind_of_unit_of_all_shipped_figures_can_be_announced(baseline, language):
    for unit in some_units(baseline):
        told = content(baseline, unit, language)
        text = words(told)
        assert tuple(told.sections) == SECTIONS
        assert told.sections["yeu_cau"][-1].text.endswith("./.")
        assert "None" not in text.replace("None of", "") and "{" not in text
        for block in told.sections["phu_luc"]:
            if isinstance(block, Grid):
                assert {len(row) for row in block.rows} <= {len(block.head)}
        for table in tables(subject(baseline, unit, language)):
            assert len(table.frame) and set(table.decimals) <= set(table.frame.columns)


def test_every_province_is_told_its_own_published_scores():
    baseline = library.load(VN)
    for unit in baseline.units.values():
        rows = {row[0]: row for row in sheet(VN, "groups", unit.code).rows}
        for group in baseline.edition.groups:
            assert rows[group.name["vi"]][1] == unit.groups[group.code]
        assert rows["Tổng điểm"][1] == unit.total
        assert f"hạng {unit.published_rank}/34" in words(content(VN, unit.code), "ket_qua_chung")


def test_units_are_ranked_in_their_own_list_and_ties_share_their_place():
    listed = sheet(GIALAI, "units_commune")
    assert len(listed.rows) == 135
    totals = [row[3] for row in listed.rows]
    assert totals == sorted(totals, reverse=True)
    for row in listed.rows:
        assert row[0] == 1 + sum(total > row[3] for total in totals)
        assert ("đồng hạng" in row[-1]) == (totals.count(row[3]) > 1)
    assert [row[0] for row in listed.rows[10:14]] == [11, 12, 12, 14]
    assert {row[2].split(".")[0] for row in listed.rows} == {"H21"}
    assert len(sheet(GIALAI, "units_department").rows) == 14


def test_a_place_the_portal_gives_differently_is_told_beside_ours():
    text = words(content(GIALAI, "H21.146"), "ket_qua_chung")
    assert "Xếp hạng 12/135 xã, phường (đồng hạng). Thứ hạng Cổng ghi là 13/135" in text
    assert "Thứ hạng Cổng ghi" not in words(content(GIALAI, "H21.195"), "ket_qua_chung")


def test_the_unit_itself_stands_out_in_its_list():
    listed = sheet(GIALAI, "units_commune")
    assert [listed.rows[k][2] for k in listed.bold] == ["H21.181"]
    provinces = sheet(VN, "units_province", "H44")
    assert [provinces.rows[k][:2] for k in provinces.bold] == [(19, "Phú Thọ")]


def test_a_unit_without_dossiers_is_marked_where_it_is_ranked():
    rows = {row[2]: row for row in sheet(VN, "units_department", "H21").rows}
    assert rows["H21.20"][-1] == "không phát sinh hồ sơ"
    text = words(content(VN, "H21"), "don_vi_truc_thuoc")
    assert "Thanh tra tỉnh" in text and "13 đơn vị có điểm nhóm" in text


def test_units_of_a_part_of_a_list_get_no_place():
    for key in ("units_department", "units_commune"):
        listed = sheet("phutho-2026-ytd", key)
        assert {row[0] for row in listed.rows} == {None}
        assert "không xếp hạng" in listed.note


@pytest.mark.parametrize(
    ("baseline", "unit", "late", "known", "whole"),
    [("tth-2022", "", 28, 30, 30), (VN, "H21", 28, 29, 149), ("phutho-2026-ytd", "", 12, 12, 12)],
)
def test_overdue_dossiers_are_listed_completely_and_the_most_first(
    baseline, unit, late, known, whole
):
    told = told_of(subject(baseline, unit))
    counts = [one.overdue for one in told.lateness.late]
    assert len(counts) == late and counts == sorted(counts, reverse=True)
    assert len(told.lateness.known) == known
    assert len(told.lateness.known) + len(told.lateness.silent) == whole
    annex = sheet(baseline, "components", unit)
    column = [one.title for one in annex.columns].index("Hồ sơ quá hạn")
    in_annex = [row[column] for row in annex.rows if row[1] != told.view.unit.code]
    assert len(in_annex) == known and [count for count in in_annex if count] == counts
    assert in_annex == sorted(in_annex, reverse=True)
    assert (f"{whole - known} đơn vị không công bố" in annex.note) == (known < whole)


def test_overdue_is_received_less_on_time_where_it_is_not_printed():
    baseline = library.load("phutho-2026-ytd")
    one = below(subject("phutho-2026-ytd").view)[0]
    bare = replace(baseline.units["H44.07"], facts=())
    listed = replace(one, rows=tuple(replace(row, unit=bare) for row in one.rows[:1]))
    (known,) = lateness([listed]).known
    assert (known.overdue, known.received) == (618, 2270)


def test_an_estimate_of_the_rules_is_never_announced():
    """Rates of 2022 would score points by the rules of 2026, which nobody published."""
    for unit in ("000.00.03.H57", "000.00.31.H57"):
        assert set(told_of(subject("tth-2022", unit)).scores.groups.values()) == {None}
    keys = [one.sheet.key for one in annexes(told_of(subject("tth-2022")))]
    assert "units_department" not in keys and "units_district" in keys
    assert {row[6] for row in sheet("tth-2022", "units_district").rows} == {None}
    indicators = sheet("tth-2022", "indicators")
    for k, row in enumerate(indicators.rows):
        assert k in indicators.bold or row[4:7] == (None, None, None)


def test_levers_and_starting_values_of_the_scenario_change_nothing():
    moved = saved(
        Scenario(
            VN, "H44", (("ON_TIME", 3000.0),), (("ONLINE_SERVICE_USED", 516.0, 1884.0),),
            until="2026-12-31",
        )
    )  # fmt: skip
    assert moved.is_moved
    assert of(moved) == content(VN, "H44")
    assert "516" not in words(of(moved), "uu_diem_han_che", "yeu_cau")


def test_figures_that_were_not_published_stay_unknown():
    rows = {row[0]: row for row in sheet(VN, "indicators", "H44").rows}
    assert rows["Dịch vụ công trực tuyến có phát sinh hồ sơ"][1:6] == (None, None, None, None, 4)
    inferred = rows["Thủ tục thu phí được cung cấp thanh toán trực tuyến"]
    assert inferred[1:4] == (None, None, None) and "suy ra từ điểm nhóm" in inferred[-1]
    grids = [one for one in content(VN, "H44").sections["phu_luc"] if isinstance(one, Grid)]
    assert any(row[1:6] == ("—", "—", "—", "—", "4") for row in grids[1].rows)


def test_a_unit_without_published_groups_gets_no_strong_or_weak_points():
    told = content("tth-2022", "000.00.31.H57")
    assert told.sections["uu_diem_han_che"] == []
    assert "không công bố điểm từng nhóm" in words(told, "nhom_chi_so")
    heads = [one.text for name in SECTIONS for one in told.sections[name]
             if isinstance(one, Heading) and one.level == 1]  # fmt: skip
    assert [head.split(".")[0] for head in heads] == ["I", "II", "III"]


def test_a_unit_with_nothing_but_rates_announces_those_and_no_scores():
    told = content("bencau-2023-02", "000.20.31.H53")
    titles = [one.title for one in told.sections["phu_luc"] if isinstance(one, Annex)]
    assert titles[0].startswith("KẾT QUẢ CÁC CHỈ TIÊU THÀNH PHẦN")
    assert "97,3" in words(told, "phu_luc")


def test_nobody_of_today_is_asked_about_figures_of_an_edition_that_is_over():
    for baseline in ("tth-2022", "bencau-2023-02", "binhthuan-2023", "nari-2023-10m"):
        told = told_of(subject(baseline))
        text = words(content(baseline), "yeu_cau")
        for lever in told.view.edition.levers:
            assert lever.responsible["vi"] not in text
        assert "rút kinh nghiệm từ các hạn chế nêu trên" in text
        assert text.endswith("gửi các cơ quan, đơn vị liên quan để biết./.")


def test_weak_points_are_not_referred_to_where_none_are_told():
    for baseline, unit in (("tth-2022", "000.00.31.H57"), ("bencau-2023-02", "000.20.31.H53")):
        told = content(baseline, unit)
        assert told.sections["uu_diem_han_che"] == []
        text = words(told, "yeu_cau")
        assert "tiếp tục nâng cao kết quả trong các kỳ sau" in text and "hạn chế" not in text


def test_annexes_on_paper_have_no_codes_and_no_columns_without_figures():
    for baseline, key in (
        ("phutho-2026-ytd", "units_department"),
        ("phutho-2026-ytd", "components"),
        (VN, "units_province"),
    ):
        whole = sheet(baseline, key)
        printed = whole.printed()
        codes = {row[1 if key == "components" else 2] for row in whole.rows}
        assert "Mã đơn vị" in [one.title for one in whole.columns]
        assert "Mã đơn vị" not in [one.title for one in printed.columns]
        for k in range(len(printed.columns)):
            assert any(row[k] not in (None, "") for row in printed.rows)
        text = words(content(baseline), "phu_luc")
        assert not [code for code in codes if f"{code} |" in text]
    departments = sheet("phutho-2026-ytd", "units_department").printed()
    assert [one.title for one in departments.columns][:2] == ["Đơn vị", "Tổng điểm"]


def test_groups_above_the_mean_are_told_in_one_sentence():
    strong = words(content("phutho-2026-ytd"), "uu_diem_han_che")
    assert "Cao hơn điểm trung bình cả nước: Tiến độ giải quyết (+0,16 điểm); Dịch vụ" in strong


def test_notes_on_paper_have_no_names_of_the_portals_fields():
    text = words(content("phutho-2026-ytd"), "phu_luc")
    assert "TEMP_NATIONAL" not in text and "Cổng dùng mẫu số tạm nên tử số bằng" in text
    assert "thanh toán trực tuyến; chỉ có điểm của nhóm" in words(content(VN, "H21"), "phu_luc")
    for language in LANGUAGES:
        assert "FeeDossier" not in words(content(VN, "H21", language), "phu_luc")


@pytest.mark.parametrize("language", LANGUAGES)
def test_notes_tell_nothing_twice_and_nothing_of_simulations(language):
    for baseline in baseline_ids():
        notes = [str(row[0]) for row in sheet(baseline, "notes", language=language).rows]
        assert len(set(notes)) == len(notes)
        assert not [one for one in notes if "mô phỏng" in one or "simulated" in one]
    provisional = {"vi": "mẫu số tạm", "en": "temporary denominator"}[language]
    notes = [str(row[0]) for row in sheet("phutho-2026-ytd", "notes", language=language).rows]
    assert len([one for one in notes if provisional in one]) == 1
    # The sentence itself stays, and flags that no other note explains.
    silent = {"vi": "Điểm của từng chỉ tiêu không được công bố trong giai đoạn này.",
              "en": "Points of single indicators were not published in this period."}  # fmt: skip
    bounds = [str(row[0]) for row in sheet("nari-2023-10m", "notes", language=language).rows]
    assert silent[language] in bounds
    assert any("mức tối thiểu" in one or "lower bound" in one for one in bounds)


def test_units_are_called_without_the_province_behind_a_dash():
    text = words(content(GIALAI, "H21.17"))
    assert "Sở Văn hóa, Thể thao và Du lịch tỉnh Gia Lai" in text
    assert " - tỉnh Gia Lai" not in text


@pytest.mark.parametrize(
    ("name", "level", "called"),
    [
        ("Sở Lao động - Thương binh và Xã hội - tỉnh Thừa Thiên Huế", "department",
         "Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế"),
        ("Văn phòng UBND Tỉnh - Tỉnh Phú Thọ", "department", "Văn phòng UBND tỉnh Phú Thọ"),
        ("Thanh tra tỉnh - tỉnh Gia Lai", "department", "Thanh tra tỉnh Gia Lai"),
        ("Sở Y tế - TP. Hồ Chí Minh", "department", "Sở Y tế TP. Hồ Chí Minh"),
        ("Sở  Y tế", "department", "Sở Y tế"),
        ("UBND Phường Việt Trì", "commune", "UBND phường Việt Trì"),
        ("UBND xã Lâm Thao - Tỉnh Phú Thọ", "commune", "UBND xã Lâm Thao"),
        ("UBND xã Kông Bơ La - Gia Lai", "commune", "UBND xã Kông Bơ La"),
        ("UBND Thành phố Hồ Chí Minh", "province", "UBND thành phố Hồ Chí Minh"),
    ],
)  # fmt: skip
def test_units_are_called_as_a_sentence_does(name, level, called):
    unit = next(iter(library.load(GIALAI).units.values()))
    assert unit_name(replace(unit, name=name, level=level)) == called


def test_kinds_of_units_begin_small_inside_a_sentence():
    assert "nêu kết quả của các cơ quan chuyên môn huyện; 09 xã" in words(content("bencau-2023-02"))
    ends = words(content("phutho-2026-ytd"), "don_vi_truc_thuoc")
    assert "| Phường Nông Trang; phường Thanh Miếu |" in ends


def test_a_period_to_date_is_told_in_brackets():
    for name in ("can_cu", "yeu_cau"):
        text = words(content("phutho-2026-ytd"), name)
        assert "kết quả năm 2026 (lũy kế đến ngày 26/09/2026)" in text
    abstract = content("phutho-2026-ytd").fields["trich_yeu"]
    assert "năm 2026 (lũy kế đến ngày 26/09/2026) của UBND tỉnh Phú Thọ" in abstract
    assert (
        content("binhthuan-2023").fields["trich_yeu"].endswith("năm 2023 của UBND tỉnh Bình Thuận")
    )
    english = words(content("phutho-2026-ytd", "", "en"), "can_cu")
    assert "announces its results, Year 2026 to date (26 September 2026), as follows" in english


def test_how_the_mean_is_known_follows_the_mean_at_once():
    result = content("phutho-2026-ytd").sections["ket_qua_chung"]
    (told,) = [one.text for one in result if "Điểm trung bình cả nước là" in one.text]
    assert "cao hơn 0,18 điểm. Điểm trung bình cả nước tính từ 34 tỉnh" in told
    assert "tính từ 34 tỉnh" not in words(content("phutho-2026-ytd"), "nhom_chi_so")


def test_each_large_loss_is_requested_from_those_who_can_repair_it():
    told = told_of(subject(VN, "H21"))
    text = words(content(VN, "H21"), "yeu_cau").splitlines()
    for number, loss in enumerate(told.losses[:5], start=1):
        lever = next(
            one for one in told.view.edition.levers if one.indicator == loss.indicator.code
        )
        (line,) = [one for one in text if one.startswith(f"{number}. ")]
        assert lever.responsible["vi"] in line and lever.name["vi"][1:] in line
    assert any(line.startswith("6. Thủ trưởng 28 đơn vị có hồ sơ quá hạn") for line in text)
    assert not any(line.startswith("7. ") for line in text)


def test_a_group_without_published_parts_is_to_be_reviewed_and_no_action_is_guessed():
    """98.6 % online with full marks from 50 %, or a provisional 6/6, is nothing to ask for."""
    for unit in ("H44", "H53", "H56"):
        text = words(content(VN, unit), "yeu_cau")
        assert "nâng tỷ lệ nộp hồ sơ trực tuyến" not in text and "đồng bộ hồ sơ" not in text
        assert "rà soát các chỉ tiêu thành phần của nhóm Dịch vụ trực tuyến (mới đạt" in text


def test_an_action_is_requested_where_the_rest_of_its_group_cannot_lose_as_much():
    """8.29 of 12 points lost: more than the other two can lose, for the parts of 6 and 4 points."""
    text = words(content(GIALAI, "H21.01"), "yeu_cau")
    assert (
        "còn thiếu 8,29 điểm), tập trung vào: nâng tỷ lệ nộp hồ sơ trực tuyến; "
        "phát sinh hồ sơ ở thêm dịch vụ trực tuyến." in text
    )
    assert "cung cấp thêm dịch vụ công trực tuyến" not in text


def test_means_and_the_best_leave_out_units_without_dossiers_and_say_how_many():
    units = [unit for unit in library.load(GIALAI).units.values() if unit.level == "department"]
    working = [unit for unit in units if unit.code != "H21.20"]
    for code in ("H21.01", "H21.20"):
        found = told_of(subject(GIALAI, code))
        assert (found.count_compared, found.count_idle) == (13, 1)
        for group, marks in found.marks.items():
            scores = [unit.groups[group] for unit in working]
            assert marks.mean == round(sum(scores) / 13) and marks.best == max(scores)
        rows = {row[0]: row for row in sheet(GIALAI, "groups", code).rows}
        assert rows["Tổng điểm"][4] == max(unit.total for unit in working)
        assert "không tính 01 đơn vị" in sheet(GIALAI, "groups", code).note
        assert words(content(GIALAI, code)).count("không tính 01 đơn vị") == 2
        assert "không tính 01 đơn vị" in words(content(GIALAI, code), "ket_qua_chung")
    text = words(content(GIALAI, "H21.01"))
    assert "Điểm trung bình của 13 sở, ban, ngành là 63,45/100 điểm" in text
    assert "Công khai, minh bạch: 11,79/18 điểm, cao hơn" not in text
    assert "không tính" not in words(content(VN, "H44"), "nhom_chi_so")


def test_overdue_of_the_period_is_not_told_as_still_open():
    own = words(content(GIALAI, "H21.01"))
    assert "rà soát 1 hồ sơ quá hạn trong kỳ (gồm cả hồ sơ đã giải quyết); nếu còn" in own
    below_it = words(content(VN, "H21"))
    assert "44.061 hồ sơ (hồ sơ quá hạn trong kỳ, gồm cả hồ sơ đã giải quyết" in below_it
    assert "đang có" not in own and "đang tồn" not in own + below_it


@pytest.mark.parametrize(
    ("baseline", "unit", "who"),
    [("phutho-2026-08", "H44", "11 đơn vị"),
     ("phutho-2026-08", "H44.07", "Cơ quan giải quyết hồ sơ")],
)  # fmt: skip
def test_what_was_overdue_in_a_closed_period_is_not_ordered_to_be_finished(baseline, unit, who):
    assert told_of(subject(baseline, unit)).is_over
    text = words(content(baseline, unit), "yeu_cau")
    (line,) = [one for one in text.splitlines() if "làm rõ nguyên nhân" in one]
    assert who in line and "dứt điểm" not in text and "đang tồn" not in text


def test_a_period_is_over_by_its_days_or_by_its_name_where_nobody_knows_when_it_was_read():
    found = {one: told_of(subject(one)).is_over for one in baseline_ids()}
    assert {one for one, is_over in found.items() if not is_over} == {
        VN, GIALAI, "phutho-2026-ytd", "vn-2026-09-26"
    }  # fmt: skip
    assert library.load("binhthuan-2023").captured_at == ""


def test_the_publisher_is_cited_and_the_way_of_the_figures_stands_in_the_workbook_only():
    baselines = [library.load(one) for one in baseline_ids()]
    assert not [one.id for one in baselines if " qua " in publisher(one, "vi")]
    for baseline in ("phutho-2026-ytd", VN, GIALAI):
        for language in LANGUAGES:
            told = content(baseline, "", language)
            repository = library.load(baseline).source.partition(" qua ")[2]
            assert repository not in words(told)
            notes = tables(subject(baseline, "", language))[-1]
            assert notes.frame.to_string().count(repository) == 1
    assert "(nguồn: Cổng Dịch vụ công quốc gia; đọc ngày 26/09/2026)" in words(
        content("phutho-2026-ytd"), "can_cu"
    )
    assert "National Public Service Portal" in words(content(VN, "H44", "en"), "can_cu")
    letter = "UBND tỉnh Thừa Thiên Huế, Công văn số 1986/UBND-KSTT ngày 08/03/2023"
    assert publisher(library.load("tth-2022"), "en") == letter


def test_nothing_is_requested_about_cases_that_never_came():
    text = words(content("phutho-2026-08", "H44.01"), "yeu_cau")
    assert "giải quyết đúng hạn thêm hồ sơ" not in text and "0/0" not in text
    assert "kết nối thủ tục với dữ liệu dân cư (mới đạt 0/3 thủ tục" in text


def test_earlier_readings_of_the_same_list_are_compared_with_their_day():
    days = totals_by_day()
    month = days["2026-09-17"]
    rank = 1 + sum(total > month["H44"] for total in month.values())
    text = words(content(VN, "H44"), "ket_qua_chung")
    assert f"ngày 17/09/2026: tổng điểm 62,60 → 62,18 (−0,42 điểm), thứ hạng {rank}/34" in text
    assert "lần đọc số liệu ngày 09/10/2026" in text
    for baseline in ("phutho-2026-08", "binhthuan-2023", "bencau-2023-02"):
        assert "lần đọc số liệu" not in words(content(baseline), "ket_qua_chung")


def test_annexes_are_numbered_without_gaps_and_named_rightly_in_the_text():
    for baseline, unit in (("bencau-2023-02", ""), ("tth-2022", ""), (VN, "H21"), (GIALAI, "")):
        told = content(baseline, unit)
        titles = {one.number: one.title for one in told.sections["phu_luc"]
                  if isinstance(one, Annex)}  # fmt: skip
        numbers = [f"Phụ lục {one}" for one in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")]
        assert list(titles) == numbers[: len(titles)]
        text = words(told, *SECTIONS[:-1])
        assert titles["Phụ lục I"].startswith("KẾT QUẢ TỪNG NHÓM")
        for number, title in titles.items():
            if f"Đầy đủ 28 đơn vị tại {number}." in text:
                assert title.startswith("MỘT SỐ TIÊU CHÍ THÀNH PHẦN")


def test_english_announcements_hold_no_vietnamese_sentence():
    told = content(VN, "H21", "en")
    text = words(told, *SECTIONS[:-1])
    assert "66.23 of 100 points" in text and "Rank 4 of 34 provinces" in text
    assert "28/29 units with figures have overdue dossiers, 44,061 in all" in text
    for word in ("điểm", "hồ sơ", "đơn vị", "Phụ lục", "hạng"):
        assert word not in text


def test_the_document_holds_the_text_and_turns_wide_annexes():
    told = content(VN, "H21")
    made = Document(io.BytesIO(document(shipped_template(Part.ANNOUNCEMENT, "vi"), told)))
    paragraphs = "\n".join(one.text for one in made.paragraphs)
    assert "Tổng số điểm của UBND tỉnh Gia Lai đạt 66,23/100 điểm" in paragraphs
    assert "Phụ lục VII" in paragraphs
    turned = [one.orientation for one in made.sections]
    assert WD_ORIENT.LANDSCAPE in turned and turned[0] == WD_ORIENT.PORTRAIT
    longest = max(made.tables, key=lambda one: len(one.rows))
    assert len(longest.rows) == 136  # the head and 135 communes


def test_annexes_as_a_workbook_hold_numbers_and_no_formula_of_a_name():
    told = told_of(subject(GIALAI))
    view = told.view
    hostile = '=HYPERLINK("http://x.vn";"x")'
    evil = replace(view.unit, name=hostile, short_name=hostile)
    listed = replace(view.baseline, units={**view.baseline.units, evil.code: evil})
    evil_told = Told(replace(view, unit=evil, baseline=listed), told.say)
    made = [part.sheet.table(told.say) for part in annexes(evil_told)]
    book = openpyxl.load_workbook(io.BytesIO(table_book(made, {"Đơn vị": hostile}, "vi")))
    cells = [cell for one in book for row in one.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert hostile in {cell.value for cell in cells}
    assert 66.56 in {cell.value for cell in cells} and 4218 in {cell.value for cell in cells}


def test_tables_of_the_workbook_hold_points_and_places_as_numbers():
    found = {table.key: table for table in tables(subject(VN, "H44"))}
    provinces = found["units_province"].frame
    assert list(provinces["Hạng"])[:3] == [1, 2, 3]
    own = provinces[provinces["Mã đơn vị"] == "H44"].iloc[0]
    assert (own["Tổng điểm"], own["Hạng"], own["Tiến độ giải quyết"]) == (62.18, 19, 17.81)
    assert found["units_province"].decimals["Tổng điểm"] == 2
    groups = found["groups"].frame.set_index("Nhóm chỉ số")
    assert groups.loc["Tổng điểm", "Chênh lệch với trung bình"] == -0.41
    assert found["notes"].frame.shape[1] == 1


def test_sheets_of_the_workbook_have_short_names_in_the_order_of_the_annexes():
    book = table_book(tables(subject(VN, "H21")), {"Đơn vị": "UBND tỉnh Gia Lai"}, "vi")
    names = openpyxl.load_workbook(io.BytesIO(book)).sheetnames[1:]
    assert names == [
        "Phụ lục I - Nhóm chỉ số", "Phụ lục II - Chỉ tiêu", "Phụ lục III - 14 sở, ban, ngành",
        "Phụ lục IV - 135 xã, phường", "Phụ lục V - Tiêu chí đơn vị",
        "Phụ lục VI - 34 tỉnh, thành phố"[:31], "Phụ lục VII - Ghi chú",
    ]  # fmt: skip
