"""The templates that come with the program, laid out as Decree 30/2020/NĐ-CP, annex I, says."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from simulator.reports.documents import styles
from simulator.reports.documents.marks import element
from simulator.reports.documents.styles import Style
from simulator.reports.documents.tags import ANNEXES, SECTIONS
from simulator.reports.order import Part
from simulator.text import say

# Millimetres: A4 and its margins.
PAGE = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20
TEXT = PAGE[0] - LEFT - RIGHT
LEFT_COLUMN = 70
# Of the motto in its size, as wide as the line below it has to be.
MOTTO_WIDTH = {"vi": 53, "en": 73}
SIGNATURE_ROOM = 4  # empty lines
# On the page for a meeting: size, room before and after in points.
SHORT = {
    styles.BODY.name: (12, 0, 3), styles.ITEM.name: (12, 0, 2), styles.NOTE.name: (10, 2, 0),
    styles.TABLE_TITLE.name: (12, 2, 2), styles.TABLE_HEAD.name: (10, 0, 0),
    styles.TABLE_CELL.name: (10, 0, 0), styles.GAP.name: (3, 0, 1),
    styles.KIND.name: (14, 8, 0),
}  # fmt: skip


@cache
def built(part: Part, language: str) -> bytes:
    """The template of ``part`` as a DOCX file."""
    document = Document()
    _set_page(document)
    _set_styles(document, language, is_short=part is Part.PAGE)
    _head(document, language)
    _title(document)
    for tag in SECTIONS[part]:
        document.add_paragraph(f"{{{{ {tag} }}}}", style=styles.BODY.name)
    if part is not Part.PAGE:
        _ending(document, language)
    for tag in ANNEXES[part]:
        document.add_paragraph(f"{{{{ {tag} }}}}", style=styles.BODY.name)
    properties = document.core_properties
    properties.author = properties.comments = properties.keywords = ""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = styles.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        inside = (
            f'<w:fldChar w:fldCharType="{kind}"/>'
            if kind
            else f'<w:instrText xml:space="preserve">{text}</w:instrText>'
        )
        size = '<w:rPr><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>'
        number._p.append(element(f"<w:r>{size}{inside}</w:r>"))


def _set_styles(document: DocumentType, language: str, *, is_short: bool) -> None:
    for style in (styles.NORMAL, *styles.BLOCKS, *styles.FRAME):
        styles.add(document, shorter(style) if is_short else style)
    name = {"vi": "vi-VN", "en": "en-GB"}[language]
    marks = document.styles["Normal"].element.get_or_add_rPr()
    marks.append(element(f'<w:lang w:val="{name}" w:eastAsia="{name}"/>'))
    header = document.styles["Header"]
    header.paragraph_format.tab_stops.clear_all()


def shorter(style: Style) -> Style:
    """``style`` on the page for a meeting: smaller and tighter."""
    size, before, after = SHORT.get(style.name, (style.size, style.before, style.after))
    return replace(style, size=size, before=before, after=after, line=1.0)


def _head(document: DocumentType, language: str) -> None:
    """Two columns without borders: who issues it and its number; the nation, place and day."""
    head = _columns(document, LEFT_COLUMN, 1)
    left, right = head.rows[0].cells
    _add(left, styles.PARENT, "{%p if co_quan_cap_tren %}", is_first=True)
    _add(left, styles.PARENT, "{{ co_quan_cap_tren }}")
    _add(left, styles.PARENT, "{%p endif %}")
    _add(left, styles.AUTHORITY, "{{ co_quan }}")
    _line(left, LEFT_COLUMN, LEFT_COLUMN * 0.4)
    _add(left, styles.NUMBER, "{{ so_ky_hieu }}")
    width = TEXT - LEFT_COLUMN
    _add(right, styles.NATION, "{{ quoc_hieu }}", is_first=True)
    _add(right, styles.MOTTO, "{{ tieu_ngu }}")
    _line(right, width, MOTTO_WIDTH[language])
    _add(right, styles.PLACE, "{{ dia_danh_ngay }}")


def _title(document: DocumentType) -> None:
    document.add_paragraph("{{ ten_loai }}", style=styles.KIND.name)
    document.add_paragraph("{{ trich_yeu }}", style=styles.ABSTRACT.name)
    _ruled(document.add_paragraph(), TEXT, TEXT * 0.35, after=8)


def _ending(document: DocumentType, language: str) -> None:
    """Who gets it, and room for the signature."""
    gap = document.add_paragraph(style=styles.SEAM.name)
    gap.paragraph_format.space_before = Pt(8)
    ending = _columns(document, TEXT / 2, 1)
    ending.rows[0]._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
    left, right = ending.rows[0].cells
    _add(left, styles.TO_WHOM, say(language, "document.recipients"), is_first=True)
    _add(left, styles.RECIPIENT, "{%p for dong in noi_nhan %}")
    _add(left, styles.RECIPIENT, "{{ dong }}")
    _add(left, styles.RECIPIENT, "{%p endfor %}")
    _add(right, styles.SIGNER, "{%p if thay_mat %}", is_first=True)
    _add(right, styles.SIGNER, "{{ thay_mat }}")
    _add(right, styles.SIGNER, "{%p endif %}")
    _add(right, styles.SIGNER, "{{ chuc_vu }}")
    for _ in range(SIGNATURE_ROOM):
        _add(right, styles.SIGNER, "")
    _add(right, styles.SIGNER, "{{ nguoi_ky }}")


def _columns(document: DocumentType, left: float, rows: int) -> Table:
    """A table of two columns as wide as the text, without borders and margins."""
    made: Table = document.add_table(rows, 2)
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    made._tbl.tblPr.insert_element_before(
        element(f"<w:tblCellMar>{margins}</w:tblCellMar>"), "w:tblLook"
    )
    for cell, width in zip(made.rows[0].cells, (left, TEXT - left), strict=True):
        cell.width = Mm(width)
    for column, width in zip(made.columns, (left, TEXT - left), strict=True):
        column.width = Mm(width)
    return made


def _add(cell: _Cell, style: Style, text: str, *, is_first: bool = False) -> None:
    paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    paragraph.style = style.name
    if text:
        paragraph.add_run(text)


def _line(cell: _Cell, width: float, length: float) -> None:
    _ruled(cell.add_paragraph(), width, length, after=0)


def _ruled(paragraph: Paragraph, width: float, length: float, after: float) -> None:
    """A line of ``length`` in the middle of ``width`` (millimetres): the border of a paragraph."""
    paragraph.style = styles.SEAM.name
    lines = paragraph.paragraph_format
    lines.left_indent = lines.right_indent = Mm((width - length) / 2)
    lines.space_before, lines.space_after = Pt(1), Pt(after)
    lines.keep_with_next = True
    border = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/>'
    marks = paragraph._p.get_or_add_pPr()
    marks.insert_element_before(
        element(f"<w:pBdr>{border}</w:pBdr>"),
        "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip
    assert paragraph._p.find(qn("w:pPr")) is not None
