"""Pages turned sideways for wide annexes, wherever in a document these stand."""

from __future__ import annotations

import copy
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from simulator.reports.documents import styles
from simulator.reports.documents.marks import element, paragraph, style_id


class Pages:
    """The section that holds ``mark``, and further ones made before it."""

    def __init__(self, document: Document, mark: Any) -> None:
        self._document, self._mark = document, mark
        self._end = _end_of_section(document, mark)
        self._upright = copy.deepcopy(self._end)
        self._is_wide = False

    @property
    def width(self) -> int:
        """Of the text in twentieths of a point."""
        page, margins = self._upright.find(qn("w:pgSz")), self._upright.find(qn("w:pgMar"))
        across = _number(page, "h" if self._is_wide else "w")
        sides = ("top", "bottom") if self._is_wide else ("left", "right")
        return across - sum(_number(margins, side) for side in sides)

    @property
    def height(self) -> int:
        """Of the text in twentieths of a point."""
        page, margins = self._upright.find(qn("w:pgSz")), self._upright.find(qn("w:pgMar"))
        down = _number(page, "w" if self._is_wide else "h")
        sides = ("left", "right") if self._is_wide else ("top", "bottom")
        return down - sum(_number(margins, side) for side in sides)

    def turn(self, *, is_wide: bool) -> bool:
        """End the section before ``mark`` if the page has to be turned; True if it was."""
        if is_wide == self._is_wide or self._is_in_a_table():
            return False
        self._end_section()
        self._is_wide = is_wide
        return True

    def close(self) -> None:
        """After the last block: what follows ``mark`` stands upright again."""
        if not self._is_wide:
            return
        if self._mark.getnext() is self._end or self._mark.getnext() is None:
            _turn_sideways(self._end)
        else:
            self._end_section()
            self._is_wide = False

    def _is_in_a_table(self) -> bool:
        return bool(self._mark.getparent().tag == qn("w:tc"))

    def _end_section(self) -> None:
        """What stands before ``mark`` is a section of its own; the next begins a new page."""
        section = copy.deepcopy(self._upright)
        if self._is_wide:
            _turn_sideways(section)
        style = style_id(self._document, styles.SEAM.name)
        holder = element(paragraph(style, ""))
        holder.find(qn("w:pPr")).append(section)
        self._mark.addprevious(holder)
        # The first page of a document is special, not that of every section.
        for later in (self._end, self._upright):
            for special in later.findall(qn("w:titlePg")):
                later.remove(special)
            kind = later.find(qn("w:type"))
            if kind is not None:
                later.remove(kind)


def _end_of_section(document: Document, mark: Any) -> Any:
    """The properties of the section that ``mark`` stands in."""
    top = mark
    while top.getparent() is not document.element.body:
        top = top.getparent()
    for following in top.itersiblings():
        found = following.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            return found
    return document.element.body.sectPr


def _number(holder: Any, name: str) -> int:
    return int(holder.get(qn(f"w:{name}")))


def _turn_sideways(section: Any) -> None:
    """A4 lying down: its margins turn with it."""
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    width, height = _number(page, "w"), _number(page, "h")
    page.set(qn("w:w"), str(height))
    page.set(qn("w:h"), str(width))
    page.set(qn("w:orient"), "landscape")
    turned = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
    old = {side: _number(margins, side) for side in turned}
    for side, source in turned.items():
        margins.set(qn(f"w:{side}"), str(old[source]))
