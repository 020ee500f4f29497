"""Templates: the shipped ones, and the check of one an office brings."""

from __future__ import annotations

import io
import zipfile

from simulator.reports.blocks import Content, Paragraph
from simulator.reports.documents.fill import document
from simulator.reports.documents.shipped import built
from simulator.reports.documents.tags import FIELDS, LISTS, allowed, sections_of
from simulator.reports.order import Part
from simulator.text import say


def shipped_template(part: Part, language: str) -> bytes:
    """The template of ``part`` that comes with the program, as a DOCX file with its tags."""
    return built(part, language)


def check_template(content: bytes, part: Part, language: str) -> tuple[str, ...]:
    """Names of the tags that write nothing in a template, after it was filled with samples.

    Raises :class:`~simulator.errors.DataError` for a file that is no template: see
    :func:`simulator.reports.documents.fill.document`.
    """
    signs = {name: f"{say(language, 'document.sample')} {name}." for name in allowed(part)}
    made = document(
        content,
        Content(
            {name: signs[name] for name in FIELDS},
            {name: [Paragraph(signs[name])] for name in sections_of(part)},
            {name: [signs[name]] for name in LISTS},
        ),
    )
    seen = _words(made)
    return tuple(name for name, sign in signs.items() if sign not in seen)


def _words(made: bytes) -> str:
    """All that can be read in a document, without its properties."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        names = [name for name in package.namelist() if name.startswith("word/")]
        parts = [package.read(name) for name in names if name.endswith(".xml")]
    return "\n".join(part.decode("utf-8") for part in parts)
