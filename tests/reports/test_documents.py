"""Templates and what fills them: the layout of Decree 30, an office's own, hostile ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from simulator.errors import DataError
from simulator.reports.blocks import Align, Annex, Content, Grid, Heading, Items, Paragraph
from simulator.reports.documents import package
from simulator.reports.documents.fill import document
from simulator.reports.documents.lines import Kind, attached_to, letterhead_fields, recipients
from simulator.reports.documents.tags import FIELDS, LISTS, allowed, sections_of
from simulator.reports.documents.templates import check_template, shipped_template
from simulator.reports.order import Letterhead, Part
from simulator.text import LANGUAGES, explain
from tests.reports.papers import opened, paragraphs, refused_template, text_of

DOCUMENTS = (Part.PAPER, Part.PAGE, Part.ANNOUNCEMENT)
LETTERHEAD = Letterhead(
    "ỦY BAN NHÂN DÂN TỈNH GIA LAI", "SỞ TƯ PHÁP", "Gia Lai", "STP", "", "GIÁM ĐỐC",
    "Nguyễn Văn A", ("- UBND tỉnh (để báo cáo);",),
)  # fmt: skip
HOSTILE = "{{ 7*7 }} {% for x in y %} <w:p> & =cmd|' /C calc'!A0 {_{ a }_} \u202e"


def content(part: Part = Part.PAPER, text: str = "Nội dung", **sections) -> Content:
    fields = letterhead_fields(LETTERHEAD, date(2026, 2, 5), "vi", Kind.PLAN)
    return Content(
        {**fields, "trich_yeu": text},
        {name: sections.get(name, []) for name in sections_of(part)},
        {"noi_nhan": recipients(LETTERHEAD, "vi")},
    )


def grid(rows: int, text: str = "Đơn vị") -> Grid:
    return Grid(
        "Bảng 1. Thử", ["TT", "Tên", "Điểm"], [[str(k), text, "1,5"] for k in range(rows)],
        [Align.CENTER, Align.LEFT, Align.RIGHT], [1, 5, 2], frozenset({rows - 1}), "Nguồn: Cổng.",
    )  # fmt: skip


def changed(template: bytes, change) -> bytes:
    """``template`` as an office saves it after ``change`` of the opened document."""
    made = opened(template)
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def with_part(name: str, text: bytes, template: bytes | None = None) -> bytes:
    """A template with one more part, or with another one in its place."""
    buffer = io.BytesIO()
    source = template or shipped_template(Part.PAPER, "vi")
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(buffer, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, text)
    return buffer.getvalue()


def with_text(text: str) -> bytes:
    """The shipped template with one more paragraph."""
    template = shipped_template(Part.PAPER, "vi")
    return changed(template, lambda made: made.add_paragraph(text))


def refused(template: bytes) -> DataError:
    return refused_template(template, Part.PAPER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", DOCUMENTS)
def test_the_shipped_templates_use_every_tag_they_need(part, language):
    template = shipped_template(part, language)
    unused = set(check_template(template, part, language))
    signing = {"thay_mat", "chuc_vu", "nguoi_ky", "noi_nhan"} if part is Part.PAGE else set()
    # The day is part of the line with the place.
    assert unused == {"ngay", "thang", "nam"} | signing
    assert set(allowed(part)) == {*FIELDS, *LISTS, *sections_of(part)}


def test_page_and_letters_are_those_of_decree_30():
    made = opened(document(shipped_template(Part.PAPER, "vi"), content()))
    section = made.sections[0]
    page = (section.page_width, section.page_height)
    assert tuple(round(one / Mm(1)) for one in page) == (210, 297)
    margins = (
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert tuple(round(one / Mm(1)) for one in margins) == (20, 20, 30, 20)
    styles = made.styles
    assert styles["Normal"].font.name == "Times New Roman"
    body = styles["766 Body"]
    assert body.font.size == Pt(14)
    assert body.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert Mm(10) <= body.paragraph_format.first_line_indent <= Mm(12.7)
    assert body.paragraph_format.space_after == Pt(6)
    assert 1.0 <= body.paragraph_format.line_spacing <= 1.5
    sizes = {
        "766 Nation": (12, True), "766 Motto": (13, True), "766 Parent authority": (12, False),
        "766 Authority": (12, True), "766 Number": (13, False), "766 Place and date": (13, False),
        "766 Kind": (14, True), "766 Abstract": (14, True), "766 Signer": (14, True),
        "766 Recipients": (12, True), "766 Recipient": (11, False), "Heading 1": (14, True),
        "766 Annex number": (14, True),
    }  # fmt: skip
    found = {name: (styles[name].font.size.pt, bool(styles[name].font.bold)) for name in sizes}
    assert found == sizes
    assert styles["766 Place and date"].font.italic
    assert styles["766 Recipients"].font.italic
    fonts = {styles[name].font.name for name in sizes}
    assert fonts == {"Times New Roman"}


def test_the_page_number_stands_in_the_middle_of_the_header_but_not_on_the_first_page():
    section = opened(shipped_template(Part.PAPER, "vi")).sections[0]
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert not [one for one in section.first_page_header.paragraphs if one.text]


def test_the_heading_tells_who_where_and_when():
    texts = paragraphs(document(shipped_template(Part.PAPER, "vi"), content()))
    head = [text for text in texts if text][:8]
    assert head == [
        "ỦY BAN NHÂN DÂN TỈNH GIA LAI", "SỞ TƯ PHÁP", "Số:        /KH-STP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Gia Lai, ngày 05 tháng 02 năm 2026", "KẾ HOẠCH", "Nội dung",
    ]  # fmt: skip
    # Nobody signs on behalf of a department, so no empty line stands above its head.
    assert texts[texts.index("GIÁM ĐỐC") - 1] == "- Lưu: VT."
    assert "Nguyễn Văn A" in texts


def test_days_from_the_tenth_and_months_from_march_have_no_nought():
    fields = letterhead_fields(LETTERHEAD, date(2026, 3, 12), "vi", Kind.REPORT)
    assert fields["dia_danh_ngay"] == "Gia Lai, ngày 12 tháng 3 năm 2026"
    assert fields["so_ky_hieu"].endswith("/BC-STP")
    attached = "(Kèm theo Báo cáo số ....../BC-STP ngày 12 tháng 3 năm 2026 của {})"
    assert attached_to(fields, "Sở Tư pháp", "vi") == attached.format("Sở Tư pháp")
    # Whoever issues it for somebody else stands there as typed.
    assert attached_to(fields, "Sở Y tế", "vi") == attached.format("SỞ TƯ PHÁP")
    committee = {**fields, "co_quan": "ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ"}
    told = attached_to(committee, "UBND tỉnh Phú Thọ", "vi")
    assert told.endswith("của Ủy ban nhân dân tỉnh Phú Thọ)")
    english = letterhead_fields(LETTERHEAD, date(2026, 3, 12), "en", Kind.REPORT)
    assert english["dia_danh_ngay"] == "Gia Lai, 12 March 2026"


def test_names_are_written_as_they_are_whatever_they_look_like():
    blocks = [Heading(HOSTILE), Paragraph(HOSTILE), Items([HOSTILE]), grid(2, HOSTILE)]
    made = document(shipped_template(Part.PAPER, "vi"), content(text=HOSTILE, mo_dau=blocks))
    found = [text for text in paragraphs(made) if "7*7" in text]
    assert found == [HOSTILE, HOSTILE, HOSTILE, f"- {HOSTILE}", HOSTILE, HOSTILE]
    assert opened(made).core_properties.title == f"KẾ HOẠCH {HOSTILE}"


def test_control_characters_are_left_out_and_the_rest_stays():
    made = document(
        shipped_template(Part.PAPER, "vi"),
        content(text="a\x00b\x0bc\ud800d", mo_dau=[Paragraph("một\x07hai\nba")]),
    )
    assert "abcd" in paragraphs(made)
    assert "mộthai\nba" in paragraphs(made)


def test_equal_content_makes_equal_bytes():
    template = shipped_template(Part.PAPER, "vi")
    blocks = [Paragraph("Một"), grid(3)]
    made = document(template, content(mo_dau=blocks))
    assert made == document(template, content(mo_dau=blocks))
    with zipfile.ZipFile(io.BytesIO(made)) as package_:
        assert {one.date_time[0] for one in package_.infolist()} == {1980}
        described = package_.read("docProps/core.xml")
    for word in (b"created", b"modified>", b"python-docx"):
        assert word not in described


def test_a_table_repeats_its_head_splits_no_row_and_sets_figures_to_the_right():
    made = opened(document(shipped_template(Part.PAPER, "vi"), content(mo_dau=[grid(40)])))
    table = next(one for one in made.tables if one.rows[0].cells[0].text == "TT")
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    cell = table.rows[5].cells
    assert [one.paragraphs[0].alignment for one in cell] == [
        WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT,
    ]  # fmt: skip
    assert sum(one.width for one in table.columns) == pytest.approx(Mm(160), rel=0.001)
    assert table.rows[40].cells[1].paragraphs[0].runs[0].bold
    assert not table.rows[39].cells[1].paragraphs[0].runs[0].bold


def test_a_line_that_introduces_a_list_goes_with_it_and_no_other_does():
    blocks = [Paragraph("Một"), Paragraph("Hai:"), Items(["ba", "bốn"]), Paragraph("Năm")]
    made = opened(document(shipped_template(Part.PAPER, "vi"), content(mo_dau=blocks)))
    kept = {one.text: one.paragraph_format.keep_with_next for one in made.paragraphs}
    assert [kept[text] for text in ("Một", "Hai:", "- ba", "- bốn")] == [None, True, None, None]


def test_a_wide_annex_stands_on_pages_turned_sideways_and_those_after_it_upright():
    blocks = [
        Annex("Phụ lục I", "MỘT"), grid(2), Annex("Phụ lục II", "HAI", is_wide=True), grid(2),
        Annex("Phụ lục III", "BA"), grid(2),
    ]  # fmt: skip
    made = opened(document(shipped_template(Part.PAPER, "vi"), content(phu_luc=blocks)))
    turned = [section.orientation for section in made.sections]
    assert turned == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    widths = [
        round(sum(column.width for column in table.columns) / Mm(1))
        for table in made.tables
        if table.rows[0].cells[0].text == "TT"
    ]
    assert widths == [160, 257, 160]
    assert [section.different_first_page_header_footer for section in made.sections] == [
        True, False, False,
    ]  # fmt: skip


def test_the_last_wide_annex_leaves_no_empty_page_behind():
    blocks = [Annex("Phụ lục I", "MỘT", is_wide=True), grid(2)]
    made = opened(document(shipped_template(Part.PAPER, "vi"), content(phu_luc=blocks)))
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE,
    ]  # fmt: skip


def test_an_office_may_change_words_order_footer_and_styles():
    def change(made) -> None:
        first = next(one for one in made.paragraphs if "mo_dau" in one.text)
        last = next(one for one in made.paragraphs if "to_chuc" in one.text)
        last._p.addnext(first._p)
        made.sections[0].footer.paragraphs[0].text = "Văn phòng {{ co_quan }}"
        made.styles["766 Body"].font.size = Pt(13)
        made.add_paragraph("Ngày {{ ngay }} tháng {{ thang }}")

    template = changed(shipped_template(Part.PAPER, "vi"), change)
    made = document(template, content(mo_dau=[Paragraph("Mở đầu")], to_chuc=[Paragraph("Tổ chức")]))
    texts = paragraphs(made)
    assert texts.index("Tổ chức") < texts.index("Mở đầu")
    assert "Ngày 05 tháng 02" in texts
    assert opened(made).sections[0].footer.paragraphs[0].text == "Văn phòng SỞ TƯ PHÁP"
    assert opened(made).styles["766 Body"].font.size == Pt(13)


def test_a_tag_that_word_split_over_runs_is_still_read():
    def change(made) -> None:
        for tag, style in (("{{ nguoi_ky }}", None), ("{{ mo_dau }}", "766 Body")):
            paragraph = made.add_paragraph(style=style)
            for k in range(0, len(tag), 3):
                paragraph.add_run(tag[k : k + 3]).bold = bool(k % 2)

    template = changed(shipped_template(Part.PAPER, "vi"), change)
    made = document(template, content(mo_dau=[Paragraph("Hai lần")]))
    texts = paragraphs(made)
    assert texts.count("Hai lần") == 2
    assert texts.count("Nguyễn Văn A") == 2


def test_a_template_without_our_styles_gets_them():
    bare = Document()
    bare.add_paragraph("{{ co_quan }}")
    bare.add_paragraph("{{p mo_dau }}")
    buffer = io.BytesIO()
    bare.save(buffer)
    unused = check_template(buffer.getvalue(), Part.PAPER, "vi")
    assert set(unused) == set(allowed(Part.PAPER)) - {"co_quan", "mo_dau"}
    made = document(buffer.getvalue(), content(mo_dau=[Paragraph("Đoạn"), grid(2)]))
    assert "Đoạn" in paragraphs(made)
    assert "766 Table cell" in [style.name for style in opened(made).styles]


@pytest.mark.parametrize("name", ["khong_co", "so_ky_hieu2", "content"])
def test_an_unknown_tag_is_named_with_what_is_allowed(name):
    error = refused(with_text("Trước {{ " + name + " }} sau"))
    assert error.code == "template_unknown_tags"
    assert error.fields["tags"] == name
    assert "so_ky_hieu" in error.fields["allowed"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}", "{{ co_quan.__class__ }}", "{{ co_quan['x'] }}", "{{ co_quan() }}",
        "{{ co_quan|upper }}", "{% set x = 1 %}", "{% include 'a' %}", "{% import 'a' as b %}",
        "{{ range(10) }}", "{{ cycler.__init__.__globals__ }}",
        "{% for x in co_quan %}{% endfor %}",
        "{% for x in noi_nhan %}{% for y in noi_nhan %}{{ y }}{% endfor %}{% endfor %}",
        "{{ 'a' ~ 'b' }}", "{% if co_quan == 'x' %}a{% endif %}", "{% macro f() %}{% endmacro %}",
        "{% filter upper %}a{% endfilter %}", "{{ lipsum }}", "{{ self }}", "{{ loop.index }}",
    ],
)  # fmt: skip
def test_a_template_can_run_nothing(text):
    assert refused(with_text(text)).code in {"template_expression", "template_unknown_tags"}


def test_hidden_places_of_a_template_are_checked_too():
    def header(made) -> None:
        made.sections[0].header.paragraphs[0].text = "{{ co_quan.upper() }}"

    template = shipped_template(Part.PAPER, "vi")
    assert refused(changed(template, header)).code == "template_expression"

    def properties(made) -> None:
        made.core_properties.comments = "{{ 7*7 }}"

    made = document(changed(template, properties), content())
    assert opened(made).core_properties.comments == "{{ 7*7 }}"


@pytest.mark.parametrize("text", ["{{ co_quan", "{% if co_quan %}a", "{% endif %}", "{{ }}"])
def test_a_tag_that_is_not_closed_is_shown_with_the_words_around_it(text):
    error = refused(with_text(text))
    assert error.code == "template_syntax"


def test_a_section_needs_a_paragraph_of_its_own():
    error = refused(with_text("Xem {{ hien_trang }} ở đây"))
    assert (error.code, error.fields["tag"]) == ("template_section_place", "hien_trang")


@pytest.mark.parametrize(
    "file", [b"", b"PK", b"%PDF-1.7", b"<html></html>", b"PK\x03\x04" + bytes(200)]
)
def test_what_is_no_word_file_is_refused(file):
    assert refused(file).code == "template_not_docx"


def test_a_workbook_or_a_truncated_file_is_no_template():
    template = shipped_template(Part.PAPER, "vi")
    assert refused(template[: len(template) // 2]).code == "template_not_docx"
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    assert refused(with_part("[Content_Types].xml", types)).code == "template_not_docx"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/embeddings/a.xlsx"]
)
def test_programs_and_files_within_a_template_are_refused(name):
    error = refused(with_part(name, b"<a/>"))
    assert (error.code, error.fields["what"]) == ("template_macro", name)


def test_a_macro_template_is_refused_by_its_kind():
    with zipfile.ZipFile(io.BytesIO(shipped_template(Part.PAPER, "vi"))) as old:
        types = old.read("[Content_Types].xml")
    macro = types.replace(
        b"openxmlformats-officedocument.wordprocessingml.document.main",
        b"ms-word.document.macroEnabled.main",
    )
    assert macro != types
    assert refused(with_part("[Content_Types].xml", macro)).code == "template_macro"


@pytest.mark.parametrize("field", ["DDEAUTO c:\\\\cmd.exe", "INCLUDETEXT /etc/passwd", "dde x y"])
def test_fields_that_start_programs_or_read_files_are_refused(field):
    def change(made) -> None:
        run = made.add_paragraph().add_run()
        for text in (field[:4], field[4:]):
            inside = run._r.makeelement(qn("w:instrText"), {})
            inside.text = text
            run._r.append(inside)

    error = refused(changed(shipped_template(Part.PAPER, "vi"), change))
    assert (error.code, error.fields["what"]) == ("template_field", field)


def test_content_from_elsewhere_is_refused_but_a_link_to_click_is_not():
    template = shipped_template(Part.PAPER, "vi")
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def related(kind: str):
        def change(made) -> None:
            made.part.relate_to("http://example.org/x", f"{schema}/{kind}", is_external=True)

        return changed(template, change)

    assert refused(related("image")).code == "template_external"
    assert refused(related("frame")).code == "template_external"
    assert check_template(related("hyperlink"), Part.PAPER, "vi")


def test_entities_and_broken_markup_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refused(with_part("word/extra.xml", bomb)).code == "template_broken"
    error = refused(with_part("word/document.xml", b"<w:document>"))
    assert (error.code, error.fields["where"]) == ("template_broken", "word/document.xml")


def test_a_file_that_grows_beyond_measure_is_refused(monkeypatch):
    assert refused(bytes(package.LARGEST_FILE + 1)).code == "template_too_big"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(package.LARGEST_PART + 1))
    assert len(buffer.getvalue()) < 100_000
    assert refused(buffer.getvalue()).code == "template_too_big"
    monkeypatch.setattr(package, "LARGEST_UNPACKED", 1000)
    assert refused(shipped_template(Part.PAPER, "vi")).code == "template_too_big"


def test_every_refusal_says_what_to_do():
    assert "noi_nhan" in explain(refused(with_text("{{ 7*7 }}")), "vi")
    assert "7*7" in explain(refused(with_text("{{ 7*7 }}")), "vi")


def test_a_section_without_content_leaves_nothing():
    made = document(shipped_template(Part.PAPER, "vi"), content())
    assert "{{" not in text_of(made)
    assert not [style for style in opened(made).paragraphs if style.style.name == "766 Body"]
