"""What is ordered: of which scenarios, which parts, in which language, and who signs.

An order holds nothing that is computed, so that it can be handed to another process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from simulator.store import NewVersion


class Part(StrEnum):
    """What a report can consist of, in the order in which parts are offered and made."""

    PAPER = "paper"  # the decision paper
    PAGE = "page"  # its one-page version
    ANNOUNCEMENT = "announcement"  # results of the period, of the unit and of those below it
    ANNOUNCEMENT_TABLES = "announcement_tables"  # the annexes of the announcement as a workbook
    WORKBOOK = "workbook"  # the what-if with live formulas
    CHARTS = "charts"
    TABLES = "tables"


DOCUMENTS = (Part.PAPER, Part.PAGE, Part.ANNOUNCEMENT)
# Parts that tell of the published figures only: one of them for all scenarios of a unit.
PUBLISHED = (Part.ANNOUNCEMENT, Part.ANNOUNCEMENT_TABLES)


@dataclass(frozen=True)
class Letterhead:
    """Who issues a document, where, and who signs it; lines as they are printed.

    ``parent``: the authority above, empty if there is none; ``symbol``: the part of the number
    after the slash (``UBND``), to which a document adds its own kind (``KH-UBND``); ``signing``:
    on whose behalf (``TM. ỦY BAN NHÂN DÂN``) and in what office (``CHỦ TỊCH``); ``recipients``:
    lines of *Nơi nhận*, without the file copy.
    """

    parent: str
    authority: str
    place: str
    symbol: str
    on_behalf: str
    office: str
    signer: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Order:
    """What is to be made.

    ``chosen``: scenarios as they are saved, the one the papers propose first, the others as its
    alternatives; all of one edition. ``letterhead`` None: as the first scenario's unit suggests.
    ``day``: of the documents. ``templates``: an office's own, in place of the shipped ones.
    """

    chosen: tuple[NewVersion, ...]
    parts: tuple[Part, ...]
    language: str
    day: date
    letterhead: Letterhead | None = None
    with_pdf: bool = False
    templates: Mapping[Part, bytes] = field(default_factory=dict)
