"""Tables of a document: borders, a head that repeats, rows that are not split."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document

from simulator.reports.blocks import Align, Grid
from simulator.reports.documents import styles
from simulator.reports.documents.marks import paragraph, run, style_id

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES
)
_MARGINS = (
    '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
)
# No column gets narrower than this part of the width it would have among equals.
LEAST = 0.3
# A table of so few rows stands on one page; of a longer one the first rows stay together, and the
# last with the note below them.
WHOLE, KEPT = 8, 2


def table(document: Document, grid: Grid, width: int) -> str:
    """``grid`` as markup; ``width`` of the text column in twentieths of a point."""
    widths = column_widths(grid.widths, width)
    head, cell = (
        style_id(document, one.name) for one in (styles.TABLE_HEAD, styles.TABLE_CELL)
    )  # fmt: skip
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    centred = [Align.CENTER] * len(widths)
    top = "<w:cantSplit/><w:tblHeader/>"
    rows = [_row(grid.head, widths, centred, head, top, keep="<w:keepNext/>")]
    last = len(grid.rows) - KEPT
    for k, texts in enumerate(grid.rows):
        letters = "<w:b/>" if k in grid.bold else ""
        is_free = len(grid.rows) > WHOLE and KEPT <= k < last
        keep = "" if is_free else "<w:keepNext/>"
        rows.append(_row(texts, widths, grid.aligns, cell, "<w:cantSplit/>", letters, keep))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    texts: Sequence[str], widths: Sequence[int], aligns: Sequence[Align], style: str,
    properties: str, letters: str = "", keep: str = "",
) -> str:  # fmt: skip
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + paragraph(style, run(text, letters), f'{keep}<w:jc w:val="{align.value}"/>')
        + "</w:tc>"
        for text, width, align in zip(texts, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def column_widths(wanted: Sequence[float], width: int) -> list[int]:
    """``width`` shared among columns as ``wanted``, in whole units that add up."""
    least = LEAST * sum(wanted) / len(wanted)
    parts = [max(one, least) for one in wanted]
    whole = sum(parts)
    ends = [round(width * sum(parts[: k + 1]) / whole) for k in range(len(parts))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
