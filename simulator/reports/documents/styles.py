"""Named styles of documents: an office changes how they look by editing the styles."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
FIRST_LINE = 12.7  # millimetres
LEFT, CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
RIGHT, JUSTIFY = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Style:
    """How paragraphs of a kind look; ``size`` in points, ``first`` and ``left`` in millimetres,
    ``before`` and ``after`` in points."""

    name: str
    size: float
    align: WD_ALIGN_PARAGRAPH = LEFT
    bold: bool = False
    italic: bool = False
    first: float = 0.0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    keeps_next: bool = False
    on_new_page: bool = False


NORMAL = Style("Normal", 14)
BODY = Style("766 Body", 14, JUSTIFY, first=FIRST_LINE, after=6, line=1.1)
# Decree 30: the grounds of a document stand in italics.
GROUND = Style("766 Ground", 14, JUSTIFY, italic=True, first=FIRST_LINE, after=6, line=1.1)
NOTE = Style("766 Note", 12, JUSTIFY, italic=True, first=FIRST_LINE, after=6)
ITEM = Style("766 Item", 14, JUSTIFY, first=FIRST_LINE, after=4, line=1.1)
HEADINGS = (
    Style("Heading 1", 14, JUSTIFY, bold=True, first=FIRST_LINE, before=8, after=6,
          keeps_next=True),
    Style("Heading 2", 14, JUSTIFY, bold=True, first=FIRST_LINE, before=4, after=6,
          keeps_next=True),
    Style("Heading 3", 14, JUSTIFY, italic=True, first=FIRST_LINE, after=6, keeps_next=True),
)  # fmt: skip
TABLE_TITLE = Style(
    "766 Table title", 13, CENTER, bold=True, before=6, after=4, keeps_next=True
)  # fmt: skip
TABLE_HEAD = Style("766 Table head", 11, CENTER, bold=True, before=1, after=1)
TABLE_CELL = Style("766 Table cell", 11, before=1, after=1)
TABLE_NOTE = Style("766 Table note", 11, JUSTIFY, italic=True, before=3, after=8)
PICTURE = Style("766 Picture", 11, CENTER, before=2, keeps_next=True)
CAPTION = Style("766 Caption", 11, JUSTIFY, italic=True, before=2, after=8)
ANNEX_NUMBER = Style(
    "766 Annex number", 14, CENTER, bold=True, keeps_next=True, on_new_page=True
)  # fmt: skip
ANNEX_TITLE = Style("766 Annex title", 14, CENTER, bold=True, after=2, keeps_next=True)
ANNEX_OF = Style("766 Annex of", 14, CENTER, italic=True, after=8, keeps_next=True)
# Between a table without a note and what follows it.
GAP = Style("766 Gap", 4, after=4)
# Holds the end of a section after a table; takes no room.
SEAM = Style("766 Seam", 1)
BLOCKS = (
    BODY, GROUND, NOTE, ITEM, *HEADINGS, TABLE_TITLE, TABLE_HEAD, TABLE_CELL, TABLE_NOTE, PICTURE,
    CAPTION, ANNEX_NUMBER, ANNEX_TITLE, ANNEX_OF, GAP, SEAM,
)  # fmt: skip
PARENT = Style("766 Parent authority", 12, CENTER)
AUTHORITY = Style("766 Authority", 12, CENTER, bold=True)
NATION = Style("766 Nation", 12, CENTER, bold=True)
MOTTO = Style("766 Motto", 13, CENTER, bold=True)
NUMBER = Style("766 Number", 13, CENTER, before=4)
PLACE = Style("766 Place and date", 13, CENTER, italic=True, before=4)
KIND = Style("766 Kind", 14, CENTER, bold=True, before=14, keeps_next=True)
ABSTRACT = Style("766 Abstract", 14, CENTER, bold=True, keeps_next=True)
SIGNER = Style("766 Signer", 14, CENTER, bold=True)
TO_WHOM = Style("766 Recipients", 12, bold=True, italic=True)
RECIPIENT = Style("766 Recipient", 11)
FRAME = (
    PARENT, AUTHORITY, NATION, MOTTO, NUMBER, PLACE, KIND, ABSTRACT, SIGNER, TO_WHOM, RECIPIENT,
)  # fmt: skip


def ensure(document: Document, wanted: tuple[Style, ...] = BLOCKS) -> None:
    """Add the styles of ``wanted`` that a template does not have; its own stay as they are."""
    known = {style.name for style in document.styles}
    for style in wanted:
        if style.name not in known:
            add(document, style)


def add(document: Document, wanted: Style) -> None:
    """Add ``wanted``, or make the style of that name look like it."""
    styles = document.styles
    known = {style.name for style in styles}
    style = (
        styles[wanted.name]
        if wanted.name in known
        else styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    assert isinstance(style, ParagraphStyle)
    if wanted is not NORMAL:
        style.base_style = styles["Normal"] if "Normal" in known else None
    style.quick_style, style.hidden = True, False
    _set_letters(style, wanted)
    lines = style.paragraph_format
    lines.alignment, lines.line_spacing = wanted.align, wanted.line
    lines.first_line_indent, lines.left_indent = Mm(wanted.first), Mm(wanted.left)
    lines.space_before, lines.space_after = Pt(wanted.before), Pt(wanted.after)
    lines.keep_with_next, lines.page_break_before = wanted.keeps_next, wanted.on_new_page
    lines.widow_control = True


def _set_letters(style: ParagraphStyle, wanted: Style) -> None:
    letters = style.font
    letters.size, letters.bold, letters.italic = Pt(wanted.size), wanted.bold, wanted.italic
    letters.name, letters.color.rgb = FONT, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    marks = style.element.rPr
    for old in marks.findall(qn("w:szCs")):
        marks.remove(old)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(round(2 * wanted.size)))
    marks.find(qn("w:sz")).addnext(size)
