"""A document as markup: a white sheet with the words, tables and charts of a DOCX file.

No Streamlit inside; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from simulator.reports.blocks import (
    Annex,
    Block,
    Chart,
    Content,
    Grid,
    Heading,
    Items,
    Paragraph,
)
from simulator.reports.documents.tags import ANNEXES, SECTIONS
from simulator.reports.order import Part


def pieces(content: Content, part: Part, say_recipients: str) -> list[str | Chart]:
    """Markup, and charts where they stand between it, from the top of the sheet to its end.

    ``say_recipients``: the word above those to whom it goes.
    """
    found: list[str | Chart] = [_head(content.fields)]
    for section in SECTIONS[part]:
        found += _blocks(content.sections.get(section, ()))
    found.append(_end(content, say_recipients))
    for section in ANNEXES[part]:
        found += _blocks(content.sections.get(section, ()))
    return _joined(found)


def _joined(found: Iterable[str | Chart]) -> list[str | Chart]:
    """Neighbouring markup as one piece."""
    pieces: list[str | Chart] = []
    for one in found:
        if isinstance(one, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += one
        else:
            pieces.append(one)
    return pieces


def _blocks(blocks: Iterable[Block]) -> Iterator[str | Chart]:
    for block in blocks:
        if isinstance(block, Chart):
            yield f'<p class="report-title">{_lines(block.title)}</p>'
            yield block
            yield f'<p class="report-note">{_lines(block.caption)}</p>'
        else:
            yield _markup(block)


def _markup(block: Heading | Paragraph | Items | Grid | Annex) -> str:
    if isinstance(block, Heading):
        return f'<p class="report-heading-{block.level}">{_lines(block.text)}</p>'
    if isinstance(block, Paragraph):
        look = "report-note" if block.is_note else "report-ground" if block.is_ground else ""
        return f'<p class="{look}">{_lines(block.text)}</p>'
    if isinstance(block, Items):
        return "".join(f"<p>- {_lines(text)}</p>" for text in block.texts)
    if isinstance(block, Annex):
        return (
            f'<hr><p class="report-center"><strong>{_lines(block.number)}</strong><br>'
            f"<strong>{_lines(block.title)}</strong></p>"
        )
    return _grid(block)


def _grid(grid: Grid) -> str:
    """The table in a box of its own that scrolls: wide ones are on a page turned sideways."""
    styles = [f"text-align: {align}" for align in grid.aligns]
    head = "".join(f'<th scope="col">{_lines(text)}</th>' for text in grid.head)
    rows = "".join(
        f"<tr{_bold(number in grid.bold)}>{_cells(row, styles)}</tr>"
        for number, row in enumerate(grid.rows)
    )
    title = f'<p class="report-title">{_lines(grid.title)}</p>' if grid.title else ""
    note = f'<p class="report-note">{_lines(grid.note)}</p>' if grid.note else ""
    label = escape(grid.title or " ".join(grid.head), quote=True)
    return (
        f'{title}<div class="report-grid" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _cells(row: Iterable[str], styles: Iterable[str]) -> str:
    cells = zip(row, styles, strict=True)
    return "".join(f'<td style="{style}">{_lines(text)}</td>' for text, style in cells)


def _bold(is_bold: bool) -> str:
    return ' class="report-sum"' if is_bold else ""


def _head(fields: Mapping[str, str]) -> str:
    """Who issues it beside the nation's name; below them what it is, and about what."""
    own = (
        f"{_line(fields, 'co_quan_cap_tren')}{_line(fields, 'co_quan', 'strong')}"
        f'<span class="report-rule"></span>{_line(fields, "so_ky_hieu")}'
    )
    nation = (
        f"{_line(fields, 'quoc_hieu', 'strong')}{_line(fields, 'tieu_ngu', 'strong')}"
        f'<span class="report-rule"></span>{_line(fields, "dia_danh_ngay", "em")}'
    )
    return (
        f'<div class="report-head"><div>{own}</div><div>{nation}</div></div>'
        f'<p class="report-center"><strong>{_lines(fields.get("ten_loai", ""))}</strong><br>'
        f"<strong>{_lines(fields.get('trich_yeu', ''))}</strong></p>"
    )


def _end(content: Content, say_recipients: str) -> str:
    """To whom it goes beside who signs."""
    lines = content.lists.get("noi_nhan", ())
    goes_to = "".join(f"<span>{_lines(line)}</span>" for line in lines)
    heading = f"<strong><em>{escape(say_recipients)}</em></strong>" if lines else ""
    fields = content.fields
    signs = "".join(_line(fields, name, "strong") for name in ("thay_mat", "chuc_vu"))
    room = '<span class="report-room"></span>'
    return (
        f'<div class="report-head report-end"><div>{heading}{goes_to}</div>'
        f"<div>{signs}{room}{_line(fields, 'nguoi_ky', 'strong')}</div></div>"
    )


def _line(fields: Mapping[str, str], name: str, tag: str = "span") -> str:
    text = fields.get(name, "")
    return f"<{tag}>{_lines(text)}</{tag}>" if text else ""


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
