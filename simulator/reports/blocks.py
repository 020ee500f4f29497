"""What documents consist of, whatever writes them: a DOCX file, or a preview on the screen.

All texts are finished sentences of one language; writers escape them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Heading:
    """``level`` 1: ``I. HIỆN TRẠNG``; 2: ``1. Kết quả``; 3: ``a) ...``. With its number."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """``text``: one paragraph of the body; ``is_note``: smaller and in italics; ``is_ground``: what
    a document rests on (*Căn cứ ...*), in italics."""

    text: str
    is_note: bool = False
    is_ground: bool = False


@dataclass(frozen=True)
class Items:
    """Paragraphs that begin with a dash."""

    texts: Sequence[str]


@dataclass(frozen=True)
class Grid:
    """A table of finished texts. ``widths``: of the columns in relation to each other; ``bold``:
    positions of rows that are sums or the unit's own."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    aligns: Sequence[Align]
    widths: Sequence[float]
    bold: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture: a whole Vega-Lite specification with its data.

    ``key``: ``groups``, ``losses``, ...; ``caption``: how to read it, with its source; ``alt``:
    what it shows, for those who do not see it. ``width``, ``height`` in pixels of the drawing.
    """

    key: str
    title: str
    caption: str
    alt: str
    spec: Mapping[str, Any]
    width: int
    height: int


@dataclass(frozen=True)
class Annex:
    """The blocks from here on are an annex on a new page: ``number`` (``Phụ lục I``), ``title``;
    ``is_wide``: on a page turned sideways."""

    number: str
    title: str
    is_wide: bool = False


Block = Heading | Paragraph | Items | Grid | Chart | Annex


@dataclass(frozen=True)
class Content:
    """What fills a template: ``fields`` are single texts (``{{ so_ky_hieu }}``), ``sections``
    parts of the body in their order, by name (``{{p tinh_hinh }}``), ``lists`` lines."""

    fields: Mapping[str, str]
    sections: Mapping[str, Sequence[Block]]
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
