"""The decision paper and its page for a meeting: their figures are those of the engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from simulator import library
from simulator.baseline import Unit
from simulator.baseline_files import baseline_ids
from simulator.contributions import PRESENT_RATES
from simulator.movement import Basis
from simulator.numbers import format_date, format_points
from simulator.peers_mode import PeersMode
from simulator.plan_target import Target
from simulator.presentation.speech import speech_for
from simulator.rank import Peers, group_scores
from simulator.reports.announcement.told import told_of
from simulator.reports.blocks import Annex, Chart, Content, Grid, Heading, Items, Paragraph
from simulator.reports.order import Part
from simulator.reports.paper.page import MOST_TASKS
from simulator.scenario import Scenario
from simulator.summary import group_marks
from simulator.text import LANGUAGES
from tests.reports.papers import (
    EIGHT,
    GIALAI,
    PHU_THO,
    UNTIL,
    VN,
    content_of,
    eight,
    eight_filled,
    filled,
    half_of_all,
    opened,
    paragraphs,
    saved,
    text_of,
)

COMMUNE = "H21.227"
OWN_HOURS = tuple((code, 2.0) for code, _ in EIGHT)


def told(content: Content) -> str:
    """Everything a paper says, block by block."""
    lines = list(content.fields.values())
    for blocks in content.sections.values():
        for block in blocks:
            match block:
                case Heading() | Paragraph():
                    lines.append(block.text)
                case Items():
                    lines += block.texts
                case Grid():
                    lines += [block.title, *block.head, block.note]
                    lines += [cell for row in block.rows for cell in row]
                case Chart():
                    lines += [block.title, block.caption]
                case Annex():
                    lines += [block.number, block.title]
    return "\n".join(lines).replace("\u00a0", " ")


def headings(content: Content) -> list[str]:
    blocks = [one for section in content.sections.values() for one in section]
    return [one.text for one in blocks if isinstance(one, Heading)]


def grids(content: Content, tag: str) -> list[Grid]:
    return [one for one in content.sections[tag] if isinstance(one, Grid)]


def chart_keys(content: Content) -> list[str]:
    blocks = [one for section in content.sections.values() for one in section]
    return [one.key for one in blocks if isinstance(one, Chart)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("baseline_id", baseline_ids())
def test_every_shipped_baseline_makes_a_paper_with_the_published_figures(baseline_id, language):
    unit = library.load(baseline_id).default_unit
    subject = saved(Scenario(baseline_id, unit), language)
    paper, page = content_of(subject), content_of(subject, part=Part.PAGE)
    before = subject.view.projection.before
    for text in (told(paper), told(page)):
        assert subject.view.unit.name in text
        if before.total is not None:
            assert subject.say.name(before.score_class.name) in text
            assert format_points(before.total, 2 if before.total % 10 else subject.say.decimals,
                                 language) in text  # fmt: skip
        if before.standing is not None:
            of = " of " if language == "en" else "/"
            assert f"{before.standing.rank}{of}{before.standing.of}" in text
        assert {"None", "nan"}.isdisjoint(text.replace("None of these", "").split())
        assert "{" not in text
    assert paper.fields["ten_loai"] == {"vi": "BÁO CÁO", "en": "REPORT"}[language]
    captured = subject.view.baseline.captured_at
    assert not captured or format_date(captured) in told(paper)


@pytest.mark.parametrize("baseline_id", baseline_ids())
def test_what_half_of_every_lever_leads_to_stands_in_the_paper(baseline_id):
    unit = library.load(baseline_id).default_unit
    moved = half_of_all(baseline_id, unit)
    if not moved:
        assert not library.load(baseline_id).unit(unit).evidence[0].denominator
        return
    subject = saved(Scenario(baseline_id, unit, moved))
    paper, projection = content_of(subject), subject.view.projection
    text = told(paper)
    # Nobody can be asked to do anything in a period that is over.
    is_over = told_of(subject).is_over
    assert paper.fields["ten_loai"] == ("BÁO CÁO" if is_over else "KẾ HOẠCH")
    assert any("SO SÁNH NẾU ĐÃ THỰC HIỆN" in one for one in headings(paper)) == is_over
    assert any("TỔ CHỨC THỰC HIỆN" in one for one in headings(paper)) != is_over
    assert "như thể cả kỳ" in text
    assert subject.say.points(projection.total_change, sign=True) in text
    if projection.after.total is not None:
        shown = subject.say.points(projection.after.total)
        estimated = f"{shown} (ước tính)" if subject.view.edition.estimate else shown
        assert f"{estimated} điểm" in text
    # As if for the whole period there is nothing to spread over months.
    assert not [one for one in headings(paper) if "THÁNG" in one]


def test_the_paper_of_a_province_that_looks_ahead_has_all_its_parts():
    subject = eight()
    paper = content_of(subject, saved(Scenario(PHU_THO, "H44", EIGHT[:3], until=UNTIL)))
    assert [one for one in headings(paper) if one[0] in "IV"] == [
        "I. HIỆN TRẠNG", "II. CÁC NỘI DUNG CÒN MẤT ĐIỂM", "III. PHƯƠNG ÁN ĐỀ XUẤT",
        "IV. CHỈ TIÊU THEO THÁNG VÀ THEO ĐƠN VỊ", "V. GIẢ ĐỊNH",
        "VI. MỨC ĐỘ CHẮC CHẮN CỦA THỨ HẠNG", "VII. TỔ CHỨC THỰC HIỆN",
    ]  # fmt: skip
    assert chart_keys(paper) == ["groups", "losses", "waterfall", "places", "ladder"]
    annexes = [one for one in paper.sections["phu_luc"] if isinstance(one, Annex)]
    assert [(one.number, one.is_wide) for one in annexes] == [
        ("Phụ lục I", False), ("Phụ lục II", True), ("Phụ lục III", True), ("Phụ lục IV", False),
    ]  # fmt: skip
    after = subject.view.projection.after
    goal = next(one.text for one in paper.sections["phuong_an"] if isinstance(one, Paragraph))
    assert goal.startswith("Đến hết ngày 31/12/2026, tổng điểm của UBND tỉnh Phú Thọ dự kiến đạt ")
    assert f"{subject.say.points(after.total)} điểm" in goal
    assert after.standing is not None
    assert f"thứ hạng là {after.standing.rank}/34 (hiện nay 16/34)" in told(paper)


def test_the_tasks_bring_together_what_the_total_gains():
    subject = eight()
    table = grids(content_of(subject), "phuong_an")[0]
    *tasks, whole = table.rows
    points = [round(100 * float(row[4].replace(",", ".").replace("−", "-"))) for row in tasks]
    assert sum(points) == subject.view.projection.total_change
    assert whole[4] == subject.say.points(subject.view.projection.total_change, sign=True)
    assert points == sorted(points, reverse=True)
    parts = {part.lever: part.hundredths for part in subject.contributions}
    own = [subject.view.edition.lever_by_code[code] for code in parts if code != PRESENT_RATES]
    assert {row[1] for row in tasks} >= {lever.name["vi"] for lever in own}
    assert any("+3.000 hồ sơ" in row[2].replace("\u00a0", " ") for row in tasks)


def test_the_losses_are_told_with_counts_rate_cap_and_what_is_missing():
    table = grids(content_of(eight()), "mat_diem")[0]
    row = next(one for one in table.rows if one[1] == "Hồ sơ giải quyết đúng hạn")
    assert row[2:] == ("528.684/597.918", "88,4%", "100%", "17,68/20", "2,32", "69.234")
    text = told(content_of(eight()))
    assert "đã đạt tối đa, làm thêm không tăng điểm" in text
    assert "Hồ sơ nộp trực tuyến" in text


def test_the_annex_has_every_indicator_with_its_points_now_and_with_the_plan():
    subject = eight()
    table = grids(content_of(subject), "phu_luc")[0]
    rows = {row[0]: row for row in table.rows}
    for k, item in enumerate(subject.view.edition.indicators):
        row = rows[item.name["vi"]]
        assert row[3] == subject.say.points(subject.view.projection.before.indicators[k])
        assert row[4] == subject.say.points(subject.view.projection.after.indicators[k])
        assert row[5] == str(item.maximum)
    assert len(table.rows) == 21 + 6


def test_every_unit_below_stands_in_the_annex_with_what_it_gets():
    subject = eight()
    divided = subject.divided
    assert divided is not None
    table = grids(content_of(subject), "phu_luc")[2]
    names = [row[1] for row in table.rows]
    assert names[:-1] == [own.unit.short_name for own in divided.allocation.units]
    handed = [row.handed for row in divided.allocation.rows]
    assert list(table.rows[-1][2 : 2 + len(handed)]) == [subject.say.count(n) for n in handed]
    assert "mỗi đơn vị" not in told(content_of(subject))


def test_units_that_are_given_nothing_are_counted_not_listed():
    subject = saved(Scenario(VN, "H21", (("ON_TIME", 40.0),), until=UNTIL))
    divided = subject.divided
    assert divided is not None
    of = len(divided.allocation.units)
    given = sum(cell.share > 0 for cell in divided.allocation.rows[0].cells)
    assert 0 < given < of
    paper = content_of(subject)
    table = next(grid for grid in grids(paper, "phu_luc") if "STT" in grid.head)
    assert len(table.rows) == given + 1
    assert all(row[2] != "0" for row in table.rows)
    assert f"Không nêu {of - given} đơn vị không được giao phần nào." in told(paper)


def test_how_much_of_the_province_the_units_hold_stands_before_their_targets():
    texts = [
        text
        for one in content_of(eight()).sections["chi_tieu"]
        for text in (one.texts if isinstance(one, Items) else [getattr(one, "text", "")])
    ]
    assert "Giải quyết đúng hạn thêm hồ sơ: 8,5% (50.679/597.918)." in texts
    summary = grids(content_of(eight()), "chi_tieu")[-1]
    assert "Chưa có đơn vị nhận" in summary.head


def test_a_plan_is_named_by_the_year_it_looks_to_the_end_of():
    abstract = content_of(eight()).fields["trich_yeu"]
    assert abstract.endswith("dịch vụ công năm 2026 của UBND tỉnh Phú Thọ")
    sooner = saved(Scenario(PHU_THO, "H44", EIGHT, until="2026-11-30"))
    assert "dịch vụ công đến ngày 30/11/2026 của" in content_of(sooner).fields["trich_yeu"]
    still = content_of(saved(Scenario(PHU_THO, "H44")))
    assert "26/09/2026" in still.fields["trich_yeu"]


def test_a_page_for_a_meeting_has_no_number_as_nobody_signs_it():
    assert content_of(eight(), part=Part.PAGE).fields["so_ky_hieu"] == "Tài liệu phục vụ họp"
    assert "KH-UBND" in content_of(eight()).fields["so_ky_hieu"]


def test_months_are_told_with_their_scores():
    subject = eight()
    paper = content_of(subject)
    ends = grids(paper, "chi_tieu")[0]
    assert list(ends.head) == [
        "Nội dung", "Hiện nay", "Hết 30/09", "Hết 31/10", "Hết 30/11", "Hết 31/12",
    ]  # fmt: skip
    assert ends.rows[0][-1] == subject.say.points(subject.view.projection.after.total)


def test_a_rank_is_told_with_its_interval_chance_draws_and_seed():
    subject = eight()
    ahead, score = subject.view.rank_ahead, subject.view.projection.after.total
    assert ahead is not None and score is not None
    best, middle, worst = ahead.ends(score)
    text = told(content_of(subject))
    places = f"từ hạng {best} đến hạng {worst}"
    assert f"đứng quanh hạng {middle}; khoảng 90% khả năng {places}" in text
    assert "20.000 lần rút, mã ngẫu nhiên 1" in text
    goal = [
        one.text for one in content_of(subject).sections["phuong_an"] if isinstance(one, Paragraph)
    ]
    told_places = next(text for text in goal if places in text)
    # The place that only holds if nobody else moves comes after what is to be expected.
    assert told_places.index(places) < told_places.index("giữ nguyên điểm đã công bố")
    page = told(content_of(subject, part=Part.PAGE))
    assert f"từ hạng {best} đến hạng {worst}" in page


def test_places_that_rest_on_how_provinces_move_are_told_where_they_are_named():
    subject = saved(Scenario(GIALAI, COMMUNE, half_of_all(GIALAI, COMMUNE, UNTIL), until=UNTIL))
    ahead = subject.view.rank_ahead
    assert ahead is not None and ahead.movement is not None
    assert ahead.movement.basis is Basis.DEFAULT
    words = "dùng mức biến động của 34 tỉnh, thành phố mùa thu 2026"
    paper, page = content_of(subject), content_of(subject, part=Part.PAGE)
    for tag in ("phuong_an", "chac_chan"):
        texts = [one.text for one in paper.sections[tag] if isinstance(one, Paragraph)]
        assert sum(words in text for text in texts) == 1
    assert words in told(page)
    assert words not in told(content_of(eight()))


def test_peers_that_are_held_give_no_chance():
    scenario = Scenario(VN, "H44", (("ON_TIME", 3000.0),), until=UNTIL, peers=PeersMode.FIXED)
    paper = content_of(saved(scenario))
    assert "Khả năng đứng từ hạng" not in told(paper)
    assert "Các đơn vị khác được giữ nguyên điểm đã đọc" in told(paper)
    assert "places" not in chart_keys(paper)


def test_a_trend_is_told_without_draws():
    scenario = Scenario(VN, "H44", (("ON_TIME", 3000.0),), until=UNTIL, peers=PeersMode.TREND)
    text = told(content_of(saved(scenario)))
    assert "theo xu hướng gần đây đến 31/12/2026" in text
    assert "rút ngẫu nhiên" not in text


def test_what_is_lowered_or_a_risk_is_nobodys_task():
    moved = (("ON_TIME", -3000.0), ("PETITION_NEW", 20.0), ("PAY_DOSSIER", 5000.0))
    paper = content_of(saved(Scenario(PHU_THO, "H44", moved, until=UNTIL)))
    doing = "\n".join(one.text for one in paper.sections["to_chuc"] if isinstance(one, Paragraph))
    assert "tăng hồ sơ thanh toán trực tuyến (+5.000 hồ sơ)" in doing.replace("\u00a0", " ")
    assert "3.000" not in doing
    assert "phát sinh phản ánh" not in doing.lower()
    own, down = grids(paper, "phuong_an")[:2]
    assert [row[1] for row in own.rows] == ["Tăng hồ sơ thanh toán trực tuyến", "Cộng"]
    assert own.rows[-1][4] == "+0,06"
    assert "Giả định bất lợi" in down.title
    assert [row[0] for row in down.rows[:2]] == [
        "Giải quyết đúng hạn thêm hồ sơ", "Phát sinh phản ánh, kiến nghị chưa xử lý"
    ]  # fmt: skip
    assert down.rows[-1][-1] == "−0,17"
    by_month = grids(paper, "phu_luc")[1]
    assert [row[0] for row in by_month.rows] == ["Tăng hồ sơ thanh toán trực tuyến (hồ sơ)"]
    page = content_of(saved(Scenario(PHU_THO, "H44", moved, until=UNTIL)), part=Part.PAGE)
    assert len(grids(page, "tom_tat")[2].rows) == 1
    assert "giả định bất lợi, không phải nhiệm vụ: Giải quyết đúng hạn" in told(page)


def test_adverse_assumptions_alone_are_no_plan():
    paper = content_of(saved(Scenario(PHU_THO, "H44", (("ON_TIME", -3000.0),), until=UNTIL)))
    assert paper.fields["ten_loai"] == "BÁO CÁO"
    assert "Nâng cao" not in told(paper)
    assert "III. KẾT QUẢ VỚI GIẢ ĐỊNH BẤT LỢI" in headings(paper)
    assert paper.sections["chi_tieu"] == []
    assert "chủ trì thực hiện" not in told(paper)


def test_hours_are_told_where_they_are_the_offices_own_only():
    paper = content_of(eight())
    assert "iờ công" not in told(paper)
    some = saved(Scenario(PHU_THO, "H44", EIGHT, until=UNTIL, hours=(("ON_TIME", 2.0),)))
    assert "iờ công" not in told(content_of(some))
    own = saved(Scenario(PHU_THO, "H44", EIGHT, until=UNTIL, hours=OWN_HOURS))
    assert "Giờ công tính theo định mức do cơ quan nhập" in told(content_of(own))
    assert "Giờ công" in grids(content_of(own), "phu_luc")[2].head


def test_hours_of_units_are_told_to_follow_their_own_rates():
    paper = content_of(saved(Scenario(PHU_THO, "H44", EIGHT, until=UNTIL, hours=OWN_HOURS)))
    tasks, shared = grids(paper, "phuong_an")[0], grids(paper, "chi_tieu")[-1]
    for grid in (tasks, shared):
        assert "cộng lại không bằng giờ công tính theo mức chung của tỉnh" in grid.note
        assert "đã làm tròn" in grid.note
    assert tasks.rows[-1][5] != shared.rows[-1][-1]


def test_a_paper_has_one_mean_of_the_country():
    paper = content_of(eight())
    first, after = grids(paper, "hien_trang")[0], grids(paper, "phuong_an")[1]
    means = [row[3] for row in first.rows]
    assert [row[-1] for row in after.rows] == means
    groups = [round(100 * float(text.replace(",", "."))) for text in means[:-1]]
    assert f"{sum(groups) / 100:.2f}".replace(".", ",") == means[-1] == "61,71"
    page = grids(content_of(eight(), part=Part.PAGE), "tom_tat")[1]
    assert [row[-1] for row in page.rows] == means
    still = grids(content_of(saved(Scenario(PHU_THO, "H44")), part=Part.PAGE), "tom_tat")[1]
    assert [row[-1] for row in still.rows] == means[:-1]


def test_a_mean_is_rounded_half_up():
    edition = library.load(VN).edition
    own = edition.group_by_code
    unit = replace(library.load(VN).unit("H44"), averages={})
    scores = group_scores(edition, unit)
    # Half of an odd sum ends in a half, and of both parities half-even would lower one.
    peers = Peers((), {}, {"X": {code: (scores[code] or 0) + 1 for code in own}}, VN, "")
    marks = group_marks(edition, unit, peers)
    assert {code: marks[code].mean for code in own} == {code: scores[code] + 1 for code in own}


def test_the_days_of_a_history_are_those_between_the_days_named():
    text = told(content_of(eight()))
    assert "từ ngày 17/09/2026 đến ngày 26/09/2026 (9 ngày, 34 đơn vị)" in text
    assert "ước lượng dựa trên 23 ngày" in text


def test_a_count_nobody_published_is_not_printed_as_one():
    subject = saved(Scenario(VN, "H44"))
    inferred = {
        item.name["vi"]
        for item, known in zip(
            subject.view.edition.indicators, subject.view.unit.evidence, strict=True
        )
        if known.assumed
    }
    assert inferred
    rows = {row[0]: row for row in grids(content_of(subject), "phu_luc")[0].rows}
    assert {rows[name][1:3] for name in inferred} == {("suy ra", "—")}


def test_the_rules_of_an_estimate_are_told_to_be_assumed():
    text = told(content_of(saved(Scenario("bencau-2023-02", "ben-cau"))))
    assert "18 chỉ tiêu đã kiểm chứng" not in text
    assert "Trọng số và ngưỡng được kiểm chứng" not in text
    assert "trọng số và ngưỡng năm 2026, là giả định đã công khai" in text
    assert "18 chỉ tiêu đã kiểm chứng" in told(content_of(eight()))


def test_what_no_unit_is_given_stays_with_the_province():
    scenario = Scenario(PHU_THO, "H44", (("ONLINE_SUBMISSION", 100.0),), until=UNTIL)
    paper = content_of(saved(scenario))
    text = told(paper)
    assert "Nâng tỷ lệ nộp hồ sơ trực tuyến: không đơn vị nào trong danh sách" in text
    assert "Số đơn vị nhận" not in text
    assert "Các đơn vị được giao chỉ tiêu" not in text
    titles = [one.title for one in paper.sections["phu_luc"] if isinstance(one, Annex)]
    assert "CHỈ TIÊU CỦA TỪNG ĐƠN VỊ" not in titles


def test_the_page_keeps_what_may_not_be_left_out():
    idle = next(
        unit.code
        for unit in library.load(GIALAI).units.values()
        if unit.has_no_dossiers(library.load(GIALAI).edition)
    )
    na_ri = library.load("nari-2023-10m").default_unit
    cases = {
        (GIALAI, idle): "Đơn vị không phát sinh hồ sơ trong kỳ",
        ("nari-2023-10m", na_ri):
            "4 nhóm cộng lại được 55,30 điểm, không khớp với tổng điểm 46,63",
        (PHU_THO, "H44"): "Danh sách đó ghi đơn vị 62,76 điểm, hạng 12/34",
    }  # fmt: skip
    for (baseline, unit), words in cases.items():
        assert words in told(content_of(saved(Scenario(baseline, unit)), part=Part.PAGE))
    nari = content_of(saved(Scenario("nari-2023-10m", na_ri)))
    beside = [one.text for one in nari.sections["hien_trang"] if isinstance(one, Paragraph)]
    assert any("không khớp với tổng điểm 46,63" in one for one in beside)


def test_tables_with_peers_name_their_list_and_its_day():
    paper = content_of(eight())
    words = "“34 tỉnh, thành phố, năm 2026 đến 26/09/2026”, đọc ngày 27/09/2026 06:46"
    for tag, number in (("hien_trang", 0), ("phuong_an", 1)):
        assert words in grids(paper, tag)[number].note
    assert "Số liệu so sánh" not in told(content_of(saved(Scenario(VN, "H44"))))


def test_months_over_on_the_day_of_the_paper_are_told():
    text = told(content_of(eight()))
    assert text.count("Phần của tháng 09 (còn 4 ngày) nằm trong thời gian đã qua") == 1
    later = content_of(saved(Scenario(VN, "H44", (("ON_TIME", 3000.0),), until=UNTIL)))
    assert "thời gian đã qua" not in told(later)


def test_a_paper_to_sign_has_no_words_for_the_program():
    text = told(content_of(eight()))
    assert "Có thể mở" not in text
    assert "Danh sách này đã được đọc lại ngày 10/10/2026" in text
    assert "vn-2026-" not in text


@pytest.mark.parametrize("baseline_id", ["bencau-2023-02", "nari-2023-10m", "phutho-2026-08"])
def test_a_column_in_which_nothing_is_known_is_left_out(baseline_id):
    subject = saved(Scenario(baseline_id, library.load(baseline_id).default_unit))
    page = content_of(subject, part=Part.PAGE)
    for table in (grids(content_of(subject), "hien_trang")[0], grids(page, "tom_tat")[1]):
        assert all(set(column) != {"—"} for column in zip(*table.rows, strict=True))
        assert len(table.rows[0]) == len(table.head) == len(table.widths) == 3


def test_nothing_moved_is_a_report_that_proposes_nothing():
    paper = content_of(saved(Scenario(VN, "H44")))
    assert paper.fields["ten_loai"] == "BÁO CÁO"
    assert "/BC-UBND" in paper.fields["so_ky_hieu"]
    assert headings(paper) == [
        "I. HIỆN TRẠNG", "II. CÁC NỘI DUNG CÒN MẤT ĐIỂM", "III. KHẢ NĂNG ĐẾN CUỐI KỲ",
        "IV. GIẢ ĐỊNH",
        "V. MỨC ĐỘ CHẮC CHẮN CỦA THỨ HẠNG", "VI. KIẾN NGHỊ",
    ]  # fmt: skip
    assert paper.sections["chi_tieu"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_ends_with_the_sign_of_its_end_once(language):
    for scenario in (Scenario(VN, "H44"), Scenario(VN, "H44", (("ON_TIME", 3000.0),))):
        paper = content_of(saved(scenario, language))
        assert told(paper).count("./.") == 1
        last = paper.sections["to_chuc"][-1]
        assert isinstance(last, Paragraph)
        assert last.text.endswith("./.")


def test_alternatives_stand_beside_the_plan_with_their_own_results():
    first, second = eight(), saved(
        Scenario(PHU_THO, "H44", EIGHT[:3], until=UNTIL), name="Tiết kiệm"
    )  # fmt: skip
    paper = content_of(first, second)
    table = next(one for one in grids(paper, "phuong_an") if "Tiết kiệm" in one.head)
    assert list(table.head) == ["Nội dung", "Hiện nay", "Kịch bản thử", "Tiết kiệm"]
    totals = [one.view.projection.after.total for one in (first, second)]
    assert list(table.rows[0][2:]) == [first.say.points(total) for total in totals]
    interval = next(row for row in table.rows if row[0].startswith("Khoảng hạng"))
    assert interval[1] == "—"
    page = grids(content_of(first, part=Part.PAGE), "tom_tat")[0]
    assert tuple(page.rows[3][1:]) == tuple(interval[1:3])
    numbers = [one.title.split(".")[0] for one in grids(paper, "phuong_an")]
    assert numbers == sorted(numbers, key=lambda name: int(name.split()[1]))


def test_a_goal_that_was_set_is_named():
    subject = replace(eight(), target=Target(total=6500, rank=10, groups=(("TDGQ", 1800),)))
    text = told(content_of(subject))
    assert "tổng điểm từ 65,00 điểm; hạng 10 trở lên; Tiến độ giải quyết từ 18,00 điểm" in text


def test_an_estimate_says_so_and_claims_one_decimal():
    unit = library.load("tth-2022").default_unit
    moved = (("ON_TIME", 1.0),)
    view = saved(Scenario("tth-2022", unit)).view
    usable = [code for code, one in view.ranges.items() if one.usable and one.high >= 1]
    scenario = Scenario("tth-2022", unit, moved if "ON_TIME" in usable else ((usable[0], 1.0),))
    subject = saved(scenario) if usable else None
    assert subject is not None
    after = subject.view.projection.after.total
    assert after is not None
    text = told(content_of(subject))
    assert f"{format_points(after, 1, 'vi')} (ước tính) điểm" in text
    assert format_points(after, 2, "vi") not in text
    assert "là ước tính" in text


def test_a_period_that_is_over_says_that_nothing_changes_it():
    text = told(content_of(saved(Scenario("phutho-2026-08", "H44"))))
    assert "Kỳ số liệu đã kết thúc ngày 31/08/2026" in text
    assert "Không nêu thứ hạng: chỉ có một phần các đơn vị cùng cấp." in text


def silent_commune() -> Unit:
    """A commune of which nothing but group scores is known."""
    return next(
        unit
        for unit in library.load(GIALAI).units.values()
        if unit.level == "commune" and not any(unit.knows(k) for k in range(21))
    )


def test_a_commune_with_group_scores_only_gets_a_paper_of_its_own():
    unit = silent_commune()
    subject = saved(Scenario(GIALAI, unit.code))
    paper = content_of(subject)
    assert unit.name in told(paper)
    table = grids(paper, "mat_diem")[0]
    assert len(table.head) == 4
    assert "Chưa có số liệu công bố của 21/21 chỉ tiêu." in told(paper)


def test_an_assumed_value_is_told_as_one():
    unit = silent_commune()
    scenario = Scenario(
        GIALAI, unit.code, (("ON_TIME", 10.0),), (("ON_TIME", 900.0, 1000.0),), until=UNTIL
    )
    text = told(content_of(saved(scenario)))
    assert "giá trị ban đầu 900/1.000 là giả định, không phải số liệu công bố" in text


def test_the_method_names_all_that_is_needed_to_repeat_the_result():
    subject = eight()
    text = told(content_of(subject))
    baseline = subject.view.baseline
    title = subject.say.name(baseline.title)
    for part in (baseline.fingerprint, title, "Cổng Dịch vụ công quốc gia", "Kịch bản thử"):
        assert part in text
    # Through whose hands the figures went is told in the archive, not above a signature.
    assert "qd766" not in text
    assert "qd766" in baseline.source
    assert subject.say.name(subject.view.edition.title) in text


def test_long_and_hostile_names_stand_as_they_are():
    name = "{{ 7*7 }} <w:p> & =1+1 " + "rất dài " * 60
    subject = saved(Scenario(VN, "H44", (("ON_TIME", 3000.0),)), name=name, author="<b>A</b>")
    texts = paragraphs(filled(subject))
    assert name in texts
    assert "<b>A</b>" in texts


def test_pictures_have_words_for_those_who_do_not_see_them():
    made = opened(eight_filled())
    shapes = made.inline_shapes
    assert len(shapes) == 5
    for shape in shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
    widths = {round(shape.width / 36_000) for shape in shapes}
    assert max(widths) <= 160
    pictures = [one for one in made.element.body.iter(qn("w:p")) if list(one.iter(qn("w:drawing")))]
    keep = qn("w:keepNext")
    styled = made.styles["766 Picture"].element
    assert styled.find(f"{qn('w:pPr')}/{keep}") is not None
    assert all(one.getnext() is not None for one in pictures)


def test_no_signature_stands_alone_on_a_page():
    body = opened(eight_filled()).element.body
    signature = [
        one for one in body.iter(qn("w:tbl")) if "Nơi nhận" in "".join(one.itertext())
    ][-1]  # fmt: skip
    gap = signature.getprevious()
    text = gap.getprevious()
    assert "".join(text.itertext()).endswith("./.")
    for kept in (text, gap):
        assert kept.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
    assert signature.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def test_the_paper_has_no_tag_left_and_equal_bytes_twice():
    assert "{{" not in text_of(eight_filled())
    assert filled(eight()) == eight_filled()


def test_the_page_names_the_levers_that_bring_most():
    subject = eight()
    page = content_of(subject, part=Part.PAGE)
    table = grids(page, "tom_tat")[2]
    best = sorted(subject.contributions, key=lambda part: -part.hundredths)[:MOST_TASKS]
    names = [subject.view.edition.lever_by_code[part.lever].name["vi"] for part in best]
    assert [row[0] for row in table.rows[:MOST_TASKS]] == names
    rest = sum(part.hundredths for part in subject.contributions) - sum(
        part.hundredths for part in best
    )
    say = speech_for(subject.view.edition, "vi")
    assert say.points(rest, sign=True) in table.rows[MOST_TASKS][0]


def test_english_papers_have_no_vietnamese_words_of_their_own():
    paper = content_of(eight("en"))
    own = [paper.fields["ten_loai"], *headings(paper)]
    own += [one for grid in grids(paper, "phuong_an") for one in grid.head]
    assert "III. THE PLAN PROPOSED" in own
    assert all(text.replace("→", "").isascii() for text in own)
