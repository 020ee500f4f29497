"""Blocks of a report written into a document, in place of the paragraph that names them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph as DocumentParagraph

from simulator.reports import pictures
from simulator.reports.blocks import Annex, Block, Chart, Grid, Heading, Items, Paragraph
from simulator.reports.documents import styles
from simulator.reports.documents.grids import table
from simulator.reports.documents.marks import clean, element, paragraph, run, style_id
from simulator.reports.documents.pages import Pages

EMU_PER_TWIP = 635
# No picture is higher than this part of the page's text.
HIGHEST = 0.8


class Writer:
    """Writes blocks before ``mark``, a paragraph of ``document`` that is taken out at the end."""

    def __init__(self, document: Document, mark: Any) -> None:
        self._document, self._mark = document, mark
        self._pages = Pages(document, mark)
        self._annex_begins = False

    def write(self, blocks: Sequence[Block]) -> None:
        for block, after in zip_longest(blocks, blocks[1:]):
            for piece in self._pieces(block):
                self._mark.addprevious(piece)
            if isinstance(block, Paragraph) and isinstance(after, Items):
                # A line that introduces a list does not stand alone at the foot of a page.
                self._keep_with_next(self._mark.getprevious())
            self._annex_begins = isinstance(block, Annex)
        self._pages.close()
        self._keep_signature()
        parent = self._mark.getparent()
        parent.remove(self._mark)
        if not blocks and parent.tag.endswith("}tc") and not len(parent.findall("{*}p")):
            # A cell without a paragraph is no valid document.
            parent.append(element("<w:p/>"))

    def _keep_signature(self) -> None:
        """No signature stands alone on a page: the end of the text goes with the table after it."""
        end, after = self._mark.getprevious(), self._mark.getnext()
        kept = [end]
        if after is not None and after.tag == qn("w:p"):
            kept.append(after)
            after = after.getnext()
        if end is None or after is None or end.tag != qn("w:p") or after.tag != qn("w:tbl"):
            return
        for one in kept:
            self._keep_with_next(one)

    def _keep_with_next(self, paragraph: Any) -> None:
        DocumentParagraph(paragraph, self._document._body).paragraph_format.keep_with_next = True

    def _pieces(self, block: Block) -> Iterable[Any]:
        match block:
            case Annex():
                return self._annex(block)
            case Heading():
                return [self._paragraph(styles.HEADINGS[block.level - 1], block.text)]
            case Paragraph():
                return [self._paragraph(self._style_of(block), block.text)]
            case Items():
                return [self._paragraph(styles.ITEM, f"- {text}") for text in block.texts]
            case Grid():
                return self._grid(block)
            case Chart():
                return self._chart(block)

    def _style_of(self, block: Paragraph) -> styles.Style:
        if block.is_note:
            return styles.ANNEX_OF if self._annex_begins else styles.NOTE
        return styles.GROUND if block.is_ground else styles.BODY

    def _paragraph(self, style: styles.Style, text: str, properties: str = "") -> Any:
        return element(paragraph(style_id(self._document, style.name), run(text), properties))

    def _annex(self, block: Annex) -> list[Any]:
        turned = self._pages.turn(is_wide=block.is_wide)
        # After the end of a section the page is new already.
        stay = '<w:pageBreakBefore w:val="0"/>' if turned else ""
        return [
            self._paragraph(styles.ANNEX_NUMBER, block.number, stay),
            self._paragraph(styles.ANNEX_TITLE, block.title),
        ]

    def _grid(self, grid: Grid) -> list[Any]:
        title = [self._paragraph(styles.TABLE_TITLE, grid.title)] if grid.title else []
        rows = element(table(self._document, grid, self._pages.width))
        return [
            *title,
            rows,
            self._paragraph(styles.TABLE_NOTE if grid.note else styles.GAP, grid.note),
        ]

    def _chart(self, chart: Chart) -> list[Any]:
        title = [self._paragraph(styles.TABLE_TITLE, chart.title)] if chart.title else []
        holder = self._paragraph(styles.PICTURE, "")
        width = min(
            self._pages.width, round(HIGHEST * self._pages.height * chart.width / chart.height)
        )
        # Where it stands it cannot be drawn yet: the part that holds the picture is needed.
        self._mark.addprevious(holder)
        inside = DocumentParagraph(holder, self._document._body)
        shape = inside.add_run().add_picture(
            io.BytesIO(pictures.png(chart)), width=Emu(width * EMU_PER_TWIP)
        )
        for side in ("T", "B", "L", "R"):
            # Where nothing is said some programs push a picture aside.
            shape._inline.set(f"dist{side}", "0")
        shape._inline.docPr.set("descr", clean(chart.alt))
        shape._inline.docPr.set("title", clean(chart.title))
        caption = self._paragraph(styles.CAPTION, chart.caption)
        return [*title, holder, caption]
