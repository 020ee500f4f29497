"""Checks of a DOCX file somebody brings as a template, before anything else reads it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from lxml import etree  # type: ignore[import-untyped]

from simulator.errors import DataError
from simulator.reports.documents.field_codes import check_fields
from simulator.reports.documents.markup import check_shape, parsed
from simulator.reports.documents.outside import check_links, check_relations
from simulator.reports.documents.tag_lines import TagLines

MEGABYTE = 1 << 20
LARGEST_FILE = 5 * MEGABYTE
LARGEST_UNPACKED = 40 * MEGABYTE
LARGEST_PART = 8 * MEGABYTE
MOST_PARTS = 1000
# Of all pictures of a template together.
MOST_MEGAPIXELS = 50

_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError,
)  # fmt: skip
_NO_PICTURE = (
    InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, KeyError,
    ValueError, IndexError,
)  # fmt: skip
MAIN = "word/document.xml"
_TYPES = "[Content_Types].xml"
_PLAIN_DOCUMENT = b"wordprocessingml.document.main+xml"
# Programs, controls, and documents within the document.
_ACTIVE = re.compile(r"vbaproject|vbadata|activex|/embeddings/|\.bin$|customui", re.IGNORECASE)
_MARKUP = (".xml", ".rels")
_PICTURES = (".png", ".jpg", ".jpeg")
_READ_PICTURES = ("image/png", "image/jpeg")
# Names that two programs could understand in two ways.
_ODD_NAME = re.compile(r"\\|//|^/|(^|/)\.\.?(/|$)")


def checked_package(content: bytes) -> bytes:
    """``content``, a harmless DOCX file of a sensible size, with its markup written anew.

    What reads it afterwards sees what was judged here: no comments, instructions, character
    references or other encodings. Raises :class:`DataError` for anything else.
    """
    if len(content) > LARGEST_FILE:
        raise _too_big(LARGEST_FILE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_sizes(package)
            parts = {one.filename: package.read(one) for one in package.infolist()}
    except (*_BROKEN, ValueError):
        raise DataError("template_not_docx") from None
    _check_kind(parts)
    _check_pictures(parts)
    trees = _trees(parts)
    clickable = {
        name.lower(): check_relations(name, tree)
        for name, tree in trees.items()
        if name.lower().endswith(".rels")
    }
    lines = TagLines()
    for name, tree in trees.items():
        source = clickable.get(_relations_of(name).lower(), frozenset())
        check_links(name, tree, source)
        check_fields(tree)
        lines.check(tree)
    return _packed(parts, trees)


def _relations_of(name: str) -> str:
    """Name of the part that holds the relations of the part ``name``."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _too_big(most: int) -> DataError:
    return DataError("template_too_big", most=most // MEGABYTE)


def _check_sizes(package: zipfile.ZipFile) -> None:
    listed = package.infolist()
    names = {one.filename.lower() for one in listed}
    if len(listed) > MOST_PARTS or len(names) < len(listed):
        raise DataError("template_not_docx")
    if any(_ODD_NAME.search(name) for name in names):
        raise DataError("template_not_docx")
    if sum(one.file_size for one in listed) > LARGEST_UNPACKED:
        raise _too_big(LARGEST_UNPACKED)
    for one in listed:
        if one.filename.lower().endswith(_MARKUP) and one.file_size > LARGEST_PART:
            raise _too_big(LARGEST_PART)


def _check_kind(parts: dict[str, bytes]) -> None:
    types = parts.get(_TYPES, b"")
    active = next((name for name in parts if _ACTIVE.search(name)), None)
    if active is not None or b"macroEnabled" in types:
        raise DataError("template_macro", what=active or _TYPES)
    if MAIN not in parts or _PLAIN_DOCUMENT not in types:
        raise DataError("template_not_docx")


def _check_pictures(parts: dict[str, bytes]) -> None:
    """Every part is markup or a picture that is what its name says, of a size that can be drawn."""
    pixels = 0
    for name, part in parts.items():
        if name.lower().endswith(_MARKUP) or (name.endswith("/") and not part):
            continue
        if not name.lower().endswith(_PICTURES):
            raise DataError("template_part", what=name)
        try:
            image = Image.from_blob(part)
        except _NO_PICTURE:
            raise DataError("template_part", what=name) from None
        if image.content_type not in _READ_PICTURES:
            raise DataError("template_part", what=name)
        pixels += image.px_width * image.px_height
        if pixels > MOST_MEGAPIXELS * 1_000_000:
            raise DataError("template_pixels", what=name, most=MOST_MEGAPIXELS)


def _trees(parts: dict[str, bytes]) -> dict[str, etree._Element]:
    found = {name: part for name, part in parts.items() if name.lower().endswith(_MARKUP)}
    check_shape(found)
    return {name: parsed(name, part) for name, part in found.items()}


def _packed(parts: dict[str, bytes], trees: dict[str, etree._Element]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            if name in trees:
                part = etree.tostring(
                    trees[name], encoding="UTF-8", xml_declaration=True, standalone=True
                )
            if not name.endswith("/"):
                package.writestr(name, part)
    return buffer.getvalue()
