"""Checks of a DOCX file somebody brings as a template, before anything reads it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from simulator.errors import DataError

MEGABYTE = 1 << 20
LARGEST_FILE = 5 * MEGABYTE
LARGEST_UNPACKED = 40 * MEGABYTE
# Marks-up text is read several times over, and by patterns.
LARGEST_PART = 8 * MEGABYTE
MOST_PARTS = 1000

_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError,
)  # fmt: skip
MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_PLAIN_DOCUMENT = b"wordprocessingml.document.main+xml"
# Programs, controls, and documents within the document.
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|/embeddings/|\.bin$|customui", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
# A link is followed only by a reader who clicks; the template a file was made from is left out.
_HARMLESS = re.compile(rb"relationships/(hyperlink|attachedTemplate)[\"']")
_CHUNK = re.compile(rb"relationships/(aFChunk|subDocument|frame|oleObject|control)[\"']")
_FIELD_TEXT = re.compile(rb"<w:instrText[^>]*>(.*?)</w:instrText>", re.DOTALL)
_SIMPLE_FIELD = re.compile(rb"<w:fldSimple\b[^>]*w:instr=[\"']([^\"']*)[\"']")
# Fields that start programs or read other files.
_RUNS = re.compile(
    rb"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|RD)\b",
    re.IGNORECASE,
)


def check_package(content: bytes) -> None:
    """Raise :class:`DataError` unless ``content`` is a harmless DOCX file of a sensible size."""
    if len(content) > LARGEST_FILE:
        raise _too_big(LARGEST_FILE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package)
            parts = {one.filename: package.read(one) for one in package.infolist()}
    except (*_BROKEN, ValueError):
        raise DataError("template_not_docx") from None
    _check_kind(parts)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            _check_markup(name, part)


def _too_big(most: int) -> DataError:
    return DataError("template_too_big", most=most // MEGABYTE)


def _check_sizes(package: zipfile.ZipFile) -> None:
    listed = package.infolist()
    if len(listed) > MOST_PARTS or len({one.filename for one in listed}) < len(listed):
        raise DataError("template_not_docx")
    if sum(one.file_size for one in listed) > LARGEST_UNPACKED:
        raise _too_big(LARGEST_UNPACKED)
    for one in listed:
        if one.filename.endswith((".xml", ".rels")) and one.file_size > LARGEST_PART:
            raise _too_big(LARGEST_PART)


def _check_kind(parts: dict[str, bytes]) -> None:
    types = parts.get(_TYPES, b"")
    active = next((name for name in parts if _ACTIVE.search(name)), None)
    if active is not None or b"macroEnabled" in types:
        raise DataError("template_macro", what=active or _TYPES)
    if MAIN not in parts or _PLAIN_DOCUMENT not in types:
        raise DataError("template_not_docx")


def _check_markup(name: str, part: bytes) -> None:
    """Well-formed, without entities, without anything that is fetched or run."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError):
        raise DataError("template_broken", where=name) from None
    for relation in _RELATION.findall(part) if name.endswith(".rels") else ():
        outside = _OUTSIDE.search(relation) and not _HARMLESS.search(relation)
        if outside or _CHUNK.search(relation):
            raise DataError("template_external", where=name)
    fields = b"".join(_FIELD_TEXT.findall(part)) + b" ".join(_SIMPLE_FIELD.findall(part))
    found = _RUNS.search(fields)
    if found:
        raise DataError("template_macro", what=found[0].decode())


def _refuse_doctype(*_: object) -> None:
    raise DataError("template_broken", where="DOCTYPE")
