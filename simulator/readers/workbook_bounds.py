"""Is this a workbook that may be opened? Its container, its size and its markup, before parsing.

An .xlsx is a ZIP of XML parts. No honest one has a DOCTYPE (the start of every entity trick),
hundreds of megabytes, or more marks in a part than its rows can need.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from simulator.errors import DataError
from simulator.readers.archives import BROKEN_ZIP, MOST_BYTES, MOST_FILES
from simulator.readers.records import one_line

ENDINGS = (".xlsx", ".xlsm")
# Kinds of workbooks that are named in a sentence of their own.
FOREIGN_ENDINGS = (".xls", ".ods", ".xlsb", ".xlt", ".et")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old binary form, and what a password makes
ZIP = b"PK\x03\x04"
MOST_PACKED = 50_000_000
# Marks ("<") of a part: a cell needs four, a text of the list of texts four or more, a format
# six and becomes a large object.
MOST_MARKS = {"xl/worksheets/": 30_000_000, "xl/pivotCache/": 30_000_000, "xl/styles": 500_000,
              "xl/workbook": 500_000}  # fmt: skip
MOST_OTHER_MARKS = 4_000_000
CHUNK = 1 << 20
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
# What may stand before the first mark: byte order marks and blanks of one or two bytes.
BLANKS = b"\xef\xbb\xbf\xfe\xff \t\r\n\0"
WIDE = ("utf-16-le", "utf-16-be")
MACROS = "xl/vbaProject.bin"


def check_workbook(content: bytes, file: str) -> bool:
    """Refuse what is not a workbook that can be opened safely; return whether it has macros."""
    if Path(file).suffix.lower() in FOREIGN_ENDINGS:
        raise DataError("workbook_old", file=file)
    if content.startswith(OLE):
        raise DataError("workbook_protected", file=file)
    if len(content) > MOST_PACKED:
        raise _too_large(file)
    if not content:
        raise DataError("input_empty", file=file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _check_parts(archive, file)
    except BROKEN_ZIP as cause:
        raise DataError("workbook_broken", file=file, detail=one_line(cause)) from None
    if "xl/workbook.xml" not in names and "mimetype" in names:
        raise DataError("workbook_old", file=file)
    return MACROS in names


def _check_parts(archive: zipfile.ZipFile, file: str) -> set[str]:
    entries = archive.infolist()
    # The sizes stand in the archive's own list; reading stops at what they say.
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _too_large(file)
    for entry in entries:
        if _is_markup(archive, entry):
            _check_part(archive, entry, file)
    return {entry.filename for entry in entries}


def _is_markup(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """True for XML, whatever its name: a sheet is found by what the workbook says of it."""
    if entry.filename.lower().endswith((".xml", ".rels")):
        return True
    with archive.open(entry) as stream:
        start = stream.read(CHUNK)
    return (len(start) == CHUNK and not start.strip(BLANKS)) or start.lstrip(BLANKS)[:1] == b"<"


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> None:
    marks, tail, size = 0, b"", 0
    limits = (most for name, most in MOST_MARKS.items() if entry.filename.startswith(name))
    most = next(limits, MOST_OTHER_MARKS)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            marks += chunk.count(b"<")
            if marks > most or size > MOST_BYTES:
                raise _too_large(file)
            text = tail + chunk
            if any(mark in text or _wide(mark, text) for mark in FORBIDDEN):
                part = one_line(entry.filename)
                raise DataError("workbook_markup", file=file, part=part)
            tail = chunk[-2 * len(FORBIDDEN[0]) :]


def _wide(mark: bytes, text: bytes) -> bool:
    """The same mark where each letter takes two bytes."""
    return any(mark.decode().encode(encoding) in text for encoding in WIDE)


def _too_large(file: str) -> DataError:
    packed, unpacked = MOST_PACKED // 10**6, MOST_BYTES // 10**6
    return DataError("workbook_too_large", file=file, megabytes=packed, unpacked=unpacked)
