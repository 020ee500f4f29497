"""A template filled with the content of a report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import TemplateError
from lxml import etree  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from simulator.errors import DataError
from simulator.reports.blocks import Block, Content
from simulator.reports.documents import styles
from simulator.reports.documents.body import Writer
from simulator.reports.documents.marks import clean
from simulator.reports.documents.package import MAIN, checked_package
from simulator.reports.documents.sandbox import Sandbox

# A section's tag in a paragraph of its own, with or without the letter of the paragraph.
_SECTION = re.compile(r"\{\{p?\s*([a-z_]+)\s*\}\}")
_BROKEN = (
    TemplateError, etree.LxmlError, KeyError, ValueError, AttributeError, RecursionError,
    SyntaxError,
)  # fmt: skip
_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def document(template: bytes, content: Content) -> bytes:
    """``template`` filled with ``content``: the same bytes for the same input.

    Raises :class:`DataError` for a template that is no DOCX file, holds what could run or be
    fetched, or tags nobody fills.
    """
    try:
        made, marks = _rendered(checked_package(template), content)
    except _BROKEN:
        # What is left of an office's file once programs, fields and tags are known to be right.
        raise DataError("template_broken", where=MAIN) from None
    styles.ensure(made)
    for mark, name in marks:
        Writer(made, mark).write(content.sections[name])
    buffer = io.BytesIO()
    made.save(buffer)
    return _repacked(buffer.getvalue())


class _Frame(DocxTemplate):  # type: ignore[misc]
    """A template whose filled text has to be whole: nothing of it is dropped to mend the rest."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml.encode())
        return super().fix_tables(xml)


def _rendered(template: bytes, content: Content) -> tuple[Document, list[tuple[Any, str]]]:
    """The document with its tags filled, and the paragraphs of its sections."""
    frame = _Frame(io.BytesIO(template))
    made: Document = frame.get_docx()
    marks = _sections_found(made, content.sections)
    sandbox = Sandbox(content.fields, content.lists, content.sections)
    # Its own properties stay as the office wrote them: nothing in them is looked for.
    own = {name: getattr(made.core_properties, name) for name in _PROPERTIES}
    for name in _PROPERTIES:
        setattr(made.core_properties, name, "")
    lists = {name: [_literal(line) for line in lines] for name, lines in content.lists.items()}
    values = {name: _literal(text) for name, text in content.fields.items()} | lists
    frame.render(values, sandbox, autoescape=True)
    _describe(made, own, content.fields)
    return made, _marks_left(made, marks)


def _sections_found(made: Document, sections: Mapping[str, Sequence[Block]]) -> dict[str, str]:
    """Paragraphs that name a section get a mark in place of their text: mark -> section.

    A section is written after the template was rendered: its texts are never read as tags.
    """
    marks: dict[str, str] = {}
    for paragraph in made.element.body.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in paragraph.iter(qn("w:t")))
        found = _SECTION.fullmatch(text.strip())
        if found is None or found[1] not in sections:
            continue
        mark = f"section-{len(marks)}-{found[1]}"
        ends = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if ends is not None:
            raise DataError("template_section_place", tag=found[1])
        for child in list(paragraph):
            paragraph.remove(child)
        paragraph.append(paragraph.makeelement(qn("w:bookmarkEnd"), {qn("w:id"): mark}))
        marks[mark] = found[1]
    return marks


def _marks_left(made: Document, marks: Mapping[str, str]) -> list[tuple[Any, str]]:
    """The marked paragraphs as they stand after rendering, with their sections."""
    found = []
    for end in list(made.element.body.iter(qn("w:bookmarkEnd"))):
        name = marks.get(end.get(qn("w:id")))
        if name is not None:
            found.append((end.getparent(), name))
    return found


def _literal(text: str) -> Markup:
    """``text`` as markup in which no tag can be read, neither now nor when it is read again."""
    safe = escape(clean(text))
    return Markup(str(safe).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


def _describe(made: Document, own: Mapping[str, str], fields: Mapping[str, str]) -> None:
    """Properties of the file: its title; what else the office wrote; no moment of making."""
    properties = made.core_properties
    for name, text in own.items():
        setattr(properties, name, text)
    title = " ".join(f"{fields.get('ten_loai', '')} {fields.get('trich_yeu', '')}".split())
    properties.title = clean(title)[:250]
    properties.last_modified_by, properties.revision = "", 1
    inside = properties._element
    for moment in (*inside.findall("{*}created"), *inside.findall("{*}modified")):
        inside.remove(moment)


def _repacked(content: bytes) -> bytes:
    """The same package without the moment at which it was written."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
