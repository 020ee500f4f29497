"""Pieces of a document as markup: every text is escaped here, once."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

# Signs that cannot stand in a document at all.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """``text`` without control signs, which no document can hold."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, properties: str = "") -> str:
    """A run of ``text``, whose line breaks become those of the document."""
    lines = clean(text).replace("\t", " ").split("\n")
    parts = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{marks}{'<w:br/>'.join(parts)}</w:r>"


def paragraph(style: str, inside: str, properties: str = "") -> str:
    """A paragraph of the style with the id ``style`` around runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{escape(style)}"/>{properties}</w:pPr>{inside}</w:p>'


def element(markup: str) -> Any:
    """``markup`` of one element, whose names begin with ``w:``, as an element."""
    name = re.match(r"<(w:\w+)", markup)
    if name is None:
        raise ValueError(markup[:20])
    return parse_xml(markup.replace(name[1], f"{name[1]} {nsdecls('w')}", 1))


def style_id(document: Document, name: str) -> str:
    """The id under which ``document`` keeps the style ``name``."""
    return str(document.styles[name].style_id)
