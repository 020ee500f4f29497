"""What goes into the store and what comes out of it, and how an import gets its id."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.errors import DataError
from simulator.imports import Tables

# What stands for every address of the machine the server runs on.
THIS_MACHINE = "127.0.0.1"
_MOST_SHOWN = 80  # characters of a text in a message about it
# But for NUL, which :func:`check_text` refuses.
_CONTROL = re.compile(r"[\x01-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Actor:
    """Who changes something: the name as typed (not proved), and the address they come from."""

    name: str = ""
    client: str = ""


@dataclass(frozen=True)
class Amounts:
    """How much there is of each: imports, scenarios, and versions of all scenarios together.

    ``papers``: letterheads and templates together.
    """

    figures: int
    scenarios: int
    versions: int
    papers: int = 0


@dataclass(frozen=True)
class Restored:
    """What a backup brought and what of it was there already.

    A version that was missing counts as added, also in a scenario that was there.
    """

    added: Amounts
    known: Amounts


class Outcome(StrEnum):
    """What adding figures did."""

    NEW = "new"
    KNOWN = "known"  # the same figures are there already; nothing was written
    RESTORED = "restored"  # the same figures had been deleted and are back


@dataclass(frozen=True)
class NewImport:
    """Checked figures with their origin, to be added.

    ``tables``: rows by kind in the schemas of :mod:`simulator.tables`. ``files``: names and
    contents as handed in. ``captured_at``: ISO day or moment, empty if unknown.
    """

    tables: Tables
    edition: str
    name: str
    period: str
    captured_at: str
    source: str
    is_complete: bool
    default_unit: str
    findings: tuple[Mapping[str, str], ...]
    lacks: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]
    imported_by: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file of an import; ``size`` in bytes. Its content is asked for by ``sha256``."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One import without its tables; ``units`` is how many it has, moments are in UTC."""

    id: str
    name: str
    edition: str
    period: str
    captured_at: str
    source: str
    is_complete: bool
    default_unit: str
    units: int
    findings: tuple[Mapping[str, str], ...]
    lacks: tuple[str, ...]
    imported_at: datetime
    imported_by: str
    deleted_at: datetime | None
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class UnitFigures:
    """A unit in one import: ``name`` is the import's, ``total`` is in hundredths of a point."""

    import_id: str
    name: str
    edition: str
    period: str
    captured_at: str
    unit_name: str
    level: str
    pool: str | None
    total: int | None


def import_id(
    edition: str, period: str, captured_at: str, rows: Iterable[tuple[str, Mapping[str, Any]]]
) -> str:
    """The same figures of the same capture have the same id, whatever file brought them.

    ``rows``: kind of table and row, in any order. What is not published does not count, so a
    column added to a schema changes no id.
    """
    # Summed row by row: files come in any order, and as one text a country's communes would take
    # hundreds of megabytes.
    total = 0
    for kind, row in rows:
        known = {name: cell for name, cell in row.items() if cell is not None}
        written = json.dumps([kind, known], sort_keys=True).encode()
        total += int.from_bytes(hashlib.sha256(written).digest())
    about = json.dumps([edition, period, captured_at, total]).encode()
    return f"nap-{hashlib.sha256(about).hexdigest()[:12]}"


def digest(content: bytes) -> str:
    """The SHA-256 of ``content`` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def check_text(column: str, value: str) -> str:
    """``value`` if both databases can hold it; :class:`DataError` for NUL and half characters."""
    try:
        value.encode()
        is_whole = True
    except UnicodeEncodeError:
        is_whole = False
    if not is_whole or "\0" in value:
        raise DataError("store_text", column=column, value=ascii(value[:_MOST_SHOWN]))
    return value


def one_line(text: str) -> str:
    """``text`` as it can be printed on one line: a name must not look like a further entry."""
    return " ".join(_CONTROL.sub(" ", text).split())
