"""Scenarios to write papers about, and documents read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.etree.ElementTree import Element

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from simulator import library
from simulator.errors import DataError
from simulator.links import to_params
from simulator.presentation.view import evaluate
from simulator.reports.blocks import Content
from simulator.reports.documents.fill import document
from simulator.reports.documents.templates import check_template, shipped_template
from simulator.reports.letterhead import letterhead_of
from simulator.reports.order import Part
from simulator.reports.paper.content import paper
from simulator.reports.paper.page import page
from simulator.reports.subject import Subject, subject_of
from simulator.scenario import Scenario
from simulator.store import NewVersion
from simulator.text import LANGUAGES, explain

DAY = date(2026, 10, 12)
UNTIL = "2026-12-31"
PHU_THO, VN, GIALAI = "phutho-2026-ytd", "vn-2026-10-10", "gialai-2026-10-10"
EIGHT = (
    ("ON_TIME", 3000.0), ("ONLINE_SERVICE_USED", 200.0), ("ORIGINAL_RESULT_AVAILABLE", 20000.0),
    ("SO_HOA_GIAY_TO_GIAI_QUYET", 15000.0), ("PAY_DOSSIER", 5000.0),
    ("PETITION_PROCESSING_ON_TIME", 5.0), ("REUSED_DIGITIZED_DATA", 10000.0),
    ("SYNCED_WITH_DVCQG_PERSONAL_STORAGE", 8000.0),
)  # fmt: skip


def saved(
    scenario: Scenario, language: str = "vi", name: str = "Kịch bản thử", **more: str
) -> Subject:
    """``scenario`` as a saved one is opened for a report."""
    baseline = library.load(scenario.baseline)
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    content = NewVersion(
        name, more.get("author", ""), more.get("note", ""), baseline.edition.code, baseline.id,
        baseline.fingerprint, scenario.unit, params,
    )  # fmt: skip
    return subject_of(content, language)


def half_of_all(baseline: str, unit: str, until: str = "") -> tuple[tuple[str, float], ...]:
    """Every lever that can be moved, half as far as it goes."""
    view = evaluate(Scenario(baseline, unit, until=until))
    return tuple(
        (lever.code, float(max(1, int(bounds.high / 2))))
        for lever in view.levers
        if (bounds := view.ranges[lever.code]).usable and bounds.high >= 1 and lever.moves
    )


def eight(language: str = "vi") -> Subject:
    """Phú Thọ until the end of the year with eight levers moved."""
    return saved(Scenario(PHU_THO, "H44", EIGHT, until=UNTIL), language)


def content_of(*subjects: Subject, part: Part = Part.PAPER) -> Content:
    first = subjects[0]
    letterhead = letterhead_of(first.view.baseline, first.view.unit, first.language)
    return {Part.PAPER: paper, Part.PAGE: page}[part](subjects, letterhead, DAY)


def filled(*subjects: Subject, part: Part = Part.PAPER) -> bytes:
    template = shipped_template(part, subjects[0].language)
    return document(template, content_of(*subjects, part=part))


@cache
def eight_filled() -> bytes:
    return filled(eight())


def opened(content: bytes) -> DocumentType:
    return Document(io.BytesIO(content))


def paragraphs(content: bytes) -> list[str]:
    """Texts of all paragraphs in their order, those in tables too."""
    body = opened(content).element.body
    return [_text(one) for one in body.iter(qn("w:p"))]


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph)).replace("\u00a0", " ")


def _pieces(paragraph: Element) -> Iterator[str]:
    for piece in paragraph.iter():
        if piece.tag == qn("w:t"):
            yield piece.text or ""
        elif piece.tag == qn("w:br"):
            yield "\n"


def text_of(content: bytes) -> str:
    return "\n".join(paragraphs(content))


def refused_template(template: bytes, part: Part) -> DataError:
    """Why ``template`` is refused; the reason has a sentence in both languages."""
    with pytest.raises(DataError) as caught:
        check_template(template, part, "vi")
    for language in LANGUAGES:
        assert explain(caught.value, language)
    return caught.value
