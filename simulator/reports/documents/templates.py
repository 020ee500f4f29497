"""Templates: the shipped ones, and the check of one an office brings."""

from __future__ import annotations

from simulator.reports.blocks import Content, Paragraph
from simulator.reports.documents.fill import filled
from simulator.reports.documents.shipped import built
from simulator.reports.documents.tags import FIELDS, LISTS, allowed, sections_of
from simulator.reports.order import Part
from simulator.text import say


def shipped_template(part: Part, language: str) -> bytes:
    """The template of ``part`` that comes with the program, as a DOCX file with its tags."""
    return built(part, language)


def check_template(content: bytes, part: Part, language: str) -> tuple[str, ...]:
    """Names of the tags a template does not use, after it was filled with samples.

    Raises :class:`~simulator.errors.DataError` for a file that is no template: see
    :func:`simulator.reports.documents.fill.document`.
    """
    sample = say(language, "document.sample")
    _, used = filled(
        content,
        Content(
            dict.fromkeys(FIELDS, sample),
            {name: [Paragraph(sample)] for name in sections_of(part)},
            {name: [sample] for name in LISTS},
        ),
    )
    return tuple(name for name in allowed(part) if name not in used)
